"""Texts of messages in our languages: invoices in a list, reasons and outcomes."""

from typing import NamedTuple

from ledger.facts.codes import Outcome, Reason
from ledger.policy.messages.languages import LANGUAGES


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
REASONS: dict[str, tuple[str, ...]] = {
    Reason.PRICE: ("price", "prijs", "Preis", "prix"),
    Reason.DISCOUNT: ("discount", "korting", "Rabatt", "remise"),
    Reason.QUANTITY_SHORT: (
        "too little delivered",
        "te weinig geleverd",
        "zu wenig geliefert",
        "quantité livrée insuffisante",
    ),
    Reason.NOT_DELIVERED: ("not delivered", "niet geleverd", "nicht geliefert", "non livré"),
    Reason.LATE_DELIVERY: (
        "delivered late",
        "te laat geleverd",
        "zu spät geliefert",
        "livré en retard",
    ),
    Reason.WRONG_ITEM: ("wrong item", "verkeerd artikel", "falscher Artikel", "mauvais article"),
    Reason.DAMAGED: ("damaged", "beschadigd", "beschädigt", "endommagé"),
    Reason.QUALITY_OR_SERVICE: (
        "quality or service",
        "kwaliteit of dienstverlening",
        "Qualität oder Leistung",
        "qualité ou service",
    ),
    Reason.RETURNED_GOODS: (
        "goods returned",
        "goederen geretourneerd",
        "Ware zurückgesandt",
        "marchandises retournées",
    ),
    Reason.MISSING_REFERENCE: (
        "reference missing",
        "referentie ontbreekt",
        "Referenz fehlt",
        "référence manquante",
    ),
    Reason.INVOICE_NOT_RECEIVED: (
        "invoice not received",
        "factuur niet ontvangen",
        "Rechnung nicht erhalten",
        "facture non reçue",
    ),
    Reason.WRONG_PARTY_OR_ADDRESS: (
        "wrong party or address",
        "verkeerde partij of verkeerd adres",
        "falscher Empfänger oder falsche Adresse",
        "mauvais destinataire ou mauvaise adresse",
    ),
    Reason.TAX_OR_LEGAL: ("tax or law", "belasting of wet", "Steuer oder Recht", "taxe ou droit"),
    Reason.CALCULATION: ("calculation", "berekening", "Berechnung", "calcul"),
    Reason.DUPLICATE: (
        "billed twice",
        "dubbel gefactureerd",
        "doppelt berechnet",
        "facturé deux fois",
    ),
    Reason.NOT_ORDERED: ("not ordered", "niet besteld", "nicht bestellt", "non commandé"),
    Reason.PAYMENT_TERMS: (
        "payment terms",
        "betalingsvoorwaarden",
        "Zahlungsbedingungen",
        "conditions de paiement",
    ),
    Reason.ALREADY_PAID: ("already paid", "al betaald", "bereits bezahlt", "déjà payé"),
    Reason.COUNTER_CLAIM: (
        "counter-claim",
        "tegenvordering",
        "Gegenforderung",
        "créance réciproque",
    ),
    Reason.PROOF_REQUIRED: (
        "proof required",
        "bewijs gevraagd",
        "Nachweis verlangt",
        "preuve demandée",
    ),
    Reason.OTHER: ("other", "anders", "Sonstiges", "autre"),
}
OUTCOMES: dict[str, tuple[str, ...]] = {
    Outcome.CREDITED: ("credited", "gecrediteerd", "gutgeschrieben", "avoir accordé"),
    Outcome.CORRECTED: ("corrected", "gecorrigeerd", "berichtigt", "corrigé"),
    Outcome.REPLACED: ("replaced", "vervangen", "ersetzt", "remplacé"),
    Outcome.REJECTED: (
        "the invoice stands",
        "de factuur blijft staan",
        "die Rechnung bleibt bestehen",
        "la facture est maintenue",
    ),
    Outcome.WITHDRAWN: ("withdrawn", "ingetrokken", "zurückgenommen", "retiré"),
    Outcome.PAID: ("paid", "betaald", "bezahlt", "payé"),
}


def in_words(code: str, language: str) -> str:
    """Return the name of a reason or an outcome; any other code unchanged."""
    names = REASONS.get(code) or OUTCOMES.get(code)
    return names[LANGUAGES.index(language)] if names else code
