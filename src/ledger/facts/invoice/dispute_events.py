"""Events of a dispute over an invoice."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from msgspec import Struct

from ledger.facts.codes import Answer, Channel, Outcome, Part, PercentOf, Reason, RootCause
from ledger.facts.entry import Event, Personal


class DisputedLine(Struct, frozen=True):
    """The disputed part of an invoice line; ``quantity`` where it was given."""

    number: str
    amount: Decimal
    quantity: Decimal | None = None


class DisputeOpened(Event, topic="dispute-opened.v1"):
    """A dispute was opened; ``disputed`` is the amount on that day.

    ``percent``, ``lines``, ``shipping`` and ``tax`` are how ``contested`` was given.
    """

    case_id: UUID
    reason: Reason
    raised_on: date
    contested: Decimal | None  # None: the whole invoice
    disputed: Decimal
    comment: Personal[str]
    contact_id: UUID | None = None
    original_code: str | None = None  # of the debtor's system
    original_list: str | None = None
    percent: Decimal | None = None
    percent_of: PercentOf | None = None
    lines: tuple[DisputedLine, ...] = ()
    shipping: Decimal | None = None
    tax: Decimal | None = None
    payment: str | None = None  # the short payment that opened it
    rests_whole: bool = False  # follow-up of the whole invoice pauses, by the playbook of that day


class DisputedAmountReduced(Event, topic="disputed-amount-reduced.v1"):
    """A part of the disputed amount was paid, credited or written off."""

    case_id: UUID
    part: Part
    amount: Decimal


class DisputedAmountRestored(Event, topic="disputed-amount-restored.v1"):
    """A payment, credit or write-off was reversed: its part is disputed again."""

    case_id: UUID
    part: Part
    amount: Decimal


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


class CreditRequested(Event, topic="credit-requested.v1"):
    case_id: UUID
    amount: Decimal
    approver: Personal[str]
    decide_by: date | None = None


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


class DisputeResolved(Event, topic="dispute-resolved.v1"):
    """A dispute was decided. The three amounts add up to what was still disputed."""

    case_id: UUID
    outcome: Outcome
    root_cause: RootCause | None
    credited: Decimal
    paid: Decimal
    rejected: Decimal
    explanation: Personal[str]


class OutcomeNotified(Event, topic="outcome-notified.v1"):
    """The debtor was notified of the outcome."""

    case_id: UUID | None
    channel: Channel | None = None


class DisputeReopened(Event, topic="dispute-reopened.v1"):
    case_id: UUID
    why: str
    disputed: Decimal  # again, from now on


class DisputeVoided(Event, topic="dispute-voided.v1"):
    """A dispute was voided: it was recorded by mistake and counts in no report."""

    case_id: UUID
    why: str
    rejected: Decimal


CaseEvent = (
    DisputeOpened
    | DisputedAmountReduced
    | DisputedAmountRestored
    | ResolverAssigned
    | ResolverChanged
    | ResolverReminded
    | ResolverAnswered
    | FollowUpDateMoved
    | DisputeCommentUpdated
    | DisputeEscalated
    | CreditRequested
    | CreditPassedOn
    | ApproverReminded
    | CreditApproved
    | CreditRefused
    | DisputeResolved
    | OutcomeNotified
    | DisputeReopened
    | DisputeVoided
)
