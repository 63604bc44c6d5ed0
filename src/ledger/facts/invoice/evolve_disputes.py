"""How an event of a dispute changes the case, and the invoice that it is over."""

from decimal import Decimal
from typing import assert_never

from msgspec.structs import replace as but

from ledger.facts.codes import ZERO, Outcome, Part
from ledger.facts.invoice.dispute import Dispute
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
from ledger.facts.invoice.evolve_dispute_endings import reopened, resolved, voided
from ledger.facts.invoice.state import Invoice, with_case

MANUAL_EVENTS = {
    ResolverChanged,
    ResolverAnswered,
    FollowUpDateMoved,
    DisputeCommentUpdated,
    CreditRequested,
    DisputeReopened,
}


def evolve_dispute(invoice: Invoice, event: CaseEvent) -> Invoice:
    """Change the part of the case that stands on this invoice; no case, no change."""
    if event.case_id is None:
        return invoice
    before = invoice.disputes.get(event.case_id) or Dispute(event.case_id)
    reply = invoice.reply
    if reply and isinstance(event, DisputeReopened) and reply.resolved_case == event.case_id:
        invoice = but(invoice, reply=None)
    return with_case(invoice, _evolve(before, event))


def _evolve(dispute: Dispute, event: CaseEvent) -> Dispute:
    """Return the next state, and remember what people did to it.

    The clock, and an assignment on the day of the opening, do not touch a dispute.
    """
    after = _after(dispute, event)
    later = isinstance(event, ResolverAssigned) and event.on != dispute.opened_on
    edited = dispute.edited_by_user or later or type(event) in MANUAL_EVENTS
    return but(after, edited_by_user=True) if edited and not after.edited_by_user else after


def _after(dispute: Dispute, event: CaseEvent) -> Dispute:  # noqa: C901
    """Match every event, so that mypy finds dispute that is missing; the usual ones come first."""
    match event:
        case DisputeOpened() as e:
            return _opened(dispute, e)
        case ResolverAssigned() as e:
            return but(
                dispute,
                resolver=e.resolver,
                expected=e.expected,
                follow_up_on=e.follow_up_on,
                assigned_on=dispute.assigned_on or e.on,
                answer=None,
            )
        case ResolverReminded() as e:
            return but(dispute, reminders=e.times, follow_up_on=e.follow_up_on, answer=None)
        case DisputeResolved() as e:
            return resolved(dispute, e)
        case DisputedAmountReduced() as e:
            return _moved(dispute, e.part, e.amount)
        case DisputedAmountRestored() as e:
            return _moved(dispute, e.part, -e.amount)
        case ResolverChanged() as e:
            day = e.follow_up_on
            return but(dispute, resolver=e.resolver, follow_up_on=day, answer=None, reminders=0)
        case ResolverAnswered() as e:
            return but(dispute, answer=e.answer, answered_on=dispute.answered_on or e.on)
        case FollowUpDateMoved() as e:
            return but(dispute, follow_up_on=e.follow_up_on)
        case DisputeCommentUpdated() as e:
            return but(dispute, comment=e.comment)
        case DisputeEscalated() as e:
            return but(dispute, escalated_to=e.to)
        case CreditRequested() | CreditPassedOn() as e:
            return but(
                dispute,
                credit_requested=e.amount,
                credit_asked_of=e.approver,
                credit_by=e.decide_by,
                credit_reminders=0,
                credit_refused="",
            )
        case ApproverReminded() as e:
            return but(dispute, credit_reminders=e.times, credit_by=e.decide_by)
        case CreditApproved() as e:
            return but(dispute, credit_requested=None, credit_asked_of="", credit_approved=e.amount)
        case CreditRefused() as e:
            return but(dispute, credit_requested=None, credit_asked_of="", credit_refused=e.why)
        case OutcomeNotified() as e:
            return but(dispute, settled_on=dispute.settled_on or e.on)
        case DisputeReopened() as e:
            return reopened(dispute, e)
        case DisputeVoided() as e:
            return voided(dispute, e)
        case _:
            assert_never(event)


def _opened(dispute: Dispute, e: DisputeOpened) -> Dispute:
    """Open the case, or find it decided when its result was recorded before its opening."""
    gone = dispute.paid + dispute.credited + dispute.rejected + dispute.written_off
    rest = max(e.disputed - gone, ZERO)
    is_open = dispute.status == "open"
    case = but(
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
    return case if is_open else _as_decided(case)


def _as_decided(dispute: Dispute) -> Dispute:
    """Give the amount to the early result, which had none."""
    rest, given = dispute.disputed, dispute.outcome in (Outcome.CREDITED, Outcome.REPLACED)
    decided = but(dispute, disputed=ZERO)
    if given and not dispute.credited:
        return but(decided, credited=rest, to_credit=rest)
    if dispute.outcome is Outcome.PAID:
        return but(decided, paid=dispute.paid + rest, to_pay=dispute.to_pay + rest)
    return but(decided, rejected=dispute.rejected + rest)


def _moved(dispute: Dispute, part: Part, amount: Decimal) -> Dispute:
    name = part.value
    there = getattr(dispute, name)
    return but(dispute, disputed=dispute.disputed - amount, **{name: there + amount})
