"""Texts of messages in our languages: the layout of a letter, and invoices and lines in a list."""

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
WITH_CHARGES = {  # if interest or costs are claimed besides
    "en": "Invoice {invoice} of {issued_on} over {amount} and {charges} of interest and costs, due"
    " on {due_on}: {open_amount} open",
    "nl": "Factuur {invoice} van {issued_on} over {amount} en {charges} rente en kosten, te betalen"
    " {due_on}: {open_amount} open",
    "de": "Rechnung {invoice} vom {issued_on} über {amount} und {charges} Zinsen und Kosten, fällig"
    " {due_on}: {open_amount} offen",
    "fr": "Facture {invoice} du {issued_on} de {amount} et {charges} d'intérêts et de frais,"
    " échéance {due_on} : {open_amount} dus",
}
TO_SEE = {  # before and after the address of the debtor's account
    "en": (
        "Your invoices, and a place to tell us what is not right or when you pay:",
        "You sign in by a code that we send to your mail address.",
    ),
    "nl": (
        "Uw facturen, en een plek om te melden wat niet klopt of wanneer u betaalt:",
        "U meldt zich aan met een code die wij naar uw mailadres sturen.",
    ),
    "de": (
        "Ihre Rechnungen, und ein Platz, um uns zu melden, was nicht stimmt oder wann Sie zahlen:",
        "Sie melden sich mit einem Code an, den wir an Ihre E-Mail-Adresse senden.",
    ),
    "fr": (
        "Vos factures, et un endroit pour nous signaler une erreur ou la date de votre paiement :",
        "Vous vous connectez avec un code que nous envoyons à votre adresse e-mail.",
    ),
}
TO_CALL = {
    "en": "Questions? Call {contact}{phone}.",
    "nl": "Vragen? Bel {contact}{phone}.",
    "de": "Fragen? Rufen Sie uns an: {contact}{phone}.",
    "fr": "Des questions ? Appelez {contact}{phone}.",
}
DISPUTED = {  # in a message about a dispute
    "en": "Invoice {invoice} of {issued_on}, due on {due_on}: {disputed} disputed of {amount}",
    "nl": "Factuur {invoice} van {issued_on}, te betalen {due_on}: {disputed} betwist van {amount}",
    "de": "Rechnung {invoice} vom {issued_on}, fällig {due_on}: {disputed} strittig von {amount}",
    "fr": "Facture {invoice} du {issued_on}, échéance {due_on} : {disputed} contestés sur {amount}",
}
LINE = {
    "en": "Line {number}",
    "nl": "Regel {number}",
    "de": "Position {number}",
    "fr": "Ligne {number}",
}
DISPUTED_LINE = {
    "en": "Disputed of it: {line}",
    "nl": "Daarvan betwist: {line}",
    "de": "Davon strittig: {line}",
    "fr": "Dont contesté : {line}",
}
WITHOUT_NUMBER = {  # what is billed besides the lines
    "shipping": {
        "en": "shipping",
        "nl": "verzendkosten",
        "de": "Versandkosten",
        "fr": "frais de port",
    },
    "tax": {"en": "tax", "nl": "belasting", "de": "Steuer", "fr": "taxe"},
}
MORE_LINES = {
    "en": "{count} more lines",
    "nl": "nog {count} regels",
    "de": "{count} weitere Positionen",
    "fr": "{count} autres lignes",
}
