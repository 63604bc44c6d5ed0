"""What of an invoice is overdue: the undisputed part of each instalment whose day is over."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from msgspec.structs import replace as but

from ledger.facts.codes import ZERO
from ledger.facts.invoice.parts import Instalment
from ledger.facts.invoice.state import Invoice


def overdue_parts(invoice: Invoice, today: date) -> list[Instalment]:
    """Return the undisputed open part of each instalment due before ``today``, oldest first."""
    return [due for due in undisputed_parts(invoice) if due.due_on < today]


def overdue_amount(invoice: Invoice, today: date) -> Decimal:
    return sum((due.amount for due in overdue_parts(invoice, today)), ZERO)


def undisputed_parts(invoice: Invoice) -> Iterator[Instalment]:
    """Yield the instalments less what is disputed of them, the oldest first, as reports do."""
    disputed = invoice.disputed_amount
    for due in invoice.open_instalments:
        taken = min(disputed, due.amount)
        disputed -= taken
        if due.amount > taken:
            yield but(due, amount=due.amount - taken)
