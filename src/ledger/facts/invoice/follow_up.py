"""Follow-up: contacts, reminders, steps, messages and tasks."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, assert_never
from uuid import UUID

from msgspec.structs import replace as but

from ledger.facts.codes import REPLY_ITEM, Channel, Direction, Purpose, TaskKind
from ledger.facts.entry import Event, Personal
from ledger.facts.invoice import replies
from ledger.facts.invoice.parts import Postponement, StepRecord
from ledger.facts.invoice.state import Invoice, with_case


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
    term: int = 0  # days that a legal notice gives, from the day on which it leaves


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
    mail: str = ""  # its name in the inbox, if it came in there
    rests_until: date | None = None  # follow-up pauses no longer; None: until it is answered


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
    | FollowUpScheduled
    | ItemDone
    | ItemPostponed
)


def evolve_follow_up(invoice: Invoice, event: FollowUpEvent) -> Invoice:
    """Return the next state. Of our mails and letters only reminders count as dunning."""
    match event:
        case ContactLogged() as e:
            return _contact(invoice, e)
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
            taken = StepRecord(e.step, e.times, e.on, invoice.due_on, e.message, term=e.term)
            return but(invoice, steps=(*invoice.steps, taken), next_step="", next_step_on=None)
        case StepWithdrawn() as e:
            steps = tuple(taken for taken in invoice.steps if taken.message != e.message)
            return but(invoice, steps=steps)
        case EmailFailed() | LetterFailed() as e:
            return _failed(invoice, e)
        case EmailSent() | LetterPrinted() as e:
            return _sent(invoice, e)
        case ItemDone() as e:
            left = () if e.item == REPLY_ITEM else invoice.replies
            return but(invoice, tasks_done={**invoice.tasks_done, e.item: e.on}, replies=left)
        case ItemPostponed() as e:
            postponed = Postponement(e.action, e.until, e.why)
            return but(invoice, postponed={**invoice.postponed, e.item: postponed})
        case _:
            assert_never(event)


def _sent(invoice: Invoice, e: EmailSent | LetterPrinted) -> Invoice:
    """Return the invoice after a message left: a reminder, or an outcome, which answers."""
    steps = tuple(
        but(taken, sent_on=e.on) if taken.message == e.message else taken for taken in invoice.steps
    )
    invoice = but(invoice, steps=steps) if steps else invoice
    if e.purpose is Purpose.OUTCOME:
        return _settled(invoice, e)
    if e.purpose is not Purpose.REMINDER:
        return invoice
    reminders = invoice.reminders + 1
    return but(invoice, reminders=reminders, last_contact_on=e.on, last_chased_on=e.on)


def _settled(invoice: Invoice, e: EmailSent | LetterPrinted) -> Invoice:
    """Settle the case, unless it is open again or waits for its credit note."""
    dispute = invoice.disputes.get(e.case_id) if e.case_id else None
    if dispute is None or dispute.status != "resolved":
        return invoice
    if not dispute.settled_on and not dispute.to_credit:
        dispute = but(dispute, settled_on=e.on, settled_by=e.message)
    return replies.outcome_mailed(invoice, dispute, e.message, e.on)


def _failed(invoice: Invoice, e: EmailFailed | LetterFailed) -> Invoice:
    """Return the invoice after a message failed: it was no step and no reminder, settled nothing
    and answered nothing."""
    undone = [taken for taken in invoice.steps if taken.message == e.message]
    counted = e.purpose is Purpose.REMINDER and any(taken.sent_on for taken in undone)
    dispute = invoice.disputes.get(e.case_id) if e.case_id else None
    if dispute and dispute.settled_by == e.message:
        dispute = but(dispute, settled_on=None, settled_by="")
        invoice = with_case(invoice, dispute)
    if dispute and dispute.heard.message == e.message:
        invoice = replies.outcome_lost(invoice, dispute)
    return but(
        invoice,
        undeliverable={**invoice.undeliverable, e.message: e.on},
        steps=tuple(taken for taken in invoice.steps if taken.message != e.message),
        reminders=invoice.reminders - counted,
    )


def _contact(invoice: Invoice, e: ContactLogged) -> Invoice:
    """Return the invoice after a contact. A message of the inbox that needs no answer of ours, such
    as a doubtful, an automatic or a resolver's, is no contact with the debtor."""
    after = but(invoice, contacts=invoice.contacts | {e.contact_id})
    if e.direction is Direction.OUT or e.awaits_answer or not e.mail:
        after = but(after, last_contact_on=e.on)
    if e.direction is Direction.OUT:
        after = replies.after_our_contact(after, e.on)
        return but(after, last_chased_on=e.on, last_manual_contact_on=e.on)
    if not e.awaits_answer:
        return after
    waits = but(replies.waiting(e, e.resolved_case), about_paid=invoice.open_amount <= 0)
    return but(after, replies=(*invoice.replies, waits))
