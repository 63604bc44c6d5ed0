"""Events of follow-up: contacts, reminders, steps, messages, holds and tasks."""

from datetime import date
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from ledger.facts.codes import Channel, Direction, Purpose, TaskKind
from ledger.facts.entry import Event, Personal


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
    action: TaskKind
    due_on: date
    text: Personal[str] = ""


class ItemPostponed(Event, topic="item-postponed.v1"):
    """What the agenda asks since ``due_on`` is not shown before ``until``."""

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
