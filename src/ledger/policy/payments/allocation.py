"""How money meets what is disputed: the undisputed part first, then the cases, oldest first."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from uuid import UUID

from ledger.facts.codes import ZERO, Part
from ledger.facts.invoice.dispute import Dispute
from ledger.facts.invoice.dispute_events import DisputedAmountReduced, DisputedAmountRestored
from ledger.facts.invoice.state import Invoice


def allocate(
    invoice: Invoice, amount: Decimal, part: Part, on: date, first: UUID | None = None
) -> Iterator[DisputedAmountReduced]:
    """What of each open case is met by ``amount``; case ``first`` comes before all else."""
    cases = _oldest_first(invoice)
    undisputed = max(max(invoice.open_amount, ZERO) - sum(c.disputed for c in cases), ZERO)
    chosen = [one for one in cases if one.case_id == first]
    others = [one for one in cases if one.case_id != first]
    for one in chosen:
        taken = min(one.disputed, amount)
        amount -= taken
        if taken:
            yield DisputedAmountReduced(on=on, case_id=one.case_id, part=part, amount=taken)
    left = max(amount - undisputed, ZERO)
    for one in others:
        taken = min(one.disputed, left)
        left -= taken
        if taken:
            yield DisputedAmountReduced(on=on, case_id=one.case_id, part=part, amount=taken)


def reverse(
    invoice: Invoice, amount: Decimal, part: Part, on: date
) -> Iterator[DisputedAmountRestored]:
    """The reverse, youngest case first; a case that is over keeps the amounts it ended with.

    What was paid too much goes back before anything is disputed again.
    """
    amount = max(amount + min(invoice.open_amount, ZERO), ZERO)
    for one in reversed(_oldest_first(invoice)):
        back = min(getattr(one, part.value), amount)
        amount -= back
        if back:
            yield DisputedAmountRestored(on=on, case_id=one.case_id, part=part, amount=back)


def _oldest_first(invoice: Invoice) -> list[Dispute]:
    return sorted(invoice.open_disputes, key=lambda one: (one.opened_on, one.case_id))
