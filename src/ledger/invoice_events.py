"""Everything that can happen to an invoice, in the words of the people who chase it.

Amounts are in the invoice's currency. A ``case_id`` names a dispute case, which may span several
invoices; each invoice's book holds its own part of the case.
"""

from datetime import date
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from msgspec import Struct

from ledger.codes import (
    Action,
    Answer,
    Channel,
    Direction,
    Outcome,
    Part,
    PercentOf,
    Purpose,
    Reason,
    RootCause,
)
from ledger.events import Event, Personal


class Instalment(Struct, frozen=True):
    """A part of the invoice that falls due on its own day."""

    due_on: date
    amount: Decimal


class InvoiceLine(Struct, frozen=True):
    """One line of the invoice as it was billed."""

    number: str
    description: str
    quantity: Decimal | None = None
    unit: str | None = None
    unit_price: Decimal | None = None
    amount: Decimal | None = None


class DisputedLine(Struct, frozen=True):
    """What of a line of the invoice is disputed; ``quantity`` where it was said so."""

    number: str
    amount: Decimal
    quantity: Decimal | None = None


class InvoiceRegistered(Event, topic="invoice-registered.v1"):
    """The invoice is known. ``on`` is its issue date; an empty debtor is a debtor not known."""

    number: str
    debtor: str
    business_unit: str
    collector: str
    amount: Decimal
    currency: str
    instalments: tuple[Instalment, ...]  # at least one; the due date of a plain invoice
    purchase_order: str | None = None
    lines: tuple[InvoiceLine, ...] = ()
    document: str | None = None


class InvoiceCorrected(Event, topic="invoice-corrected.v1"):
    """What was registered was wrong. A field that is None stays as it was."""

    why: str
    amount: Decimal | None = None
    instalments: tuple[Instalment, ...] | None = None
    debtor: str | None = None
    business_unit: str | None = None
    collector: str | None = None
    purchase_order: str | None = None


class InvoiceCancelled(Event, topic="invoice-cancelled.v1"):
    why: str


class InvoiceSent(Event, topic="invoice-sent.v1"):
    """``charge`` is the cost of sending it that was put on the debtor's account."""

    channel: Channel | None = None
    to: Personal[str] | None = None
    charge: Decimal | None = None


class InvoiceDelivered(Event, topic="invoice-delivered.v1"):
    channel: Channel | None = None
    to: Personal[str] | None = None


class DeliveryFailed(Event, topic="delivery-failed.v1"):
    why: str
    channel: Channel | None = None
    to: Personal[str] | None = None


class ReminderSent(Event, topic="reminder-sent.v1"):
    """A payment reminder, with the open amount it asked for at that moment."""

    step: int
    channel: Channel
    open_amount: Decimal
    to: Personal[str] | None = None


class StepTaken(Event, topic="step-taken.v1"):
    """A step of the follow-up ladder was due, and ``message`` was asked for."""

    step: str
    times: int  # above 1 the last step is repeated
    planned_on: date
    message: str
    playbook: int  # version that was in force


class StepWithdrawn(Event, topic="step-withdrawn.v1"):
    """Its ``message`` was not sent, as it was true no more: the step is yet to come."""

    step: str
    message: str
    why: str


class EmailSent(Event, topic="email-sent.v1"):
    """The mail server took a mail of ours about this invoice; ``document`` is what it said."""

    channel: ClassVar[Channel] = Channel.EMAIL

    message: str
    purpose: Purpose
    to: Personal[tuple[str, ...]]
    subject: Personal[str]
    message_id: str  # RFC 5322
    document: str  # SHA-256
    open_amount: Decimal  # as the mail told it
    step: str = ""
    case_id: UUID | None = None
    attached: tuple[str, ...] = ()  # SHA-256 of each document of the invoice that went with it


class EmailFailed(Event, topic="email-failed.v1"):
    """A mail of ours about this invoice will not arrive."""

    channel: ClassVar[Channel] = Channel.EMAIL

    message: str
    purpose: Purpose
    to: Personal[tuple[str, ...]]
    why: str
    case_id: UUID | None = None


