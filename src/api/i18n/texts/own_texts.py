"""The texts of the pages of the creditor's own texts, by the English text."""

TEXTS: dict[str, tuple[str, str, str]] = {
    "Texts": ("Teksten", "Texte", "Textes"),
    "Texts of messages": ("Teksten van berichten", "Texte von Nachrichten", "Textes des messages"),
    "What Dossier writes, in four languages. Where you write no text of your own, the shipped"
    " one is used.": (
        "Wat Dossier schrijft, in vier talen. Waar u geen eigen tekst schrijft, geldt de"
        " meegeleverde.",
        "Was Dossier schreibt, in vier Sprachen. Wo Sie keinen eigenen Text schreiben, gilt der"
        " mitgelieferte.",
        "Ce que Dossier écrit, en quatre langues. Là où vous n'écrivez pas de texte, celui qui"
        " est livré est utilisé.",
    ),
    "To debtors": ("Aan debiteuren", "An Kunden", "Aux clients"),
    "To colleagues": ("Aan collega's", "An Kollegen", "Aux collègues"),
    "your own": ("eigen", "eigener", "le vôtre"),
    "shipped": ("meegeleverd", "mitgeliefert", "livré"),
    "your own text": ("eigen tekst", "eigener Text", "votre texte"),
    "the shipped text": ("de meegeleverde tekst", "der mitgelieferte Text", "le texte livré"),
    "All texts": ("Alle teksten", "Alle Texte", "Tous les textes"),
    "This text cannot be used yet": (
        "Deze tekst kan nog niet worden gebruikt",
        "Dieser Text ist noch nicht verwendbar",
        "Ce texte ne peut pas encore être utilisé",
    ),
    "Line {number}:": ("Regel {number}:", "Zeile {number}:", "Ligne {number} :"),
    "Subject": ("Onderwerp", "Betreff", "Objet"),
    "Text": ("Tekst", "Text", "Texte"),
    "Preview with invoice": (
        "Voorbeeld met factuur",
        "Vorschau mit Rechnung",
        "Aperçu avec la facture",
    ),
    "Preview": ("Voorbeeld", "Vorschau", "Aperçu"),
    "Save from now on": ("Opslaan vanaf nu", "Ab jetzt speichern", "Enregistrer dès maintenant"),
    "Messages that are sent after this have the new text. What was sent stays as it was.": (
        "Berichten die hierna worden verzonden, hebben de nieuwe tekst. Wat verzonden is, blijft"
        " zoals het was.",
        "Nachrichten, die danach gesendet werden, haben den neuen Text. Was gesendet ist,"
        " bleibt, wie es war.",
        "Les messages envoyés ensuite ont le nouveau texte. Ce qui est envoyé reste tel quel.",
    ),
    "with two invoices that do not exist": (
        "met twee facturen die niet bestaan",
        "mit zwei Rechnungen, die es nicht gibt",
        "avec deux factures qui n'existent pas",
    ),
    "In the other languages, as they are used now": (
        "In de andere talen, zoals ze nu gelden",
        "In den anderen Sprachen, wie sie jetzt gelten",
        "Dans les autres langues, tels qu'ils sont utilisés",
    ),
    "About this text": ("Over deze tekst", "Zu diesem Text", "À propos de ce texte"),
    "Placeholders": ("Invulplekken", "Platzhalter", "Champs"),
    "All others": ("Alle andere", "Alle anderen", "Tous les autres"),
    "The shipped text": ("De meegeleverde tekst", "Der mitgelieferte Text", "Le texte livré"),
    "Use the shipped text again": (
        "Weer de meegeleverde tekst gebruiken",
        "Wieder den mitgelieferten Text verwenden",
        "Utiliser à nouveau le texte livré",
    ),
    "Your text stays in the history.": (
        "Uw tekst blijft in de geschiedenis.",
        "Ihr Text bleibt in der Geschichte.",
        "Votre texte reste dans l'historique.",
    ),
    "Yes, use it": ("Ja, gebruik die", "Ja, verwenden", "Oui, l'utiliser"),
    "the shipped text again": (
        "weer de meegeleverde tekst",
        "wieder der mitgelieferte Text",
        "à nouveau le texte livré",
    ),
    "Nobody wrote a text of your own.": (
        "Niemand schreef een eigen tekst.",
        "Niemand hat einen eigenen Text geschrieben.",
        "Personne n'a écrit de texte à vous.",
    ),
    "The text is saved.": (
        "De tekst is opgeslagen.",
        "Der Text ist gespeichert.",
        "Le texte est enregistré.",
    ),
    "History": ("Geschiedenis", "Verlauf", "Historique"),
    "The subject is one line, and not empty.": (
        "Het onderwerp is één regel, en niet leeg.",
        "Der Betreff ist eine Zeile, und nicht leer.",
        "L'objet est une ligne, et n'est pas vide.",
    ),
    "At most {most} characters.": (
        "Ten hoogste {most} tekens.",
        "Höchstens {most} Zeichen.",
        "{most} caractères au plus.",
    ),
    "There is no placeholder {name}.": (
        "Er is geen invulplek {name}.",
        "Es gibt keinen Platzhalter {name}.",
        "Il n'y a pas de champ {name}.",
    ),
    "{what} is not allowed in a text.": (
        "{what} mag niet in een tekst.",
        "{what} ist in einem Text nicht erlaubt.",
        "{what} n'est pas permis dans un texte.",
    ),
    "This cannot be read: {fault}": (
        "Dit is niet te lezen: {fault}",
        "Dies ist nicht lesbar: {fault}",
        "Ceci ne peut pas être lu : {fault}",
    ),
}
