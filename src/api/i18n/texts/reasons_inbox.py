"""What a received message may be about, and what was noticed in it."""

TEXTS: dict[str, tuple[str, str, str]] = {
    # what it may be about
    "names invoice {reference}, but the sender is not known for that debtor": (
        "noemt factuur {reference}, maar de afzender is niet bekend bij die debiteur",
        "nennt Rechnung {reference}, aber der Absender ist bei diesem Kunden nicht bekannt",
        "cite la facture {reference}, mais l'expéditeur n'est pas connu chez ce client",
    ),
    "names order {reference}, but the sender is not known for that debtor": (
        "noemt bestelling {reference}, maar de afzender is niet bekend bij die debiteur",
        "nennt Bestellung {reference}, aber der Absender ist bei diesem Kunden nicht bekannt",
        "cite la commande {reference}, mais l'expéditeur n'est pas connu chez ce client",
    ),
    "names payment {reference}, but the sender is not known for that debtor": (
        "noemt betaling {reference}, maar de afzender is niet bekend bij die debiteur",
        "nennt Zahlung {reference}, aber der Absender ist bei diesem Kunden nicht bekannt",
        "cite le paiement {reference}, mais l'expéditeur n'est pas connu chez ce client",
    ),
    "answers a message of its file, but the sender is not known for that debtor": (
        "antwoordt op een bericht uit het dossier, maar de afzender is niet bekend bij die"
        " debiteur",
        "antwortet auf eine Nachricht der Akte, aber der Absender ist bei diesem Kunden nicht"
        " bekannt",
        "répond à un message du dossier, mais l'expéditeur n'est pas connu chez ce client",
    ),
    "names customer {reference}": (
        "noemt debiteur {reference}",
        "nennt Kunde {reference}",
        "cite le client {reference}",
    ),
    "is open, and of the sender": (
        "staat open, en is van de afzender",
        "ist offen und gehört dem Absender",
        "est ouverte et appartient à l'expéditeur",
    ),
    # what was noticed in it
    "unknown sender": ("onbekende afzender", "unbekannter Absender", "expéditeur inconnu"),
    "unauthenticated sender": (
        "niet bevestigde afzender",
        "nicht bestätigter Absender",
        "expéditeur non authentifié",
    ),
    "nothing new was found in it: the whole text is kept": (
        "er is niets nieuws in gevonden: de hele tekst is bewaard",
        "es wurde nichts Neues darin gefunden: der ganze Text ist aufbewahrt",
        "rien de nouveau n'y a été trouvé : tout le texte est conservé",
    ),
    "unread: {quote}": ("niet gelezen: {quote}", "nicht gelesen: {quote}", "non lu : {quote}"),
    "long page: its end is only in the HTML": (
        "lange pagina: het einde staat alleen in de HTML",
        "lange Seite: ihr Ende steht nur im HTML",
        "page longue : la fin n'est que dans le HTML",
    ),
    "charset guessed, declared as {code}": (
        "tekenset geraden, opgegeven als {code}",
        "Zeichensatz geraten, angegeben als {code}",
        "jeu de caractères deviné, déclaré comme {code}",
    ),
    "text outside the parts": (
        "tekst buiten de delen",
        "Text außerhalb der Teile",
        "texte hors des parties",
    ),
    "unknown encoding {code}": (
        "onbekende codering {code}",
        "unbekannte Kodierung {code}",
        "codage inconnu {code}",
    ),
    # beside the name of who wrote
    "an automatic answer": (
        "een automatisch antwoord",
        "eine automatische Antwort",
        "une réponse automatique",
    ),
    "an automatic notice of a mail server": (
        "een automatisch bericht van een mailserver",
        "eine automatische Meldung eines Mailservers",
        "un avis automatique d'un serveur de messagerie",
    ),
    "a mailing list": ("een mailinglijst", "eine Mailingliste", "une liste de diffusion"),
    "not known to be theirs": (
        "niet bekend als adres van de debiteur",
        "nicht als Adresse des Kunden bekannt",
        "adresse inconnue chez ce client",
    ),
}
