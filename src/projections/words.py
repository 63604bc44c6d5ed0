"""Words by which an invoice or a debtor is searched for: ``projections/matching.py`` finds them."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from ledger.engine.fold import Fold
from ledger.engine.table import Key
from ledger.facts.books import DEBTOR, INVOICE
from ledger.facts.debtor import Debtor
from ledger.facts.invoice.state import Invoice
from ledger.policy.normalise import word_starts


@dataclass(frozen=True, slots=True)
class WordRow:
    """What follows the start of a word in a number or name of the book."""

    book_id: Key[UUID]
    word: Key[str]
    kind: str  # of the book
    business_unit: str  # of an invoice
    number: str  # of the book


def show(book: Invoice | Debtor) -> Iterator[WordRow]:
    if not book.number:
        return
    texts = _of_debtor(book) if isinstance(book, Debtor) else _of_invoice(book)
    kind = DEBTOR.name if isinstance(book, Debtor) else INVOICE.name
    words = [word for text in texts for word in word_starts(text)]
    if isinstance(book, Invoice):
        words += [case.hex for case in book.disputes]
    unit = book.business_unit if isinstance(book, Invoice) else ""
    for word in dict.fromkeys(words):
        yield WordRow(book.id, word, kind, unit, book.number)


def _of_debtor(debtor: Debtor) -> Iterator[str]:
    yield from (debtor.number, debtor.name, debtor.email or "")


def _of_invoice(invoice: Invoice) -> Iterator[str]:
    """Yield its number and its references: order, credit notes, payments, tickets."""
    yield from (invoice.number, invoice.purchase_order or "")
    yield from (*invoice.credit_notes, *invoice.payments)
    yield from (hold.ticket for hold in invoice.holds.values())


INDEX = (  # the order of bytes: a range is a prefix; the rest spares a look at the table
    *("kind", 'word collate "C"'),
    *("business_unit", "number", "book_id"),
)
WORDS = Fold("words", WordRow, (INVOICE, DEBTOR), show, indexes=(INDEX,))
