"""The parts of a dispute case: each is over one invoice."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from ledger.facts.invoice import dispute_events as ev
from ledger.facts.invoice.dispute import Dispute
from ledger.facts.invoice.state import Invoice

Trigger = (  # events of a case that have consequences
    ev.DisputeOpened
    | ev.ResolverAssigned
    | ev.ResolverChanged
    | ev.DisputeResolved
    | ev.DisputeReopened
    | ev.CreditRequested
    | ev.CreditPassedOn
    | ev.CreditRefused
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


Parts = Sequence[CaseChange]  # of one case, each on its own invoice


class CasePart(NamedTuple):
    """One invoice's part of a case."""

    invoice: Invoice
    dispute: Dispute