class LetterPrinted(Event, topic="letter-printed.v1"):
    """A letter of ours about this invoice lies ready to be posted; ``document`` is its PDF."""

    channel: ClassVar[Channel] = Channel.LETTER

    message: str
    purpose: Purpose
    to: Personal[tuple[str, ...]]  # name and address, line by line
    subject: Personal[str]
    document: str  # SHA-256
    open_amount: Decimal  # as the letter told it
    step: str = ""
    case_id: UUID | None = None


class LetterFailed(Event, topic="letter-failed.v1"):
    """A letter of ours about this invoice will not go."""

    channel: ClassVar[Channel] = Channel.LETTER

    message: str
    purpose: Purpose
    to: Personal[tuple[str, ...]]
    why: str
    case_id: UUID | None = None


class ContactLogged(Event, topic="contact-logged.v1"):
    contact_id: UUID
    channel: Channel
    direction: Direction
    who: Personal[str]
    summary: Personal[str]
    time: str | None = None  # of day with offset, where it is known
    message_id: str | None = None
    documents: tuple[str, ...] = ()  # SHA-256 each
    awaits_answer: bool = False
    resolved_case: UUID | None = None  # lately, which this may take up again


class NoteAdded(Event, topic="note-added.v1"):
    text: Personal[str]


class DocumentAttached(Event, topic="document-attached.v1"):
    sha256: str
    name: str
    media_type: str
    size: int  # bytes


class DisputeOpened(Event, topic="dispute-opened.v1"):
    """The debtor contests the invoice; ``disputed`` is what that is in money on this day.

    How ``contested`` was said, if not as an amount: a percentage, or parts that add up to it.
    """

    case_id: UUID
    reason: Reason
    raised_on: date
    contested: Decimal | None  # None: all of it, whatever it becomes
    disputed: Decimal
    comment: Personal[str]
    contact_id: UUID | None = None
    original_code: str | None = None  # as the debtor's system said it
    original_list: str | None = None
    percent: Decimal | None = None
    percent_of: PercentOf | None = None
    lines: tuple[DisputedLine, ...] = ()
    shipping: Decimal | None = None
    tax: Decimal | None = None
    payment: str | None = None  # that was short, where it was opened because of that
    rests_whole: bool = False  # by the playbook then: all of the invoice, not only what is disputed


class DisputedAmountReduced(Event, topic="disputed-amount-reduced.v1"):
    """Money met the disputed part: what was disputed is now paid, credited or written off."""

    case_id: UUID
    part: Part
    amount: Decimal


class DisputedAmountRestored(Event, topic="disputed-amount-restored.v1"):
    """What met the disputed part was taken back, and is disputed again."""

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
    """The dispute's follow-up date moved, without ending the action."""

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
    """``previous`` approved it, which is beyond his ``limit``: now ``approver`` is asked."""

    case_id: UUID
    amount: Decimal
    approver: Personal[str]
    previous: Personal[str]
    limit: Decimal  # less what the case credited before
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
    """The decision. What was still disputed goes to the three amounts, to the cent."""

    case_id: UUID
    outcome: Outcome
    root_cause: RootCause | None
    credited: Decimal
    paid: Decimal
    rejected: Decimal
    explanation: Personal[str]


class OutcomeNotified(Event, topic="outcome-notified.v1"):
    """The debtor was told how the dispute ended."""

    case_id: UUID | None
    channel: Channel | None = None


class DisputeReopened(Event, topic="dispute-reopened.v1"):
    case_id: UUID
    why: str
    disputed: Decimal  # again, from now on


class DisputeVoided(Event, topic="dispute-voided.v1"):
    """There was no such dispute; it counts in no report."""

    case_id: UUID
    why: str
    rejected: Decimal


class FollowUpHeld(Event, topic="follow-up-held.v1"):
    """Nobody chases until ``until`` (the day it goes on), or not for ``amount`` of it."""

    hold_id: UUID
    amount: Decimal | None  # None: the whole invoice rests
    reason: str
    until: date | None
    release_by: tuple[str, ...]  # who may release it; empty: anybody
    note: str = ""
    ticket: str = ""  # elsewhere, that it waits for


class FollowUpHoldExpired(Event, topic="follow-up-hold-expired.v1"):
    """Its day has come; what comes next follows from the ladder, not from the hold."""

    hold_id: UUID


class FollowUpResumed(Event, topic="follow-up-resumed.v1"):
    """A hold was released, or the last open dispute (``case_id``) is over."""

    hold_id: UUID | None
    case_id: UUID | None
    next_step_on: date


