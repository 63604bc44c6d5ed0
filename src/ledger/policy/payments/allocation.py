"""Allocation of money: to the undisputed part first, then to the disputes, oldest first."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from ledger.facts.codes import ZERO, Part
from ledger.facts.invoice.dispute_opening import DisputedAmountReduced, DisputedAmountRestored
from ledger.facts.invoice.state import Dispute, Invoice


def allocate(
    invoice: Invoice, amount: Decimal, part: Part, on: date, first: UUID | None = None
) -> Iterator[DisputedAmountReduced]:
    """Yield what ``amount`` takes of each open dispute; the case ``first`` comes first."""
    cases = sorted(_oldest_first(invoice), key=lambda case: case.case_id != first)
    undisputed = max(max(invoice.open_amount, ZERO) - sum(c.disputed for c in cases), ZERO)
    for case in cases:
        if case.case_id != first:
            amount, undisputed = max(amount - undisputed, ZERO), ZERO
        taken = min(case.disputed, amount)
        amount -= taken
        if taken:
            yield DisputedAmountReduced(on=on, case_id=case.case_id, part=part, amount=taken)


def reverse(
    invoice: Invoice, amount: Decimal, part: Part, on: date
) -> Iterator[DisputedAmountRestored]:
    """Yield what is disputed again, youngest dispute first; a closed dispute keeps its amounts.

    An overpaid amount is taken back before anything is disputed again.
    """
    amount = max(amount + min(invoice.open_amount, ZERO), ZERO)
    for case in reversed(_oldest_first(invoice)):
        back = min(getattr(case, part.value), amount)
        amount -= back
        if back:
            yield DisputedAmountRestored(on=on, case_id=case.case_id, part=part, amount=back)


def _oldest_first(invoice: Invoice) -> list[Dispute]:
    return sorted(invoice.open_disputes, key=lambda case: (case.opened_on, case.case_id))


def short_words(payment: str, amount: Decimal, currency: str) -> str:
    """Return our own words for a short payment, for a debtor who gave none."""
    return f"Payment {payment} is short by {amount} {currency}."


class ShortPart(NamedTuple):
    """An instalment, or a whole invoice, that was paid in part."""

    short: Decimal
    paid: Decimal
    whole: Decimal


def short_part(invoice: Invoice) -> ShortPart | None:
    """Return what is short of a partly paid instalment, less disputes and pending credits."""
    if invoice.received <= 0 or not (dues := invoice.open_instalments):
        return None
    nth = len(invoice.instalments) - len(dues)
    whole = invoice.instalments[nth].amount + (ZERO if nth else invoice.charges)
    left = max(invoice.undisputed_amount - invoice.credit_due, ZERO)
    met, short = whole - dues[0].amount, min(dues[0].amount, left)
    return ShortPart(short, min(invoice.received, met), whole) if met > 0 and short else None
