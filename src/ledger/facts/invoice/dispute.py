"""The part of a dispute case on an invoice: its amounts, people and dates.

After every event: original = disputed + paid + credited + rejected + written_off.
"""

from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from msgspec import Struct

from ledger.facts.codes import ZERO, Answer, Outcome, Reason, RootCause

DisputeStatus = Literal["open", "resolved", "voided"]


class Dispute(Struct, frozen=True):
    case_id: UUID
    opened: bool = False  # False: only a result or a resolver was recorded so far
    status: DisputeStatus = "open"
    reason: Reason = Reason.OTHER
    comment: str = ""
    contested: Decimal | None = None  # None: all of the invoice
    rests_whole: bool = False  # follow-up of the undisputed part pauses too
    payment: str = ""  # the short payment that opened it
    edited_by_user: bool = False  # since it was opened
    original: Decimal = ZERO
    disputed: Decimal = ZERO  # still
    paid: Decimal = ZERO
    credited: Decimal = ZERO
    rejected: Decimal = ZERO
    written_off: Decimal = ZERO
    to_credit: Decimal = ZERO  # pending credit note, part of credited
    to_pay: Decimal = ZERO  # decided to be paid, part of paid
    resolver: str = ""
    expected: str = ""
    follow_up_on: date | None = None
    reminders: int = 0
    answer: Answer | None = None  # of the resolver, since the last request
    escalated_to: str = ""
    credit_requested: Decimal | None = None  # not decided yet
    credit_asked_of: str = ""  # the approver who has the request now
    credit_by: date | None = None  # the day by which they must decide
    credit_reminders: int = 0  # sent to that approver
    credit_refused: str = ""  # the reason, until the next request
    credit_approved: Decimal | None = None  # without a credit note yet
    outcome: Outcome | None = None
    root_cause: RootCause | None = None
    reopened: int = 0
    raised_on: date | None = None  # T0: the debtor's own date
    opened_on: date | None = None  # T1: the first opening
    assigned_on: date | None = None  # T2: the first request to a resolver
    answered_on: date | None = None  # T3: the first answer
    resolved_on: date | None = None  # T4: the last decision
    settled_on: date | None = None  # T5: credit note, replacement or refusal sent
    resumed_on: date | None = None  # T6: follow-up resumed; T7, paid, is the invoice's
    open_since: date | None = None  # start of the present open period
    worked_days: int = 0  # days of the earlier open periods

    @property
    def is_open(self) -> bool:
        return self.status == "open" and self.opened
<<<<<<< HEAD
=======


MANUAL_EVENTS = {
    ev.ResolverChanged,
    ev.ResolverAnswered,
    ev.FollowUpDateMoved,
    ev.DisputeCommentUpdated,
    ev.CreditRequested,
    ev.DisputeReopened,
}


def evolve(dispute: Dispute, event: ev.CaseEvent) -> Dispute:
    """Return the next state, marked as edited when a person changed the case after its opening."""
    after = _evolve(dispute, event)
    reassigned = isinstance(event, ev.ResolverAssigned) and event.on != dispute.opened_on
    edited = dispute.edited_by_user or reassigned or type(event) in MANUAL_EVENTS
    return but(after, edited_by_user=True) if edited and not after.edited_by_user else after


