"""The part of a dispute that stands on one invoice."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from ledger.facts.invoice.dispute import Dispute
from ledger.facts.invoice.dispute_events import (
    CreditPassedOn,
    CreditRefused,
    CreditRequested,
    DisputeOpened,
    DisputeReopened,
    DisputeResolved,
    ResolverAssigned,
    ResolverChanged,
)
from ledger.facts.invoice.state import Invoice

Trigger = (  # of a case: what something follows from
    DisputeOpened
    | ResolverAssigned
    | ResolverChanged
    | DisputeResolved
    | DisputeReopened
    | CreditRequested
    | CreditPassedOn
    | CreditRefused
)


@dataclass(frozen=True)
class CaseChange:
    """An event of a case, and the invoice as all that is decided so far leaves it."""

    invoice: Invoice
    event: Trigger

    @property
    def case_id(self) -> UUID:
        return self.event.case_id

    @property
    def dispute(self) -> Dispute:
        return self.invoice.disputes[self.case_id]


Parts = Sequence[CaseChange]  # of one case, an invoice each


class CasePart(NamedTuple):
    """One invoice's part of a case."""

    invoice: Invoice
    dispute: Dispute
