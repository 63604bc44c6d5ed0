"""One invoice's part of a dispute case: its amounts, its people and its clock points.

The amounts obey, after every event: original = disputed + paid + credited + rejected + written_off.
"""

from datetime import date
from decimal import Decimal
from typing import Literal, assert_never
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace as but

from ledger.facts.codes import ZERO, Answer, Outcome, Part, Reason, RootCause
from ledger.facts.invoice.dispute_events import (
    ApproverReminded,
    CaseEvent,
    CreditApproved,
    CreditPassedOn,
    CreditRefused,
    CreditRequested,
    DisputeCommentUpdated,
    DisputedAmountReduced,
    DisputedAmountRestored,
    DisputeEscalated,
    DisputeOpened,
    DisputeReopened,
    DisputeResolved,
    DisputeVoided,
    FollowUpDateMoved,
    OutcomeNotified,
    ResolverAnswered,
    ResolverAssigned,
    ResolverChanged,
    ResolverReminded,
)
from ledger.facts.invoice.payment_events import CreditNoteIssued

DisputeStatus = Literal["open", "resolved", "voided"]


class Dispute(Struct, frozen=True):
    case_id: UUID
    opened: bool = False  # False: we heard of a result or a resolver, never of an opening
    status: DisputeStatus = "open"
    reason: Reason = Reason.OTHER
    comment: str = ""
    contested: Decimal | None = None  # None: all of the invoice
    rests_whole: bool = False  # nobody chases for what is not disputed either
    payment: str = ""  # that was short, and opened it
    edited_by_user: bool = False  # by somebody, since it was opened
    original: Decimal = ZERO
    disputed: Decimal = ZERO  # still
    paid: Decimal = ZERO
    credited: Decimal = ZERO
    rejected: Decimal = ZERO
    written_off: Decimal = ZERO
    to_credit: Decimal = ZERO  # of credited: decided, and no credit note yet
    to_pay: Decimal = ZERO  # of paid: decided, whatever came in
    resolver: str = ""
    expected: str = ""
    follow_up_on: date | None = None
    reminders: int = 0
    answer: Answer | None = None  # of the present resolver, since last asked
    escalated_to: str = ""
    credit_requested: Decimal | None = None  # and neither approved nor refused yet
    credit_asked_of: str = ""  # the approver who has the request now
    credit_by: date | None = None  # the day by which he is to decide
    credit_reminders: int = 0  # of that approver
    credit_refused: str = ""  # why, until it is requested again
    credit_approved: Decimal | None = None  # and not issued yet
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


MANUAL_EVENTS = {
    ResolverChanged,
    ResolverAnswered,
    FollowUpDateMoved,
    DisputeCommentUpdated,
    CreditRequested,
    DisputeReopened,
}


def evolve(one: Dispute, event: CaseEvent) -> Dispute:
    """The next state. What people do to it is remembered; the clock, and who it is given to on
    the day of its opening, do not touch it."""
    after = _evolve(one, event)
    later = isinstance(event, ResolverAssigned) and event.on != one.opened_on
    touched = one.edited_by_user or later or type(event) in MANUAL_EVENTS
    return but(after, edited_by_user=True) if touched and not after.edited_by_user else after


def _evolve(one: Dispute, event: CaseEvent) -> Dispute:  # noqa: C901
    """Exhaustive: mypy names this place when an event is added. The usual ones come first."""
    match event:
        case DisputeOpened() as e:
            return opened(one, e)
        case ResolverAssigned() as e:
            return but(
                one,
                resolver=e.resolver,
                expected=e.expected,
                follow_up_on=e.follow_up_on,
                assigned_on=one.assigned_on or e.on,
                answer=None,
            )
        case ResolverReminded() as e:
            return but(one, reminders=e.times, follow_up_on=e.follow_up_on, answer=None)
        case DisputeResolved() as e:
            return resolved(one, e)
        case DisputedAmountReduced() as e:
            return reduced(one, e)
        case DisputedAmountRestored() as e:
            return restored(one, e)
        case ResolverChanged() as e:
            day = e.follow_up_on
            return but(one, resolver=e.resolver, follow_up_on=day, answer=None, reminders=0)
        case ResolverAnswered() as e:
            return but(one, answer=e.answer, answered_on=one.answered_on or e.on)
        case FollowUpDateMoved() as e:
            return but(one, follow_up_on=e.follow_up_on)
        case DisputeCommentUpdated() as e:
            return but(one, comment=e.comment)
        case DisputeEscalated() as e:
            return but(one, escalated_to=e.to)
        case CreditRequested() | CreditPassedOn() as e:
            return but(
                one,
                credit_requested=e.amount,
                credit_asked_of=e.approver,
                credit_by=e.decide_by,
                credit_reminders=0,
                credit_refused="",
            )
        case ApproverReminded() as e:
            return but(one, credit_reminders=e.times, credit_by=e.decide_by)
        case CreditApproved() as e:
            return but(one, credit_requested=None, credit_asked_of="", credit_approved=e.amount)
        case CreditRefused() as e:
            return but(one, credit_requested=None, credit_asked_of="", credit_refused=e.why)
        case OutcomeNotified() as e:
            return but(one, settled_on=one.settled_on or e.on)
        case DisputeReopened() as e:
            return reopened(one, e)
        case DisputeVoided() as e:
            return voided(one, e)
        case _:
            assert_never(event)


