"""The texts of a dispute that a debtor raises, by the English text."""

TEXTS: dict[str, tuple[str, str, str]] = {
    "What is not right with invoice {invoice}?": (
        "Wat klopt er niet aan factuur {invoice}?",
        "Was stimmt nicht an Rechnung {invoice}?",
        "Qu'est-ce qui ne va pas sur la facture {invoice} ?",
    ),
    "Tell us in your own words": (
        "Vertel het in uw eigen woorden",
        "Sagen Sie es mit Ihren eigenen Worten",
        "Dites-le avec vos mots",
    ),
    "What did you expect, and what did you get?": (
        "Wat verwachtte u, en wat kreeg u?",
        "Was haben Sie erwartet, und was haben Sie bekommen?",
        "Qu'attendiez-vous, et qu'avez-vous reçu ?",
    ),
    "Leave it open if you are not sure.": (
        "Laat het open als u het niet zeker weet.",
        "Lassen Sie es offen, wenn Sie nicht sicher sind.",
        "Laissez vide si vous n'êtes pas sûr.",
    ),
    "I am not sure": ("Ik weet het niet zeker", "Ich bin nicht sicher", "Je ne suis pas sûr"),
    "How much of it is not right?": (
        "Hoeveel ervan klopt niet?",
        "Wie viel davon stimmt nicht?",
        "Quelle part ne va pas ?",
    ),
    "All of it: {amount}": ("Alles: {amount}", "Alles: {amount}", "Tout : {amount}"),
    "An amount": ("Een bedrag", "Ein Betrag", "Un montant"),
    "A percentage": ("Een percentage", "Ein Prozentsatz", "Un pourcentage"),
    "Some lines": ("Sommige regels", "Einige Positionen", "Certaines lignes"),
    "How much, in {currency}": (
        "Hoeveel, in {currency}",
        "Wie viel, in {currency}",
        "Combien, en {currency}",
    ),
    "How many per cent": ("Hoeveel procent", "Wie viel Prozent", "Combien pour cent"),
    "Choose the lines. Leave the quantity empty if all of a line is wrong.": (
        "Kies de regels. Laat het aantal leeg als een hele regel niet klopt.",
        "Wählen Sie die Positionen. Lassen Sie die Menge leer, wenn eine ganze Position nicht "
        "stimmt.",
        "Choisissez les lignes. Laissez la quantité vide si toute la ligne est fausse.",
    ),
    "of {quantity}": ("van {quantity}", "von {quantity}", "sur {quantity}"),
    "What do you ask for?": ("Wat vraagt u?", "Was möchten Sie?", "Que demandez-vous ?"),
    "A credit note": ("Een creditnota", "Eine Gutschrift", "Un avoir"),
    "A corrected invoice": (
        "Een juiste factuur",
        "Eine berichtigte Rechnung",
        "Une facture corrigée",
    ),
    "That it is delivered after all": (
        "Dat het alsnog wordt geleverd",
        "Dass es noch geliefert wird",
        "Que ce soit livré",
    ),
    "An explanation": ("Uitleg", "Eine Erklärung", "Une explication"),
    "I ask for: {what}": ("Ik vraag: {what}", "Ich bitte um: {what}", "Je demande : {what}"),
    "Photos or documents, if there are any": (
        "Foto's of documenten, als die er zijn",
        "Fotos oder Dokumente, falls vorhanden",
        "Photos ou documents, s'il y en a",
    ),
    "At most {count} files, {mb} MB together.": (
        "Hoogstens {count} bestanden, samen {mb} MB.",
        "Höchstens {count} Dateien, zusammen {mb} MB.",
        "{count} fichiers au plus, {mb} Mo en tout.",
    ),
    "Check what you send": (
        "Controleer wat u verstuurt",
        "Prüfen Sie, was Sie senden",
        "Vérifier avant d'envoyer",
    ),
    "Is this right?": ("Klopt dit?", "Stimmt das?", "Est-ce exact ?"),
    "Change": ("Wijzig", "Ändern", "Modifier"),
    "In your words": ("In uw woorden", "In Ihren Worten", "Avec vos mots"),
    "What it is about": ("Waar het over gaat", "Worum es geht", "De quoi il s'agit"),
    "How much": ("Hoeveel", "Wie viel", "Combien"),
    "What you ask for": ("Wat u vraagt", "Was Sie möchten", "Ce que vous demandez"),
    "Nothing in particular": ("Niets in het bijzonder", "Nichts Bestimmtes", "Rien de particulier"),
    "Files": ("Bestanden", "Dateien", "Fichiers"),
    "None": ("Geen", "Keine", "Aucun"),
    "We answer to": ("Wij antwoorden aan", "Wir antworten an", "Nous répondons à"),
    "What happens when you send it": (
        "Wat er gebeurt als u verstuurt",
        "Was geschieht, wenn Sie es senden",
        "Ce qui se passe à l'envoi",
    ),
    "You get no reminders about {amount} until you hear from us.": (
        "Over {amount} krijgt u geen herinneringen tot u van ons hoort.",
        "Über {amount} erhalten Sie keine Mahnungen, bis Sie von uns hören.",
        "Aucun rappel pour {amount} avant notre réponse.",
    ),
    "The other {amount} is due since {day}.": (
        "De andere {amount} had op {day} betaald moeten zijn.",
        "Die übrigen {amount} sind seit dem {day} fällig.",
        "Les autres {amount} sont dus depuis le {day}.",
    ),
    "The other {amount} stays due on {day}.": (
        "De andere {amount} blijft te betalen op {day}.",
        "Die übrigen {amount} bleiben fällig am {day}.",
        "Les {amount} restants sont dus le {day}.",
    ),
    "Send the report": ("Melding versturen", "Meldung senden", "Envoyer le signalement"),
    "Do not send it": ("Niet versturen", "Nicht senden", "Ne pas envoyer"),
    "Your report is sent": (
        "Uw melding is verstuurd",
        "Ihre Meldung ist gesendet",
        "Votre signalement est envoyé",
    ),
    "Its number is {number}. This address stays the same: keep it to see how it stands.": (
        "Het nummer is {number}. Dit adres blijft hetzelfde: bewaar het om te zien hoe het staat.",
        "Die Nummer ist {number}. Diese Adresse bleibt gleich: Bewahren Sie sie auf, um den "
        "Stand zu sehen.",
        "Son numéro est {number}. Cette adresse reste la même : gardez-la pour suivre la suite.",
    ),
    "Your report {number}": (
        "Uw melding {number}",
        "Ihre Meldung {number}",
        "Votre signalement {number}",
    ),
    "{day}: we have your report": (
        "{day}: wij hebben uw melding",
        "{day}: wir haben Ihre Meldung",
        "{day} : nous avons votre signalement",
    ),
    "It takes longer than we planned. We are still at it.": (
        "Het duurt langer dan gepland. Wij zijn er nog mee bezig.",
        "Es dauert länger als geplant. Wir sind noch daran.",
        "Cela prend plus de temps que prévu. Nous y travaillons encore.",
    ),
    "We look into it, and write to you by {day}": (
        "Wij zoeken het uit en schrijven u uiterlijk {day}",
        "Wir prüfen es und schreiben Ihnen bis {day}",
        "Nous l'examinons et vous écrivons avant le {day}",
    ),
    "You hear how it ends": (
        "U hoort hoe het afloopt",
        "Sie erfahren, wie es ausgeht",
        "Vous apprenez la décision",
    ),
    "{day}: it is decided: {outcome}": (
        "{day}: er is besloten: {outcome}",
        "{day}: es ist entschieden: {outcome}",
        "{day} : c'est décidé : {outcome}",
    ),
    "Credited: {amount}.": (
        "Gecrediteerd: {amount}.",
        "Gutgeschrieben: {amount}.",
        "Crédité : {amount}.",
    ),
    "To pay: {amount}.": ("Te betalen: {amount}.", "Zu zahlen: {amount}.", "À payer : {amount}."),
    "It does not count any more": (
        "Zij telt niet meer",
        "Sie zählt nicht mehr",
        "Il ne compte plus",
    ),
    "Where to pay": ("Waar u betaalt", "Wohin Sie zahlen", "Où payer"),
    "Answer us, or add something": (
        "Antwoord ons, of vul iets aan",
        "Antworten Sie uns, oder ergänzen Sie etwas",
        "Répondez-nous, ou ajoutez quelque chose",
    ),
    "This does not solve it?": (
        "Is het hiermee niet opgelost?",
        "Ist es damit nicht gelöst?",
        "Cela ne résout pas la question ?",
    ),
    "Your message": ("Uw bericht", "Ihre Nachricht", "Votre message"),
    "Back to the invoice": ("Terug naar de factuur", "Zurück zur Rechnung", "Retour à la facture"),
    "About report {number}: {words}": (
        "Over melding {number}: {words}",
        "Zu Meldung {number}: {words}",
        "Au sujet du signalement {number} : {words}",
    ),
}
