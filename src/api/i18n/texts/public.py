"""The texts of notices and the public form, by the English text."""

TEXTS: dict[str, tuple[str, str, str]] = {
    # titles and notices
    "Dispute over invoice {invoices}": (
        "Dispuut over factuur {invoices}",
        "Reklamation zu Rechnung {invoices}",
        "Litige sur la facture {invoices}",
    ),
    "Thank you: your answer is recorded": (
        "Bedankt: uw antwoord is vastgelegd",
        "Danke: Ihre Antwort ist festgehalten",
        "Merci : votre réponse est enregistrée",
    ),
    "There is no such page": (
        "Deze pagina bestaat niet",
        "Diese Seite gibt es nicht",
        "Page inconnue",
    ),
    "There is no such calendar": (
        "Deze agenda bestaat niet",
        "Diesen Kalender gibt es nicht",
        "Calendrier inconnu",
    ),
    "There is no such document": (
        "Dit document bestaat niet",
        "Dieses Dokument gibt es nicht",
        "Document inconnu",
    ),
    "Is the link complete?": (
        "Is de link volledig?",
        "Ist der Link vollständig?",
        "Le lien est-il complet ?",
    ),
    "This link is too old": (
        "Deze link is te oud",
        "Dieser Link ist zu alt",
        "Ce lien est trop ancien",
    ),
    "Answer the mail it came with, or ask for a new link.": (
        "Beantwoord de e-mail waarin hij stond, of vraag een nieuwe link.",
        "Antworten Sie auf die E-Mail, in der er stand, oder fragen Sie nach einem neuen Link.",
        "Répondez au message qui le contenait, ou demandez un nouveau lien.",
    ),
    "This dispute is closed": (
        "Dit dispuut is afgesloten",
        "Diese Reklamation ist abgeschlossen",
        "Ce litige est clos",
    ),
    "Nothing is left to dispute": (
        "Er valt niets meer te betwisten",
        "Es gibt nichts mehr zu reklamieren",
        "Il n'y a plus rien à contester",
    ),
    "Nothing is asked of you here any more": (
        "Hier wordt u niets meer gevraagd",
        "Hier werden Sie nichts mehr gefragt",
        "On ne vous demande plus rien ici",
    ),
    "There is nothing more to answer.": (
        "Er is niets meer te beantwoorden.",
        "Es gibt nichts mehr zu beantworten.",
        "Il n'y a plus rien à répondre.",
    ),
    "That could not be read": (
        "Dat kon niet worden gelezen",
        "Das konnte nicht gelesen werden",
        "Cela n'a pas pu être lu",
    ),
    "Send the form of the page.": (
        "Verstuur het formulier van de pagina.",
        "Senden Sie das Formular der Seite.",
        "Envoyez le formulaire de la page.",
    ),
    "At most {bytes} bytes.": (
        "Hoogstens {bytes} bytes.",
        "Höchstens {bytes} Bytes.",
        "Au plus {bytes} octets.",
    ),
    # the public form
    "Write to {creditor} about an invoice": (
        "Schrijf {creditor} over een factuur",
        "Schreiben Sie {creditor} zu einer Rechnung",
        "Écrire à {creditor} au sujet d'une facture",
    ),
    "Your name": ("Uw naam", "Ihr Name", "Votre nom"),
    "Your e-mail address, as we know it": (
        "Uw e-mailadres, zoals wij het kennen",
        "Ihre E-Mail-Adresse, wie wir sie kennen",
        "Votre adresse e-mail, telle que nous la connaissons",
    ),
    "Number of the invoice": (
        "Nummer van de factuur",
        "Rechnungsnummer",
        "Numéro de la facture",
    ),
    "What you want to tell us": (
        "Wat u ons wilt vertellen",
        "Was Sie uns mitteilen möchten",
        "Ce que vous voulez nous dire",
    ),
    "Leave this empty": ("Laat dit leeg", "Bitte leer lassen", "Laissez ce champ vide"),
    "Send": ("Versturen", "Senden", "Envoyer"),
    "Thank you": ("Dank u", "Vielen Dank", "Merci"),
    "We received your message and will read it.": (
        "Uw bericht is binnengekomen. Iemand kijkt ernaar.",
        "Ihre Nachricht ist eingegangen. Jemand sieht sie sich an.",
        "Votre message est arrivé. Quelqu'un le regarde.",
    ),
    "Your e-mail address: write it in full, such as you@company.example.": (
        "Uw e-mailadres: schrijf het voluit, zoals u@bedrijf.example.",
        "Ihre E-Mail-Adresse: bitte vollständig, wie sie@firma.example.",
        "Votre adresse e-mail : en entier, comme vous@societe.example.",
    ),
    "What you want to tell us: write at most {most} characters, and at least one.": (
        "Wat u ons wilt vertellen: schrijf hoogstens {most} tekens, en minstens één.",
        "Was Sie uns mitteilen möchten: höchstens {most} Zeichen, mindestens eines.",
        "Ce que vous voulez nous dire : {most} caractères au plus, et au moins un.",
    ),
    "The document is too large: at most {mb} MB.": (
        "Het document is te groot: het mag {mb} MB zijn.",
        "Das Dokument ist zu groß: erlaubt sind {mb} MB.",
        "Le document est trop grand : {mb} Mo au plus.",
    ),
    "Too many messages at once. Please try again in a minute.": (
        "Te veel berichten tegelijk. Probeer het over een minuut opnieuw.",
        "Zu viele Nachrichten auf einmal. Bitte in einer Minute noch einmal.",
        "Trop de messages à la fois. Réessayez dans une minute.",
    ),
    "The form could not be read. Please fill it in again.": (
        "Dat konden we niet lezen. Vul het formulier nog eens in.",
        "Das konnten wir nicht lesen. Bitte füllen Sie das Formular noch einmal aus.",
        "Nous n'avons pas pu lire cela. Veuillez remplir le formulaire encore une fois.",
    ),
    "No more documents can be received here today. Please send your message without it.": (
        "Vandaag kunnen hier geen documenten meer worden ontvangen. Stuur uw bericht zonder.",
        "Heute können hier keine Dokumente mehr empfangen werden. Senden Sie die Nachricht ohne.",
        "Aucun document ne peut plus être reçu ici aujourd'hui. Envoyez votre message sans lui.",
    ),
}
