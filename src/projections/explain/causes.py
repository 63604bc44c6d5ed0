"""The entries that explain a task or a pause: those still valid, or the last of each kind."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ledger.facts.codes import REPLY_ITEM, Direction, Purpose, TaskKind
from ledger.facts.entry import Entry
from ledger.facts.invoice import follow_up as dunning
from ledger.facts.invoice import promises as promise
from ledger.facts.invoice import registration
from ledger.facts.invoice.approval import ApprovalMissing
from ledger.facts.invoice.dispute_endings import DisputeReopened, DisputeResolved, DisputeVoided
from ledger.facts.invoice.dispute_handling import (
    ApproverReminded,
    CreditApproved,
    CreditPassedOn,
    CreditRefused,
    CreditRequested,
    DisputeEscalated,
    FollowUpDateMoved,
    ResolverAnswered,
    ResolverAssigned,
    ResolverChanged,
    ResolverReminded,
)
from ledger.facts.invoice.dispute_opening import DisputeOpened
from ledger.facts.invoice.holds import FollowUpHeld, FollowUpHoldExpired, FollowUpResumed
from ledger.facts.invoice.original import OriginalNamed
from ledger.facts.invoice.state import Invoice
from ledger.facts.invoice.taking_up import ItemTakenUp
from ledger.policy.follow_up.pauses import MONEY, pauses
from ledger.policy.tasks.task import Task
from projections.contact_log.sentences import sentence

Kinds = tuple[type[Any], ...]
TERMS = (registration.InvoiceRegistered, registration.InvoiceCorrected)
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
PROMISED = (promise.PromiseMade, promise.PromiseBroken)
BY_PERSON = (dunning.ItemDone, dunning.ItemPostponed, ItemTakenUp)
DUNNED = (
    *TERMS,
    dunning.ReminderSent,
    dunning.EmailSent,
    dunning.LetterPrinted,
    dunning.ContactLogged,
    dunning.StepTaken,
    dunning.StepWithdrawn,
)
PLANNED = (*DUNNED, dunning.FollowUpScheduled, FollowUpResumed, promise.PromiseBroken)
OF_ACTION: dict[TaskKind, Kinds] = {
    TaskKind.HOLD_EXPIRED: HELD,
    TaskKind.PROMISE_DUE: PROMISED,
    TaskKind.BROKEN_PROMISE: PROMISED,
    TaskKind.RESUME_AFTER_DISPUTE: OVER,
    TaskKind.ISSUE_CREDIT_NOTE: (CreditApproved, DisputeResolved),
    TaskKind.APPROVE_AFTERWARDS: (ApprovalMissing,),
    TaskKind.ALLOCATE_MONEY: (*MONEY, registration.InvoiceCancelled),
    TaskKind.MAIL_FAILED: (dunning.EmailFailed, dunning.LetterFailed),
    TaskKind.CHOOSE_ORIGINAL: (OriginalNamed,),
    TaskKind.ANSWER_DEBTOR: (dunning.ContactLogged,),
    TaskKind.REOPEN_DISPUTE: (DisputeResolved, dunning.ContactLogged),
}


@dataclass(frozen=True, slots=True)
class Cause:
    """An entry, and its sentence."""

    position: int
    line: int
    book: str  # invoice or debtor
    on: date
    by: str
    what: str


def as_causes(entries: Iterable[Entry], book: str = "invoice") -> list[Cause]:
    return [
        Cause(entry.position, entry.line, book, entry.event.on, entry.by, sentence(entry.event))
        for entry in entries
    ]


def blocking(entries: Sequence[Entry], invoice: Invoice) -> list[Cause]:
    """Return what pauses the follow-up; without a pause, what made the invoice and its balance."""
    found = [entry for entry in entries if pauses(entry.event, invoice)]
    return as_causes(found) if found else of_kinds(entries, (*TERMS, *MONEY))


def planning(entries: Sequence[Entry]) -> list[Cause]:
    """Return the entries from which the next step of the ladder follows."""
    return of_kinds([entry for entry in entries if _is_dunning(entry.event)], PLANNED)


def of_task(entries: Sequence[Entry], task: Task, invoice: Invoice) -> list[Cause]:
    """Return the entries behind a task, and those in which a person completed or postponed it."""
    case_id = task.dispute.case_id if task.dispute else None
    unanswered = {reply.contact_id for reply in invoice.replies}
    about = [
        entry
        for entry in entries
        if not case_id or getattr(entry.event, "case_id", case_id) == case_id
        if not isinstance(entry.event, BY_PERSON) or entry.event.item == task.item
        if _is_dunning(entry.event) or (task.item == REPLY_ITEM and _is_of(entry.event, unanswered))
    ]
    of_case = CASE if task.amount else (*CASE, *MONEY)  # money that left nothing open
    kinds = OF_ACTION.get(task.action, of_case if case_id else PLANNED)
    return of_kinds(about, (*kinds, *BY_PERSON))


def of_kinds(entries: Iterable[Entry], kinds: Kinds) -> list[Cause]:
    """Return the last entry of each kind, in the order of the book."""
    last = {type(entry.event): entry for entry in entries if isinstance(entry.event, kinds)}
    return as_causes(sorted(last.values(), key=lambda entry: entry.line))


def _is_of(event: Any, unanswered: Set[UUID]) -> bool:
    """Return whether it is a message that waits, not another contact; True for other events."""
    return not isinstance(event, dunning.ContactLogged) or event.contact_id in unanswered


def _is_dunning(event: Any) -> bool:
    """Return False for contacts, e-mails and letters that request no payment."""
    match event:
        case dunning.ContactLogged(direction=direction):
            return direction is Direction.OUT
        case dunning.EmailSent(purpose=purpose) | dunning.LetterPrinted(purpose=purpose):
            return purpose is Purpose.REMINDER
    return True
