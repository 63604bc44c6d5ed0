"""What a line of a list of open items is, by the word or code of its type."""

from collections.abc import Mapping

from api.importing.line_commands import CannotImport
from ledger.facts.codes import MoneyKind

INVOICE, CREDIT, PAYMENT = "invoice", MoneyKind.CREDIT_NOTE.value, MoneyKind.PAYMENT.value
KINDS = {INVOICE: None, CREDIT: MoneyKind.CREDIT_NOTE, PAYMENT: MoneyKind.PAYMENT}


def _words(**of: str) -> dict[str, str]:
    kinds = {"invoices": INVOICE, "credits": CREDIT, "payments": PAYMENT}
    return {word: kinds[name] for name, words in of.items() for word in words.split(", ")}


LISTED = _words(  # as systems write it in English, Dutch, German and French, in lower case
    invoices="invoice, inv, sales invoice, debit note, factuur, verkoopfactuur, rechnung,"
    " ausgangsrechnung, facture, fac",
    credits="credit note, credit-note, credit memo, credit, cn, cm, creditnota, creditfactuur,"
    " credit nota, gutschrift, rechnungskorrektur, stornorechnung, avoir, note de crédit",
    payments="payment, payment on account, on account, receipt, cash receipt, prepayment, betaling,"
    " ontvangst, vooruitbetaling, zahlung, zahlungseingang, akontozahlung, anzahlung, paiement,"
    " règlement, acompte",
)
SAP_TYPES = _words(  # document types as SAP ships them; those of all claims are invoices here
    invoices="dr, rv, da, ab, sa, ra, re, rx", credits="dg", payments="dz, dp, kz, zp, zr, zv"
)


def in_words(types: Mapping[str, str]) -> dict[str, str]:
    """Return the kinds that the options give to types. Raise ``CannotImport``."""
    found = dict[str, str]()
    for word, kind in types.items():
        known = kind.replace("-", " ")
        if known not in KINDS:
            raise CannotImport(
                f"--type {word}={kind}: a type is an invoice, a credit-note or a payment."
            )
        found[word.casefold()] = known
    return found
