"""Events of follow-up: contacts, reminders, steps, messages, holds and tasks."""

from datetime import date
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from ledger.facts.codes import Channel, Direction, Purpose, TaskKind
from ledger.facts.entry import Event, Personal


class ReminderSent(Event, topic="reminder-sent.v1"):
    """A payment reminder was sent, for the open amount of that moment."""

    step: int
    channel: Channel
    open_amount: Decimal
    to: Personal[str] | None = None


class StepTaken(Event, topic="step-taken.v1"):
    """A step of the dunning ladder was due, and ``message`` was requested."""

    step: str
    times: int  # above 1: a repetition of the last step
    planned_on: date
    message: str
    playbook: int  # version that was in force


class StepWithdrawn(Event, topic="step-withdrawn.v1"):
    """The ``message`` of a step was not sent, as it was outdated: the step is due again."""

    step: str
    message: str
    why: str


class EmailSent(Event, topic="email-sent.v1"):
    """The mail server accepted a mail of ours about the invoice; ``document`` is its text."""

    channel: ClassVar[Channel] = Channel.EMAIL

    message: str
    purpose: Purpose
    to: Personal[tuple[str, ...]]
    subject: Personal[str]
    message_id: str  # RFC 5322
    document: str  # SHA-256
    open_amount: Decimal  # as the mail states it
    step: str = ""
    case_id: UUID | None = None
    attached: tuple[str, ...] = ()  # SHA-256 of each attached document


class EmailFailed(Event, topic="email-failed.v1"):
    """A mail of ours about the invoice cannot be delivered."""

    channel: ClassVar[Channel] = Channel.EMAIL

    message: str
    purpose: Purpose
    to: Personal[tuple[str, ...]]
    why: str
    case_id: UUID | None = None


class LetterPrinted(Event, topic="letter-printed.v1"):
    """A letter of ours about the invoice was printed; ``document`` is its PDF."""

    channel: ClassVar[Channel] = Channel.LETTER

    message: str
    purpose: Purpose
    to: Personal[tuple[str, ...]]  # name and address, line by line
    subject: Personal[str]
    document: str  # SHA-256
    open_amount: Decimal  # as the letter states it
    step: str = ""
    case_id: UUID | None = None


class LetterFailed(Event, topic="letter-failed.v1"):
    """A letter of ours about the invoice cannot be sent."""

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
    resolved_case: UUID | None = None  # resolved shortly before, which this reply may reopen


class FollowUpHeld(Event, topic="follow-up-held.v1"):
    """Follow-up was paused, of all or of ``amount``, until the day ``until``, when it resumes."""

    hold_id: UUID
    amount: Decimal | None  # None: the whole invoice
    reason: str
    until: date | None
    release_by: tuple[str, ...]  # who may release it; anybody when empty
    note: str = ""
    ticket: str = ""  # in another system, that it waits for


class FollowUpHoldExpired(Event, topic="follow-up-hold-expired.v1"):
    """A hold reached its last day; the ladder decides the next step."""

    hold_id: UUID


class FollowUpResumed(Event, topic="follow-up-resumed.v1"):
    """A hold was released, or the last open dispute (``case_id``) ended."""

    hold_id: UUID | None
    case_id: UUID | None
    next_step_on: date


class FollowUpScheduled(Event, topic="follow-up-scheduled.v1"):
    next_step_on: date
    step: str


class ItemDone(Event, topic="item-done.v1"):
    """A task, due since ``due_on``, was done manually, and no other event records it."""

    item: str
    action: TaskKind
    due_on: date
    text: Personal[str] = ""


class ItemPostponed(Event, topic="item-postponed.v1"):
    """A task, due since ``due_on``, was postponed to the day ``until``."""

    item: str
    action: TaskKind
    due_on: date
    until: date
    why: str


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
