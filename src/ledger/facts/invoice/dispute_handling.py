"""How people work on a dispute: its resolver, its escalation, and the approval of a credit."""

from datetime import date
from decimal import Decimal
from typing import assert_never
from uuid import UUID

from msgspec.structs import replace as but

from ledger.facts.codes import Answer
from ledger.facts.entry import Event, Personal
from ledger.facts.invoice.state import Dispute, Invoice, case_on, with_case


class ResolverAssigned(Event, topic="resolver-assigned.v1"):
    case_id: UUID
    resolver: Personal[str]
    expected: str  # what the resolver must answer
    follow_up_on: date | None


class ResolverChanged(Event, topic="resolver-changed.v1"):
    case_id: UUID
    resolver: Personal[str]
    previous: Personal[str]
    why: str
    follow_up_on: date | None


class ResolverReminded(Event, topic="resolver-reminded.v1"):
    case_id: UUID
    resolver: Personal[str]
    times: int
    follow_up_on: date


class ResolverAnswered(Event, topic="resolver-answered.v1"):
    case_id: UUID
    resolver: Personal[str]
    answer: Answer
    text: Personal[str]


class FollowUpDateMoved(Event, topic="follow-up-date-moved.v1"):
    """The follow-up date of a dispute was moved; the task remains."""

    case_id: UUID
    follow_up_on: date
    why: str


class DisputeCommentUpdated(Event, topic="dispute-comment-updated.v1"):
    case_id: UUID
    comment: Personal[str]


class DisputeEscalated(Event, topic="dispute-escalated.v1"):
    case_id: UUID
    to: Personal[str]
    why: str


class DisputePauseChanged(Event, topic="dispute-pause-changed.v1"):
    """Another version of the playbook decides how much of the invoice pauses with the dispute."""

    case_id: UUID
    rests_whole: bool  # follow-up of the whole invoice pauses; else of the disputed amount
    playbook: int  # version that decided it


class CreditRequested(Event, topic="credit-requested.v1"):
    case_id: UUID
    amount: Decimal
    approver: Personal[str]
    decide_by: date | None = None
    requester: Personal[str] | None = None  # who may not approve it


class CreditPassedOn(Event, topic="credit-passed-on.v1"):
    """``previous`` approved it, but it is above their ``limit``: now ``approver`` is asked."""

    case_id: UUID
    amount: Decimal
    approver: Personal[str]
    previous: Personal[str]
    limit: Decimal  # less what was credited in the case before
    decide_by: date | None = None


class ApproverReminded(Event, topic="approver-reminded.v1"):
    case_id: UUID
    approver: Personal[str]
    times: int
    decide_by: date


class CreditApproved(Event, topic="credit-approved.v1"):
    case_id: UUID
    amount: Decimal


class CreditRefused(Event, topic="credit-refused.v1"):
    case_id: UUID
    why: str


HandlingEvent = (
    ResolverAssigned
    | ResolverChanged
    | ResolverReminded
    | ResolverAnswered
    | FollowUpDateMoved
    | DisputeCommentUpdated
    | DisputeEscalated
    | DisputePauseChanged
    | CreditRequested
    | CreditPassedOn
    | ApproverReminded
    | CreditApproved
    | CreditRefused
)


def evolve_handling(invoice: Invoice, event: HandlingEvent) -> Invoice:
    return with_case(invoice, _after(case_on(invoice, event.case_id), event))


def _after(dispute: Dispute, event: HandlingEvent) -> Dispute:  # noqa: C901
    """Return the next state; what people did to a dispute marks it as edited.

    The clock, and an assignment on the day of the opening, do not.
    """
    match event:
        case ResolverAssigned() as e:
            return but(
                dispute,
                resolver=e.resolver,
                expected=e.expected,
                follow_up_on=e.follow_up_on,
                assigned_on=dispute.assigned_on or e.on,
                answer=None,
                edited_by_user=dispute.edited_by_user or e.on != dispute.opened_on,
            )
        case ResolverChanged() as e:
            day = e.follow_up_on
            changed = but(dispute, resolver=e.resolver, follow_up_on=day, edited_by_user=True)
            return but(changed, answer=None, reminders=0)
        case ResolverReminded() as e:
            return but(dispute, reminders=e.times, follow_up_on=e.follow_up_on, answer=None)
        case ResolverAnswered() as e:
            answered_on = dispute.answered_on or e.on
            return but(dispute, answer=e.answer, answered_on=answered_on, edited_by_user=True)
        case FollowUpDateMoved() as e:
            return but(dispute, follow_up_on=e.follow_up_on, edited_by_user=True)
        case DisputeCommentUpdated() as e:
            return but(dispute, comment=e.comment, edited_by_user=True)
        case DisputeEscalated() as e:
            return but(dispute, escalated_to=e.to)
        case DisputePauseChanged() as e:
            return but(dispute, rests_whole=e.rests_whole)
        case CreditRequested() as e:
            asked = but(_requested(dispute, e), credit_requester=e.requester or "")
            return but(asked, edited_by_user=True)
        case CreditPassedOn() as e:
            return _requested(dispute, e)
        case ApproverReminded() as e:
            return but(dispute, credit_reminders=e.times, credit_by=e.decide_by)
        case CreditApproved() as e:
            return but(dispute, credit_requested=None, credit_asked_of="", credit_approved=e.amount)
        case CreditRefused() as e:
            return but(dispute, credit_requested=None, credit_asked_of="", credit_refused=e.why)
        case _:
            assert_never(event)


def _requested(dispute: Dispute, e: CreditRequested | CreditPassedOn) -> Dispute:
    return but(
        dispute,
        credit_requested=e.amount,
        credit_asked_of=e.approver,
        credit_by=e.decide_by,
        credit_reminders=0,
        credit_refused="",
    )
