"""Names by which debtors refer to invoices or to themselves, to match inbound messages."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from ledger.database.query import Query
from ledger.engine.fold import Fold
from ledger.engine.table import Key
from ledger.facts.books import DEBTOR, INVOICE
from ledger.facts.debtor import Debtor
from ledger.facts.invoice.state import Invoice
from ledger.policy.normalise import national_key, phone_numbers, reference
from ledger.policy.payments.reference_names import digest_references
from ledger.policy.references import NameKind

SENDER_KINDS = (NameKind.MAIL, NameKind.PHONE)  # by what a sender is known


@dataclass(frozen=True, slots=True)
class NameRow:
    """A name in normal form: a reference, an e-mail address in lower case, a number in E.164."""

    book_id: Key[UUID]
    kind: Key[str]
    plain: Key[str]
    invoice: str  # empty for the names of a debtor
    debtor: str
    open: bool


def show(book: Invoice | Debtor) -> Iterator[NameRow]:
    if not book.number:
        return
    if isinstance(book, Debtor):
        yield NameRow(book.id, NameKind.CUSTOMER, reference(book.number), "", book.number, True)
        if name := reference(book.name):
            yield NameRow(book.id, NameKind.NAME, name, "", book.number, True)
        if book.email:
            yield NameRow(book.id, NameKind.MAIL, book.email.lower(), "", book.number, True)
        for plain in phone_numbers(book.phone or "", book.country):
            for key in filter(None, (plain, national_key(plain, book.country))):
                yield NameRow(book.id, NameKind.PHONE, key, "", book.number, True)
        return
    named = [
        (NameKind.INVOICE, reference(book.number)),
        (NameKind.ORDER, reference(book.purchase_order or "")),
    ]
    named += [(NameKind.STRUCTURED, own) for own in digest_references(book.number)]
    named += [(NameKind.PAYMENT, reference(payment)) for payment in book.payments]
    named += [(NameKind.CONTACT, str(contact)) for contact in book.contacts]
    for kind, plain in dict.fromkeys(named):
        if plain:
            yield NameRow(book.id, kind, plain, book.number, book.debtor, book.open_amount > 0)


NAMES = Fold("names", NameRow, (INVOICE, DEBTOR), show, indexes=(("plain",), ("debtor",)))


def rows_named(tenant: str, plain: Collection[str]) -> Query[NameRow]:
    """Find the invoices and debtors that have one of these names."""
    return Query(
        f"select {NAMES.table.columns} from names where tenant_id = %s and plain = any(%s)"
        " order by kind, invoice, debtor limit 1000",
        [tenant, list(plain)],
        NameRow,
    )


def open_invoices_of(tenant: str, debtors: Collection[str]) -> Query[NameRow]:
    """Find the open invoices of these debtors, by number."""
    return Query(
        f"select {NAMES.table.columns} from names where tenant_id = %s and debtor = any(%s)"
        " and kind = 'invoice' and open order by invoice limit 50",
        [tenant, list(debtors)],
        NameRow,
    )
