"""The entries that explain a task or a pause: those still valid, or the last of each kind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger.facts.codes import REPLY_ITEM, Direction, Purpose, TaskKind
from ledger.facts.entry import Entry
from ledger.facts.invoice import (
    dispute_events,
    follow_up_events,
    promise_events,
    registration_events,
)
from ledger.facts.invoice.state import Invoice
from ledger.policy.follow_up.pauses import MONEY, pauses
from ledger.policy.tasks.task import Task
from projections.contact_log.sentences import sentence

Kinds = tuple[type[Any], ...]
TERMS = (registration_events.InvoiceRegistered, registration_events.InvoiceCorrected)
CASE = (
    dispute_events.DisputeOpened,
    dispute_events.DisputeReopened,
    dispute_events.ResolverAssigned,
    dispute_events.ResolverChanged,
    dispute_events.ResolverReminded,
    dispute_events.ResolverAnswered,
    dispute_events.FollowUpDateMoved,
    dispute_events.DisputeEscalated,
    dispute_events.CreditRequested,
    dispute_events.CreditPassedOn,
    dispute_events.ApproverReminded,
    dispute_events.CreditApproved,
    dispute_events.CreditRefused,
)
OVER = (
    dispute_events.DisputeResolved,
    dispute_events.DisputeVoided,
    follow_up_events.FollowUpResumed,
)
HELD = (
    follow_up_events.FollowUpHeld,
    follow_up_events.FollowUpHoldExpired,
    follow_up_events.FollowUpResumed,
)
PROMISED = (promise_events.PromiseMade, promise_events.PromiseBroken)
BY_PERSON = (follow_up_events.ItemDone, follow_up_events.ItemPostponed)
DUNNED = (
    *TERMS,
    follow_up_events.ReminderSent,
    follow_up_events.EmailSent,
    follow_up_events.LetterPrinted,
    follow_up_events.ContactLogged,
    follow_up_events.StepTaken,
    follow_up_events.StepWithdrawn,
)
PLANNED = (
    *DUNNED,
    follow_up_events.FollowUpScheduled,
    follow_up_events.FollowUpResumed,
    promise_events.PromiseBroken,
)
OF_ACTION: dict[TaskKind, Kinds] = {
    TaskKind.HOLD_EXPIRED: HELD,
    TaskKind.PROMISE_DUE: PROMISED,
    TaskKind.BROKEN_PROMISE: PROMISED,
    TaskKind.RESUME_AFTER_DISPUTE: OVER,
    TaskKind.ISSUE_CREDIT_NOTE: (dispute_events.CreditApproved, dispute_events.DisputeResolved),
    TaskKind.ALLOCATE_MONEY: (*MONEY, registration_events.InvoiceCancelled),
    TaskKind.MAIL_FAILED: (follow_up_events.EmailFailed, follow_up_events.LetterFailed),
    TaskKind.ANSWER_DEBTOR: (follow_up_events.ContactLogged,),
    TaskKind.REOPEN_DISPUTE: (dispute_events.DisputeResolved, follow_up_events.ContactLogged),
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


def of_task(entries: Sequence[Entry], task: Task) -> list[Cause]:
    """Return the entries behind a task, and those in which a person completed or postponed it."""
    case_id = task.dispute.case_id if task.dispute else None
    about = [
        entry
        for entry in entries
        if not case_id or getattr(entry.event, "case_id", case_id) == case_id
        if not isinstance(entry.event, BY_PERSON) or entry.event.item == task.item
        if _is_dunning(entry.event) or task.item == REPLY_ITEM
    ]
    of_case = CASE if task.amount else (*CASE, *MONEY)  # money that left nothing open
    kinds = OF_ACTION.get(task.action, of_case if case_id else PLANNED)
    return of_kinds(about, (*kinds, *BY_PERSON))


def of_kinds(entries: Iterable[Entry], kinds: Kinds) -> list[Cause]:
    """Return the last entry of each kind, in the order of the book."""
    last = {type(entry.event): entry for entry in entries if isinstance(entry.event, kinds)}
    return as_causes(sorted(last.values(), key=lambda entry: entry.line))


def _is_dunning(event: Any) -> bool:
    """Return False for contacts, e-mails and letters that request no payment."""
    match event:
        case follow_up_events.ContactLogged(direction=direction):
            return direction is Direction.OUT
        case (
            follow_up_events.EmailSent(purpose=purpose)
            | follow_up_events.LetterPrinted(purpose=purpose)
        ):
            return purpose is Purpose.REMINDER
    return True
