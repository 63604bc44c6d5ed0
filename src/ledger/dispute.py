"""One invoice's part of a dispute case: its amounts, its people and its clock points.

The amounts obey, after every event: original = disputed + paid + credited + rejected + written_off.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from ledger.codes import Answer, Outcome, Part, Reason, RootCause
from ledger.invoice_events import (
    DisputedAmountReduced,
    DisputedAmountRestored,
    DisputeOpened,
    DisputeReopened,
    DisputeResolved,
    DisputeVoided,
)
from ledger.values import but

ZERO = Decimal(0)
DisputeStatus = Literal["open", "resolved", "voided"]


@dataclass(frozen=True)
class Dispute:
    case_id: UUID
    opened: bool = False  # False: we heard of a result or a resolver, never of an opening
    status: DisputeStatus = "open"
    reason: Reason = Reason.OTHER
    comment: str = ""
    contested: Decimal | None = None  # None: all of the invoice
    original: Decimal = ZERO
    disputed: Decimal = ZERO  # still
    paid: Decimal = ZERO
    credited: Decimal = ZERO
    rejected: Decimal = ZERO
    written_off: Decimal = ZERO
    resolver: str = ""
    expected: str = ""
    follow_up_on: date | None = None
    reminders: int = 0
    answer: Answer | None = None  # of the present resolver, since last asked
    escalated_to: str = ""
    credit_requested: Decimal | None = None  # and neither approved nor refused yet
    credit_approved: Decimal | None = None
    outcome: Outcome | None = None
    root_cause: RootCause | None = None
    reopened: int = 0
    raised_on: date | None = None  # T0: the debtor's own date
    opened_on: date | None = None  # T1: the first opening
    assigned_on: date | None = None  # T2: the first resolver asked
    answered_on: date | None = None  # T3: the first answer
    resolved_on: date | None = None  # T4: the last decision
    settled_on: date | None = None  # T5: credit note, replacement or refusal sent
    resumed_on: date | None = None  # T6: follow-up goes on; T7, paid, is the invoice's
    open_since: date | None = None  # of the span that is open now
    worked_days: int = 0  # days of the spans that are over

    @property
    def is_open(self) -> bool:
        return self.status == "open" and self.opened


def opened(dispute: Dispute, e: DisputeOpened) -> Dispute:
    """A result may have been heard before the opening; then the case is over already."""
    status = dispute.status
    return but(
        dispute,
        opened=True,
        reason=e.reason,
        comment=e.comment,
        contested=e.contested,
        original=e.disputed,
        disputed=e.disputed if status == "open" else ZERO,
        rejected=ZERO if status == "open" else e.disputed,
        raised_on=e.raised_on,
        opened_on=e.on,
        open_since=e.on if status == "open" else None,
    )


def reduced(dispute: Dispute, e: DisputedAmountReduced) -> Dispute:
    return _moved(dispute, e.part, e.amount)


def restored(dispute: Dispute, e: DisputedAmountRestored) -> Dispute:
    return _moved(dispute, e.part, -e.amount)


def _moved(dispute: Dispute, part: Part, amount: Decimal) -> Dispute:
    name = part.value
    there = getattr(dispute, name)
    return but(dispute, disputed=dispute.disputed - amount, **{name: there + amount})


def resolved(dispute: Dispute, e: DisputeResolved) -> Dispute:
    settled = dispute.settled_on and max(dispute.settled_on, e.on)
    return but(
        dispute,
        status="resolved",
        outcome=e.outcome,
        root_cause=e.root_cause,
        disputed=dispute.disputed - e.credited - e.paid - e.rejected,
        credited=dispute.credited + e.credited,
        paid=dispute.paid + e.paid,
        rejected=dispute.rejected + e.rejected,
        credit_requested=None,
        answered_on=dispute.answered_on or (e.on if dispute.assigned_on else None),
        resolved_on=e.on,
        settled_on=settled,
        worked_days=dispute.worked_days + _span(dispute, e.on),
        open_since=None,
    )


def reopened(dispute: Dispute, e: DisputeReopened) -> Dispute:
    """What was rejected is disputed again; what is disputed beyond that is new to the case."""
    again = min(dispute.rejected, e.disputed)
    return but(
        dispute,
        status="open",
        outcome=None,
        root_cause=None,
        original=dispute.original + e.disputed - again,
        disputed=dispute.disputed + e.disputed,
        rejected=dispute.rejected - again,
        answer=None,
        settled_on=None,
        resumed_on=None,
        resolved_on=None,
        reopened=dispute.reopened + 1,
        open_since=e.on,
    )


def voided(dispute: Dispute, e: DisputeVoided) -> Dispute:
    return but(
        dispute,
        status="voided",
        disputed=dispute.disputed - e.rejected,
        rejected=dispute.rejected + e.rejected,
        worked_days=dispute.worked_days + _span(dispute, e.on),
        open_since=None,
    )


def _span(dispute: Dispute, until: date) -> int:
    return (until - dispute.open_since).days if dispute.open_since else 0
