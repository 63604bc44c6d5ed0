"""The texts of the public form in our languages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ContactTexts:
    """The texts in one language."""

    title: str
    name: str
    email: str
    invoice: str
    text: str
    file: str
    empty: str
    send: str
    thanks: str
    came_in: str
    no_address: str
    no_text: str
    too_large: str
    too_often: str
    again: str


LANGUAGES = {
    "en": ContactTexts(
        title="Write to {creditor} about an invoice",
        name="Your name",
        email="Your e-mail address, as we know it",
        invoice="Number of the invoice",
        text="What you want to tell us",
        file="A document, if there is one (at most 10 MB)",
        empty="Leave this empty",
        send="Send",
        thanks="Thank you",
        came_in="We received your message and will read it.",
        no_address="Your e-mail address: write it in full, such as you@company.example.",
        no_text="What you want to tell us: write at most {most} characters, and at least one.",
        too_large="The document is too large: at most 10 MB.",
        too_often="Too many messages at once. Please try again in a minute.",
        again="The form could not be read. Please fill it in again.",
    ),
    "nl": ContactTexts(
        title="Schrijf {creditor} over een factuur",
        name="Uw naam",
        email="Uw e-mailadres, zoals wij het kennen",
        invoice="Nummer van de factuur",
        text="Wat u ons wilt vertellen",
        file="Een document, als u dat heeft (hoogstens 10 MB)",
        empty="Laat dit leeg",
        send="Versturen",
        thanks="Dank u",
        came_in="Uw bericht is binnengekomen. Iemand kijkt ernaar.",
        no_address="Uw e-mailadres: schrijf het voluit, zoals u@bedrijf.example.",
        no_text="Wat u ons wilt vertellen: schrijf hoogstens {most} tekens, en minstens één.",
        too_large="Het document is te groot: het mag 10 MB zijn.",
        too_often="Te veel berichten tegelijk. Probeer het over een minuut opnieuw.",
        again="Dat konden we niet lezen. Vul het formulier nog eens in.",
    ),
    "de": ContactTexts(
        title="Schreiben Sie {creditor} zu einer Rechnung",
        name="Ihr Name",
        email="Ihre E-Mail-Adresse, wie wir sie kennen",
        invoice="Rechnungsnummer",
        text="Was Sie uns mitteilen möchten",
        file="Ein Dokument, falls vorhanden (höchstens 10 MB)",
        empty="Bitte leer lassen",
        send="Senden",
        thanks="Vielen Dank",
        came_in="Ihre Nachricht ist eingegangen. Jemand sieht sie sich an.",
        no_address="Ihre E-Mail-Adresse: bitte vollständig, wie sie@firma.example.",
        no_text="Was Sie uns mitteilen möchten: höchstens {most} Zeichen, mindestens eines.",
        too_large="Das Dokument ist zu groß: erlaubt sind 10 MB.",
        too_often="Zu viele Nachrichten auf einmal. Bitte in einer Minute noch einmal.",
        again="Das konnten wir nicht lesen. Bitte füllen Sie das Formular noch einmal aus.",
    ),
    "fr": ContactTexts(
        title="Écrire à {creditor} au sujet d'une facture",
        name="Votre nom",
        email="Votre adresse e-mail, telle que nous la connaissons",
        invoice="Numéro de la facture",
        text="Ce que vous voulez nous dire",
        file="Un document, s'il y en a un (10 Mo au plus)",
        empty="Laissez ce champ vide",
        send="Envoyer",
        thanks="Merci",
        came_in="Votre message est arrivé. Quelqu'un le regarde.",
        no_address="Votre adresse e-mail : en entier, comme vous@societe.example.",
        no_text="Ce que vous voulez nous dire : {most} caractères au plus, et au moins un.",
        too_large="Le document est trop grand : 10 Mo au plus.",
        too_often="Trop de messages à la fois. Réessayez dans une minute.",
        again="Nous n'avons pas pu lire cela. Veuillez remplir le formulaire encore une fois.",
    ),
}
