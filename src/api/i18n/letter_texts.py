"""Texts of messages in our languages: the layout of a letter, and invoices in a list."""

from typing import NamedTuple


class LetterTexts(NamedTuple):
    """The texts of a letter's layout: the head of its table, its total, and ``page 1 of 2``."""

    head: tuple[str, str, str, str, str]
    total: str
    page: str
    of: str


ON_PAPER = {
    "en": LetterTexts(("Invoice", "Date", "Due on", "Amount", "Open"), "Total", "Page", "of"),
    "nl": LetterTexts(
        ("Factuur", "Datum", "Te betalen", "Bedrag", "Open"), "Totaal", "Pagina", "van"
    ),
    "de": LetterTexts(("Rechnung", "Datum", "Fällig", "Betrag", "Offen"), "Summe", "Seite", "von"),
    "fr": LetterTexts(("Facture", "Date", "Échéance", "Montant", "Dû"), "Total", "Page", "sur"),
}
LINES = {
    "en": "Invoice {invoice} of {issued_on}, due on {due_on}: {open_amount} open of {amount}",
    "nl": "Factuur {invoice} van {issued_on}, te betalen {due_on}: {open_amount} open van {amount}",
    "de": "Rechnung {invoice} vom {issued_on}, fällig {due_on}: {open_amount} offen von {amount}",
    "fr": "Facture {invoice} du {issued_on}, échéance {due_on} : {open_amount} dus sur {amount}",
}
WITH_COSTS = {  # if more is open than the invoice amount
    "en": "Invoice {invoice} of {issued_on} over {amount}, due on {due_on}: {open_amount} open with"
    " added costs",
    "nl": "Factuur {invoice} van {issued_on} over {amount}, te betalen {due_on}: {open_amount} open"
    " met bijgekomen kosten",
    "de": "Rechnung {invoice} vom {issued_on} über {amount}, fällig {due_on}: {open_amount} offen"
    " mit hinzugekommenen Kosten",
    "fr": "Facture {invoice} du {issued_on} de {amount}, échéance {due_on} : {open_amount} dus avec"
    " les frais ajoutés",
}
TO_PAY = {
    "en": "Please pay to IBAN {iban}{bic} of {holder}, with the reference {reference}.",
    "nl": "U kunt betalen op IBAN {iban}{bic} van {holder}, met kenmerk {reference}.",
    "de": "Bitte zahlen Sie auf IBAN {iban}{bic} von {holder}, Verwendungszweck {reference}.",
    "fr": "Merci de payer sur l'IBAN {iban}{bic} de {holder}, avec la référence {reference}.",
}
TO_CALL = {
    "en": "Questions? Call {contact}{phone}.",
    "nl": "Vragen? Bel {contact}{phone}.",
    "de": "Fragen? Rufen Sie uns an: {contact}{phone}.",
    "fr": "Des questions ? Appelez {contact}{phone}.",
}