def opened(dispute: Dispute, e: DisputeOpened) -> Dispute:
    """A result may have been heard before the opening; then the case is over already."""
    gone = dispute.paid + dispute.credited + dispute.rejected + dispute.written_off
    rest = max(e.disputed - gone, ZERO)
    is_open = dispute.status == "open"
    told = but(
        dispute,
        opened=True,
        reason=e.reason,
        comment=e.comment,
        contested=e.contested,
        rests_whole=e.rests_whole,
        payment=e.payment or "",
        original=gone + rest,
        disputed=rest,
        raised_on=e.raised_on,
        opened_on=e.on,
        open_since=e.on if is_open else None,
    )
    return told if is_open else _as_decided(told)


def _as_decided(dispute: Dispute) -> Dispute:
    """The early result said which way, not how much: now the amount follows it."""
    rest, given = dispute.disputed, dispute.outcome in (Outcome.CREDITED, Outcome.REPLACED)
    decided = but(dispute, disputed=ZERO)
    if given and not dispute.credited:
        return but(decided, credited=rest, to_credit=rest)
    if dispute.outcome is Outcome.PAID:
        return but(decided, paid=dispute.paid + rest, to_pay=dispute.to_pay + rest)
    return but(decided, rejected=dispute.rejected + rest)


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
    left = dispute.disputed - e.credited - e.paid - e.rejected
    untold = max(-left, ZERO)  # of a case whose opening we have not heard of
    return but(
        dispute,
        status="resolved",
        outcome=e.outcome,
        root_cause=e.root_cause,
        original=dispute.original + untold,
        disputed=left + untold,
        credited=dispute.credited + e.credited,
        paid=dispute.paid + e.paid,
        rejected=dispute.rejected + e.rejected,
        to_credit=e.credited,
        to_pay=e.paid,
        credit_requested=None,
        credit_asked_of="",
        answered_on=dispute.answered_on or (e.on if dispute.assigned_on else None),
        resolved_on=e.on,
        settled_on=settled,
        worked_days=dispute.worked_days + _span(dispute, e.on),
        open_since=None,
    )


def reopened(dispute: Dispute, e: DisputeReopened) -> Dispute:
    """What was rejected is disputed again, then what was decided and not done; the rest is new.
    Whom it takes too long is reminded and told as the first time."""
    again = min(dispute.rejected, e.disputed)
    uncredited = min(dispute.to_credit, e.disputed - again)
    unpaid = min(dispute.to_pay, e.disputed - again - uncredited)
    return but(
        dispute,
        status="open",
        outcome=None,
        root_cause=None,
        contested=e.disputed,
        original=dispute.original + e.disputed - again - uncredited - unpaid,
        disputed=dispute.disputed + e.disputed,
        rejected=dispute.rejected - again,
        credited=dispute.credited - uncredited,
        paid=dispute.paid - unpaid,
        to_credit=ZERO,
        to_pay=ZERO,
        credit_refused="",
        credit_approved=None,
        answer=None,
        settled_on=None,
        resumed_on=None,
        resolved_on=None,
        reopened=dispute.reopened + 1,
        open_since=e.on,
        reminders=0,
        escalated_to="",
    )


def noted(dispute: Dispute, e: CreditNoteIssued) -> Dispute:
    """Its credit note was sent, and takes of what was approved and decided."""
    return credited(dispute, e.amount, e.on)


def credited(dispute: Dispute, amount: Decimal, on: date) -> Dispute:
    """By a credit note, or because the invoice was corrected."""
    approved = dispute.credit_approved
    return but(
        dispute,
        settled_on=on,
        to_credit=max(dispute.to_credit - amount, ZERO),
        credit_approved=None if approved is None else max(approved - amount, ZERO),
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
