"""Which entries made it so: those that still hold, or of each kind that has a say the last one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger.facts.codes import REPLY_ITEM, Direction, Purpose, TaskKind
from ledger.facts.entry import Entry
from ledger.facts.invoice.dispute_events import (
    ApproverReminded,
    CreditApproved,
    CreditPassedOn,
    CreditRefused,
    CreditRequested,
    DisputeEscalated,
    DisputeOpened,
    DisputeReopened,
    DisputeResolved,
    DisputeVoided,
    FollowUpDateMoved,
    ResolverAnswered,
    ResolverAssigned,
    ResolverChanged,
    ResolverReminded,
)
from ledger.facts.invoice.follow_up_events import (
    ContactLogged,
    EmailFailed,
    EmailSent,
    FollowUpHeld,
    FollowUpHoldExpired,
    FollowUpResumed,
    FollowUpScheduled,
    ItemDone,
    ItemPostponed,
    LetterFailed,
    LetterPrinted,
    ReminderSent,
    StepTaken,
    StepWithdrawn,
)
from ledger.facts.invoice.promise_events import PromiseBroken, PromiseMade
from ledger.facts.invoice.registration_events import (
    InvoiceCancelled,
    InvoiceCorrected,
    InvoiceRegistered,
)
from ledger.facts.invoice.state import Invoice
from ledger.policy.follow_up.pauses import MONEY, pauses
from ledger.policy.tasks.task import Task
from projections.contact_log.sentences import sentence

Kinds = tuple[type[Any], ...]
TERMS = (InvoiceRegistered, InvoiceCorrected)
CASE = (
    DisputeOpened,
    DisputeReopened,
    ResolverAssigned,
    ResolverChanged,
    ResolverReminded,
    ResolverAnswered,
    FollowUpDateMoved,
    DisputeEscalated,
    CreditRequested,
    CreditPassedOn,
    ApproverReminded,
    CreditApproved,
    CreditRefused,
)
OVER = (DisputeResolved, DisputeVoided, FollowUpResumed)
HELD = (FollowUpHeld, FollowUpHoldExpired, FollowUpResumed)
PROMISED = (PromiseMade, PromiseBroken)
BY_HAND = (ItemDone, ItemPostponed)
CHASED = (
    *TERMS,
    ReminderSent,
    EmailSent,
    LetterPrinted,
    ContactLogged,
    StepTaken,
    StepWithdrawn,
)
PLANNED = (*CHASED, FollowUpScheduled, FollowUpResumed, PromiseBroken)
OF_ACTION: dict[TaskKind, Kinds] = {
    TaskKind.HOLD_EXPIRED: HELD,
    TaskKind.PROMISE_DUE: PROMISED,
    TaskKind.BROKEN_PROMISE: PROMISED,
    TaskKind.RESUME_AFTER_DISPUTE: OVER,
    TaskKind.ISSUE_CREDIT_NOTE: (CreditApproved, DisputeResolved),
    TaskKind.ALLOCATE_MONEY: (*MONEY, InvoiceCancelled),
    TaskKind.MAIL_FAILED: (EmailFailed, LetterFailed),
    TaskKind.ANSWER_DEBTOR: (ContactLogged,),
    TaskKind.REOPEN_DISPUTE: (DisputeResolved, ContactLogged),
}


@dataclass(frozen=True, slots=True)
class Cause:
    """One entry, and what it says."""

    position: int
    line: int
    book: str  # invoice or debtor
    on: date
    by: str
    what: str


def as_causes(lines: Iterable[Entry], book: str = "invoice") -> list[Cause]:
    return [
        Cause(one.position, one.line, book, one.event.on, one.by, sentence(one.event))
        for one in lines
    ]


def blocking(lines: Sequence[Entry], invoice: Invoice) -> list[Cause]:
    """Nobody is asked for money because of what these say; else because of what it is about."""
    found = [one for one in lines if pauses(one.event, invoice)]
    return as_causes(found) if found else of_kinds(lines, (*TERMS, *MONEY))


def planning(lines: Sequence[Entry]) -> list[Cause]:
    """The next step of the ladder stands on these."""
    return of_kinds([one for one in lines if _chases(one.event)], PLANNED)


def of_task(lines: Sequence[Entry], task: Task) -> list[Cause]:
    """What the agenda asks comes from these, and from what was said of it by hand."""
    case_id = task.dispute.case_id if task.dispute else None
    about = [
        one
        for one in lines
        if not case_id or getattr(one.event, "case_id", case_id) == case_id
        if not isinstance(one.event, BY_HAND) or one.event.item == task.item
        if _chases(one.event) or task.item == REPLY_ITEM
    ]
    of_case = CASE if task.amount else (*CASE, *MONEY)  # which left nothing of it
    kinds = OF_ACTION.get(task.action, of_case if case_id else PLANNED)
    return of_kinds(about, (*kinds, *BY_HAND))


def of_kinds(lines: Iterable[Entry], kinds: Kinds) -> list[Cause]:
    """The last of each, in the order they were written."""
    last = {type(one.event): one for one in lines if isinstance(one.event, kinds)}
    return as_causes(sorted(last.values(), key=lambda entry: entry.line))


def _chases(event: Any) -> bool:
    """Of contacts, mails and letters only some do, as the state has it."""
    match event:
        case ContactLogged(direction=direction):
            return direction is Direction.OUT
        case EmailSent(purpose=purpose) | LetterPrinted(purpose=purpose):
            return purpose is Purpose.REMINDER
    return True
