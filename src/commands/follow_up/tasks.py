"""Commands about a task of the agenda: complete it manually, or postpone it."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypeVar

from pydantic import Field

from commands.command import DecisionContext, InvoiceCommand
from commands.debtor_command import DebtorCommand
from commands.fields import BusinessDate, RequiredText, Text
from ledger.facts.codes import DEBTOR_ITEM, TaskKind
from ledger.facts.debtor import Debtor
from ledger.facts.debtor_events import (
    DebtorAnswered,
    DebtorEvent,
    DebtorItemPostponed,
    DebtorItemTakenUp,
)
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.follow_up import ItemDone, ItemPostponed
from ledger.facts.invoice.parts import Postponement
from ledger.facts.invoice.state import Invoice
from ledger.facts.invoice.taking_up import ItemTakenUp, evolve_taking_up
from ledger.policy.refusal import NotFound, Refused
from ledger.policy.tasks.debtor import debtor_tasks
from ledger.policy.tasks.invoice import tasks_for
from ledger.policy.tasks.task import Task

E = TypeVar("E", ItemPostponed, DebtorItemPostponed)
ENDED_BY = {  # tasks that end only when their own fact is recorded
    TaskKind.PROMISE_DUE: "It ends when the promise is judged: judge-promise, keep-promise,"
    " break-promise or withdraw-promise.",
    TaskKind.ASSIGN_RESOLVER: "It ends when the dispute has a resolver: assign-resolver.",
    TaskKind.JUDGE_ANSWER: "It ends when it is recorded what the answer means: record-answer,"
    " assign-resolver or resolve-dispute.",
    TaskKind.DECIDE_DISPUTE: "It ends when the dispute is decided: resolve-dispute.",
    TaskKind.ISSUE_CREDIT_NOTE: "It ends when the credit note is issued: issue-credit-note,"
    " or the invoice corrected: correct-invoice.",
    TaskKind.APPROVE_AFTERWARDS: "It ends when an approver has approved it: approve-afterwards.",
    TaskKind.ALLOCATE_MONEY: "It ends when the money is allocated or returned: allocate-money,"
    " return-money or reverse-payment.",
    TaskKind.COMPLETE_DATA: "It ends when the details are completed or corrected: correct-debtor.",
}


class CompleteTask(InvoiceCommand, frozen=True):
    """Complete a task manually. It returns after a week if it is still needed."""

    public_name = "finish-item"
    item: RequiredText = Field(DEBTOR_ITEM, description="as named on the agenda: a case, a hold, …")
    text: Text = Field("", description="outcome")

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        task = _find(tasks_for(invoice), self.item, f"invoice {self.invoice}")
        ensure_completable(task)
        if on < task.on:
            raise Refused("not-on-agenda-yet", "on", on=task.on)
        yield ItemDone(on=on, item=task.item, action=task.action, due_on=task.on, text=self.text)


class PostponeTask(InvoiceCommand, frozen=True):
    """Postpone a task to a later day, unless a different task replaces it."""

    public_name = "postpone-item"
    item: RequiredText = Field(DEBTOR_ITEM, description="as named on the agenda: a case, a hold, …")
    until: BusinessDate = Field(description="the day the task is shown again")
    why: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        task = _find(tasks_for(invoice), self.item, f"invoice {self.invoice}")
        before = invoice.postponed.get(task.item)
        yield from _postponed(ItemPostponed, self, task, before, on)


class TakeUpTask(InvoiceCommand, frozen=True):
    """Take up a task that was postponed, or completed manually, before it returns by itself."""

    public_name = "take-up-item"
    item: RequiredText = Field(DEBTOR_ITEM, description="as named on the agenda: a case, a hold, …")

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        taken = ItemTakenUp(on=on, item=self.item)
        if tasks_for(evolve_taking_up(invoice, taken)) != tasks_for(invoice):
            yield taken


class CompleteDebtorTask(DebtorCommand, frozen=True):
    """Complete the task to answer a debtor. Any other is ended by its own command, which the
    refusal names."""

    public_name = "finish-debtor-item"
    item: RequiredText
    text: Text = ""

    def events(self, debtor: Debtor, on: date, now: DecisionContext) -> Iterator[DebtorEvent]:
        ensure_completable(_find(debtor_tasks(debtor), self.item, f"debtor {self.debtor}"))
        yield DebtorAnswered(on=on, text=self.text)


class PostponeDebtorTask(DebtorCommand, frozen=True):
    """Postpone a task of a debtor to a later day."""

    public_name = "postpone-debtor-item"
    item: RequiredText = Field(description="as named on the agenda: the reference of a payment, …")
    until: BusinessDate = Field(description="the day the task is shown again")
    why: RequiredText

    def events(self, debtor: Debtor, on: date, now: DecisionContext) -> Iterator[DebtorEvent]:
        task = _find(debtor_tasks(debtor), self.item, f"debtor {self.debtor}")
        before = debtor.postponed.get(task.item)
        yield from _postponed(DebtorItemPostponed, self, task, before, on)


class TakeUpDebtorTask(DebtorCommand, frozen=True):
    """Take up a task of a debtor that was postponed, before it returns by itself."""

    public_name = "take-up-debtor-item"
    item: RequiredText = Field(description="as named on the agenda: the reference of a payment, …")

    def events(self, debtor: Debtor, on: date, now: DecisionContext) -> Iterator[DebtorEvent]:
        if self.item in debtor.postponed:
            yield DebtorItemTakenUp(on=on, item=self.item)


def ensure_completable(task: Task) -> None:
    """Raise ``Refused`` for a task that only another command ends; the text names that command."""
    if task.action in ENDED_BY:
        raise Refused("task-ends-otherwise", action=task.action, ending=ENDED_BY[task.action])


def _find(found: Sequence[Task], item: str, of: str) -> Task:
    for task in found:
        if task.item == item:
            return task
    raise NotFound("no-agenda-item-of-book", item=item, book=of)


def _postponed(
    event: type[E],
    command: PostponeTask | PostponeDebtorTask,
    task: Task,
    before: Postponement | None,
    on: date,
) -> Iterator[E]:
    """Yield the event unless the same is recorded. The task's own day cancels a postponement.

    Raises ``Refused`` for a day without effect.
    """
    until, why = command.until, command.why
    if before == Postponement(task.action, until, why):
        return
    if until <= on:
        raise Refused("postponed-to-past", "until", on=on, until=until)
    if until <= task.on and not (before and before.until == task.on):
        raise Refused("postponed-to-no-effect", "until", on=task.on)
    yield event(on=on, item=task.item, action=task.action, due_on=task.on, until=until, why=why)