class FollowUpScheduled(Event, topic="follow-up-scheduled.v1"):
    next_step_on: date
    step: str


class ItemDone(Event, topic="item-done.v1"):
    """Somebody did by hand what the agenda asked since ``due_on``; no other event tells of it."""

    item: str
    action: Action
    due_on: date
    text: Personal[str] = ""


class ItemPostponed(Event, topic="item-postponed.v1"):
    """What the agenda asks since ``due_on`` is not shown before ``until``."""

    item: str
    action: Action
    due_on: date
    until: date
    why: str


class PaymentReceived(Event, topic="payment-received.v1"):
    reference: str
    amount: Decimal
    method: str | None = None
    payer_name: Personal[str] | None = None
    payer_iban: Personal[str] | None = None
    remittance: Personal[str] | None = None  # what the payer wrote with it
    reason_code: str | None = None  # of what he kept back, as his system said it
    reason_list: str | None = None


class PaymentReversed(Event, topic="payment-reversed.v1"):
    reference: str
    amount: Decimal
    why: str


class CreditNoteIssued(Event, topic="credit-note-issued.v1"):
    number: str
    amount: Decimal
    case_id: UUID | None = None


class WrittenOff(Event, topic="written-off.v1"):
    amount: Decimal
    why: str


class LateFeeCharged(Event, topic="late-fee-charged.v1"):
    amount: Decimal
    why: str


class LateFeeWaived(Event, topic="late-fee-waived.v1"):
    amount: Decimal
    why: str


class InterestCharged(Event, topic="interest-charged.v1"):
    amount: Decimal
    why: str


class InterestWaived(Event, topic="interest-waived.v1"):
    amount: Decimal
    why: str


class PromiseMade(Event, topic="promise-made.v1"):
    """A promise to pay: a dated, amounted commitment of the debtor."""

    promise_id: UUID
    amount: Decimal
    promised_for: date
    grace_days: int
    who: Personal[str] = ""


class PromiseKept(Event, topic="promise-kept.v1"):
    promise_id: UUID


class PromiseBroken(Event, topic="promise-broken.v1"):
    promise_id: UUID
    paid: Decimal  # of it; above zero the promise was partially kept


class PromiseWithdrawn(Event, topic="promise-withdrawn.v1"):
    promise_id: UUID
    why: str


class HandedOff(Event, topic="handed-off.v1"):
    """The file went to a collection agency, which chases from now on."""

    handoff_id: UUID
    agency: str
    claim: Decimal
    manifest_sha256: str | None = None


class Recalled(Event, topic="recalled.v1"):
    handoff_id: UUID
    why: str


class SettledPerErp(Event, topic="settled-per-erp.v1"):
    """The creditor's ERP lists a lower open amount than we hold; ``source`` is file and line."""

    amount: Decimal
    source: str


class ClosedPerErp(Event, topic="closed-per-erp.v1"):
    """The ERP's full list no longer has the invoice; ``amount`` was open here."""

    amount: Decimal
    source: str


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
RegistrationEvent = (
    InvoiceRegistered
    | InvoiceCorrected
    | InvoiceCancelled
    | InvoiceSent
    | InvoiceDelivered
    | DeliveryFailed
    | NoteAdded
    | DocumentAttached
)
FollowUpEvent = (
    ReminderSent
    | StepTaken
    | StepWithdrawn
    | EmailSent
    | EmailFailed
    | LetterPrinted
    | LetterFailed
    | ContactLogged
    | FollowUpHeld
    | FollowUpHoldExpired
    | FollowUpResumed
    | FollowUpScheduled
    | ItemDone
    | ItemPostponed
)
PaymentEvent = (
    PaymentReceived
    | PaymentReversed
    | CreditNoteIssued
    | WrittenOff
    | LateFeeCharged
    | LateFeeWaived
    | InterestCharged
    | InterestWaived
    | SettledPerErp
    | ClosedPerErp
)
PromiseEvent = PromiseMade | PromiseKept | PromiseBroken | PromiseWithdrawn
HandoffEvent = HandedOff | Recalled
InvoiceEvent = (
    RegistrationEvent | FollowUpEvent | CaseEvent | PaymentEvent | PromiseEvent | HandoffEvent
)
