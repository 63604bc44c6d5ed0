"""Follow-up: contacts, reminders, steps, messages, holds and tasks."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, assert_never
from uuid import UUID

from msgspec.structs import replace as but

from ledger.facts.codes import REPLY_ITEM, Channel, Direction, Purpose, TaskKind
from ledger.facts.entry import Event, Personal
from ledger.facts.invoice.parts import Hold, Postponement, StepRecord, UnansweredReply, excerpt
from ledger.facts.invoice.state import Invoice


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


def evolve_follow_up(invoice: Invoice, event: FollowUpEvent) -> Invoice:  # noqa: C901
    """Return the next state. Of our mails and letters only reminders count as dunning."""
    match event:
        case ContactLogged() as e:
            return _contact(invoice, e)
        case FollowUpResumed() as e:
            return _resumed(invoice, e)
        case ReminderSent() as e:
            return but(
                invoice,
                reminders=invoice.reminders + (e.channel is not Channel.PHONE),
                last_contact_on=e.on,
                last_chased_on=e.on,
                last_manual_contact_on=e.on,
            )
        case FollowUpScheduled() as e:
            return but(invoice, next_step=e.step, next_step_on=e.next_step_on)
        case StepTaken() as e:
            steps = (*invoice.steps, StepRecord(e.step, e.times, e.on, invoice.due_on, e.message))
            return but(invoice, steps=steps, next_step="", next_step_on=None)
        case StepWithdrawn() as e:
            steps = tuple(taken for taken in invoice.steps if taken.message != e.message)
            return but(invoice, steps=steps)
        case EmailFailed() | LetterFailed() as e:
            return but(invoice, undeliverable={**invoice.undeliverable, e.message: e.on})
        case EmailSent() | LetterPrinted() as e:
            if e.purpose is not Purpose.REMINDER:
                return invoice
            reminders = invoice.reminders + 1
            return but(invoice, reminders=reminders, last_contact_on=e.on, last_chased_on=e.on)
        case FollowUpHeld() as e:
            hold = Hold(e.hold_id, e.amount, e.reason, e.until, e.release_by, e.ticket)
            return but(invoice, holds={**invoice.holds, e.hold_id: hold})
        case FollowUpHoldExpired() as e:  # kept: the agenda asks to resume follow-up
            holds = {
                key: but(hold, expired=True) if key == e.hold_id else hold
                for key, hold in invoice.holds.items()
            }
            return but(invoice, holds=holds)
        case ItemDone() as e:
            reply = None if e.item == REPLY_ITEM else invoice.reply
            return but(invoice, tasks_done={**invoice.tasks_done, e.item: e.on}, reply=reply)
        case ItemPostponed() as e:
            postponed = Postponement(e.action, e.until, e.why)
            return but(invoice, postponed={**invoice.postponed, e.item: postponed})
        case _:
            assert_never(event)


def _resumed(invoice: Invoice, e: FollowUpResumed) -> Invoice:
    holds = {key: hold for key, hold in invoice.holds.items() if key != e.hold_id}
    disputed = bool(invoice.open_disputes)
    disputes = {
        key: but(dispute, resumed_on=dispute.resumed_on or e.on)
        if dispute.resolved_on and not disputed
        else dispute
        for key, dispute in invoice.disputes.items()
    }
    return but(
        invoice,
        holds=holds,
        disputes=disputes,
        next_step_on=e.next_step_on,
        resumed_on=e.on if e.case_id else invoice.resumed_on,
    )


def _contact(invoice: Invoice, e: ContactLogged) -> Invoice:
    contacts, reply = invoice.contacts | {e.contact_id}, _reply(invoice.reply, e)
    after = but(invoice, contacts=contacts, last_contact_on=e.on, reply=reply)
    outbound = e.direction == "out"
    return but(after, last_chased_on=e.on, last_manual_contact_on=e.on) if outbound else after


def _reply(earlier: UnansweredReply | None, e: ContactLogged) -> UnansweredReply | None:
    """Return the reply that still waits: a contact of ours answers all replies before it."""
    if e.direction == "out":
        return earlier if earlier and e.on < earlier.on else None
    if not e.awaits_answer:
        return earlier
    words = excerpt(e.summary)
    if earlier is None:
        return UnansweredReply(e.on, e.on, e.who, words, 1, e.resolved_case)
    return but(
        earlier,
        on=max(earlier.on, e.on),
        words=words,
        times=earlier.times + 1,
        resolved_case=e.resolved_case or earlier.resolved_case,
    )
