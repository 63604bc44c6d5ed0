"""The parts of a dispute case: each is over one invoice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from ledger.facts.invoice.dispute_endings import DisputeReopened, DisputeResolved
from ledger.facts.invoice.dispute_handling import (
    CreditPassedOn,
    CreditRefused,
    CreditRequested,
    ResolverAssigned,
    ResolverChanged,
    ResolverReminded,
)
from ledger.facts.invoice.dispute_opening import DisputeOpened
from ledger.facts.invoice.state import Dispute, Invoice

Trigger = (  # events of a case that have consequences
    DisputeOpened
    | ResolverAssigned
    | ResolverChanged
    | ResolverReminded
    | DisputeResolved
    | DisputeReopened
    | CreditRequested
    | CreditPassedOn
    | CreditRefused
)


@dataclass(frozen=True)
class CaseChange:
    """An event of a case, and the invoice after all events decided so far."""

    invoice: Invoice
    event: Trigger

    @property
    def case_id(self) -> UUID:
        return self.event.case_id

    @property
    def dispute(self) -> Dispute:
        return self.invoice.disputes[self.case_id]

    @property
    def part(self) -> "CasePart":
        return CasePart(self.invoice, self.dispute)


Parts = Sequence[CaseChange]  # of one case, each on its own invoice


class CasePart(NamedTuple):
    """One invoice's part of a case."""

    invoice: Invoice
    dispute: Dispute


def has_amount_in_dispute(invoice: Invoice, dispute: Dispute) -> bool:
    """Return whether the dispute is open and an amount is left to dispute.

    Nothing is left when all of it was paid, credited or written off, or when the invoice was
    settled after the dispute was opened; a reversed payment makes it count again.
    """
    if not dispute.is_open:
        return False
    if invoice.settled_on is None:
        return dispute.disputed > 0 or dispute.contested is None
    return dispute.disputed > 0 and (dispute.open_since or date.max) >= invoice.settled_on
