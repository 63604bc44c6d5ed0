"""Wishes about an item of the agenda: it was done by hand, or it must wait."""

from collections.abc import Iterator, Sequence
from datetime import date

from pydantic import Field

from commands.command import (
    BusinessDate,
    Command,
    DebtorCommand,
    DecisionContext,
    InvoiceCommand,
    RequiredText,
    Text,
)
from commands.follow_up.holds import release_reply_holds
from ledger.facts import debtor_events as dev
from ledger.facts.codes import DEBTOR_ITEM, REPLY_ITEM, TaskKind
from ledger.facts.debtor import Debtor
from ledger.facts.debtor_events import DebtorEvent
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.follow_up_events import ItemDone, ItemPostponed
from ledger.facts.invoice.state import Invoice, Postponement
from ledger.policy.refusal import NotFound, Refused
from ledger.policy.tasks.debtor import debtor_tasks
from ledger.policy.tasks.invoice import tasks_for
from ledger.policy.tasks.task import Task

ENDED_BY = {  # what is done only when its own fact is told
    TaskKind.PROMISE_DUE: "It ends when the promise is judged: judge-promise, keep-promise,"
    " break-promise or withdraw-promise.",
    TaskKind.ASSIGN_RESOLVER: "It ends when the dispute has a resolver: assign-resolver.",
    TaskKind.DECIDE_DISPUTE: "It ends when the dispute is decided: resolve-dispute.",
    TaskKind.ISSUE_CREDIT_NOTE: "It ends when the credit note is issued: issue-credit-note,"
    " or the invoice corrected: correct-invoice.",
    TaskKind.ALLOCATE_MONEY: "It ends when the money is put where it belongs: allocate-money,"
    " return-money or reverse-payment.",
    TaskKind.COMPLETE_DATA: "It ends when what is missing or wrong is mended: correct-debtor.",
}


class CompleteTask(InvoiceCommand, frozen=True):
    """It was done, and nothing else tells so; a week later it is asked again if it must be."""

    item: RequiredText = Field(DEBTOR_ITEM, description="as the agenda names it: a case, a hold, …")
    text: Text = Field("", description="what came of it")

    @classmethod
    def verb(cls) -> str:
        """Return the name that callers know, older than the class name."""
        return "finish-item"

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        task = _find(tasks_for(invoice), self.item, f"invoice {self.invoice}")
        ensure_done_by_hand(task)
        if on < task.on:
            raise Refused("not-on-agenda-yet", "on", on=task.on)
        yield ItemDone(on=on, item=task.item, action=task.action, due_on=task.on, text=self.text)
        if task.item == REPLY_ITEM:
            yield from release_reply_holds(invoice, on)


class PostponeTask(InvoiceCommand, frozen=True):
    """It is not shown before another day, unless something else is to be done about it."""

    item: RequiredText = Field(DEBTOR_ITEM, description="as the agenda names it: a case, a hold, …")
    until: BusinessDate = Field(description="the day it is shown again")
    why: RequiredText

    @classmethod
    def verb(cls) -> str:
        """Return the name that callers know, older than the class name."""
        return "postpone-item"

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        task = _find(tasks_for(invoice), self.item, f"invoice {self.invoice}")
        if not _so_already(self, task, invoice.postponed.get(task.item), on):
            yield ItemPostponed(
                on=on,
                item=task.item,
                action=task.action,
                due_on=task.on,
                until=self.until,
                why=self.why,
            )


class CompleteDebtorTask(DebtorCommand, frozen=True):
    """Nothing about a debtor as such is done by hand; this says what ends it."""

    item: RequiredText
    text: Text = ""

    @classmethod
    def verb(cls) -> str:
        """Return the name that callers know, older than the class name."""
        return "finish-debtor-item"

    def events(self, debtor: Debtor, on: date, now: DecisionContext) -> Iterator[DebtorEvent]:
        ensure_done_by_hand(_find(debtor_tasks(debtor), self.item, f"debtor {self.debtor}"))
        yield from ()


class PostponeDebtorTask(DebtorCommand, frozen=True):
    """What is about a debtor as such is not shown before another day."""

    item: RequiredText = Field(description="as the agenda names it: the reference of a payment, …")
    until: BusinessDate = Field(description="the day it is shown again")
    why: RequiredText

    @classmethod
    def verb(cls) -> str:
        """Return the name that callers know, older than the class name."""
        return "postpone-debtor-item"

    def events(self, debtor: Debtor, on: date, now: DecisionContext) -> Iterator[DebtorEvent]:
        task = _find(debtor_tasks(debtor), self.item, f"debtor {self.debtor}")
        if not _so_already(self, task, debtor.postponed.get(task.item), on):
            yield dev.DebtorItemPostponed(
                on=on,
                item=task.item,
                action=task.action,
                due_on=task.on,
                until=self.until,
                why=self.why,
            )


def ensure_done_by_hand(task: Task) -> None:
    """Raises ``Refused`` for what only its own fact ends, and names the command that tells it."""
    if task.action in ENDED_BY:
        raise Refused("task-ends-otherwise", action=task.action, ending=ENDED_BY[task.action])


def _find(found: Sequence[Task], item: str, of: str) -> Task:
    for task in found:
        if task.item == item:
            return task
    raise NotFound("no-agenda-item-of-book", item=item, book=of)


def _so_already(
    command: PostponeTask | PostponeDebtorTask, task: Task, before: Postponement | None, on: date
) -> bool:
    """Raises ``Refused`` for a day that would change nothing; an earlier one takes a word back."""
    if before == Postponement(task.action, command.until, command.why):
        return True
    if command.until <= on:
        raise Refused("postponed-to-past", "until", on=on, until=command.until)
    if command.until <= task.on and not (before and before.until == task.on):
        raise Refused("postponed-to-no-effect", "until", on=task.on)
    return False


COMMANDS: tuple[type[Command], ...] = (CompleteTask, PostponeTask, PostponeDebtorTask)