def _evolve(dispute: Dispute, event: ev.CaseEvent) -> Dispute:  # noqa: C901
    """Exhaustive: mypy fails when an event is added. Frequent events come first, for speed."""
    match event:
        case ev.DisputeOpened() as e:
            return opened(dispute, e)
        case ev.ResolverAssigned() as e:
            return but(
                dispute,
                resolver=e.resolver,
                expected=e.expected,
                follow_up_on=e.follow_up_on,
                assigned_on=dispute.assigned_on or e.on,
                answer=None,
            )
        case ev.ResolverReminded() as e:
            return but(dispute, reminders=e.times, follow_up_on=e.follow_up_on, answer=None)
        case ev.DisputeResolved() as e:
            return resolved(dispute, e)
        case ev.DisputedAmountReduced() as e:
            return _moved(dispute, e.part, e.amount)
        case ev.DisputedAmountRestored() as e:
            return _moved(dispute, e.part, -e.amount)
        case ev.ResolverChanged() as e:
            day = e.follow_up_on
            return but(dispute, resolver=e.resolver, follow_up_on=day, answer=None, reminders=0)
        case ev.ResolverAnswered() as e:
            return but(dispute, answer=e.answer, answered_on=dispute.answered_on or e.on)
        case ev.FollowUpDateMoved() as e:
            return but(dispute, follow_up_on=e.follow_up_on)
        case ev.DisputeCommentUpdated() as e:
            return but(dispute, comment=e.comment)
        case ev.DisputeEscalated() as e:
            return but(dispute, escalated_to=e.to)
        case ev.CreditRequested() | ev.CreditPassedOn() as e:
            return but(
                dispute,
                credit_requested=e.amount,
                credit_asked_of=e.approver,
                credit_by=e.decide_by,
                credit_reminders=0,
                credit_refused="",
            )
        case ev.ApproverReminded() as e:
            return but(dispute, credit_reminders=e.times, credit_by=e.decide_by)
        case ev.CreditApproved() as e:
            return but(dispute, credit_requested=None, credit_asked_of="", credit_approved=e.amount)
        case ev.CreditRefused() as e:
            return but(dispute, credit_requested=None, credit_asked_of="", credit_refused=e.why)
        case ev.OutcomeNotified() as e:
            return but(dispute, settled_on=dispute.settled_on or e.on)
        case ev.DisputeReopened() as e:
            return reopened(dispute, e)
        case ev.DisputeVoided() as e:
            return but(
                dispute,
                status="voided",
                disputed=dispute.disputed - e.rejected,
                rejected=dispute.rejected + e.rejected,
                worked_days=dispute.worked_days + _span(dispute, e.on),
                open_since=None,
            )
        case _:
            assert_never(event)


def opened(dispute: Dispute, e: ev.DisputeOpened) -> Dispute:
    """Open the case. When its result was recorded before, it is closed already."""
    decided = dispute.paid + dispute.credited + dispute.rejected + dispute.written_off
    rest = max(e.disputed - decided, ZERO)
    is_open = dispute.status == "open"
    after = but(
        dispute,
        opened=True,
        reason=e.reason,
        comment=e.comment,
        contested=e.contested,
        rests_whole=e.rests_whole,
        payment=e.payment or "",
        original=decided + rest,
        disputed=rest,
        raised_on=e.raised_on,
        opened_on=e.on,
        open_since=e.on if is_open else None,
    )
    return after if is_open else _as_decided(after)


def _as_decided(dispute: Dispute) -> Dispute:
    """Book the disputed amount by the outcome of an early result, which had no amounts."""
    rest, credits = dispute.disputed, dispute.outcome in (Outcome.CREDITED, Outcome.REPLACED)
    decided = but(dispute, disputed=ZERO)
    if credits and not dispute.credited:
        return but(decided, credited=rest, to_credit=rest)
    if dispute.outcome is Outcome.PAID:
        return but(decided, paid=dispute.paid + rest, to_pay=dispute.to_pay + rest)
    return but(decided, rejected=dispute.rejected + rest)


def _moved(dispute: Dispute, part: Part, amount: Decimal) -> Dispute:
    after = {part.value: getattr(dispute, part.value) + amount}
    return but(dispute, disputed=dispute.disputed - amount, **after)


def resolved(dispute: Dispute, e: ev.DisputeResolved) -> Dispute:
    settled = dispute.settled_on and max(dispute.settled_on, e.on)
    left = dispute.disputed - e.credited - e.paid - e.rejected
    unopened = max(-left, ZERO)  # of a case whose opening is not recorded yet
    return but(
        dispute,
        status="resolved",
        outcome=e.outcome,
        root_cause=e.root_cause,
        original=dispute.original + unopened,
        disputed=left + unopened,
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


def reopened(dispute: Dispute, e: ev.DisputeReopened) -> Dispute:
    """Dispute again what was rejected, then what was decided and not executed; the rest is new.

    Reminders and escalation start again.
    """
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


def credited(dispute: Dispute, amount: Decimal, on: date) -> Dispute:
    """Reduce what waits to be credited, by a credit note or a correction of the invoice."""
    approved = dispute.credit_approved
    return but(
        dispute,
        settled_on=on,
        to_credit=max(dispute.to_credit - amount, ZERO),
        credit_approved=None if approved is None else max(approved - amount, ZERO),
    )


def _span(dispute: Dispute, until: date) -> int:
    return (until - dispute.open_since).days if dispute.open_since else 0
>>>>>>> p-ledger
