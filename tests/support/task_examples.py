"""What an invoice asks of somebody next, and what happens that changes it."""

from typing import Any
from uuid import UUID

from ledger.facts.codes import Channel, Outcome
from ledger.facts.invoice.follow_up import ReminderSent
from ledger.facts.invoice.holds import FollowUpHeld
from ledger.facts.invoice.promises import PromiseBroken
from ledger.policy.tasks.invoice import tasks_for
from ledger.policy.tasks.task import Task
from support.examples import HOLD, NOW, PROMISE, money, registered, resolved, resumed
from support.given import day, given

reminder = ReminderSent(on=day("2026-03-10"), step=1, channel=Channel.EMAIL, open_amount=money(0))

broken = PromiseBroken(on=day("2026-03-14"), promise_id=PROMISE, paid=money(0))

over = (resolved(Outcome.REJECTED, rejected=100), resumed())


def held(until: str | None = None, amount: int | None = None, hold_id: UUID = HOLD) -> Any:
    return FollowUpHeld(
        on=NOW,
        hold_id=hold_id,
        amount=None if amount is None else money(amount),
        reason="Talks.",
        until=day(until) if until else None,
        release_by=(),
    )


def asked(*events: Any, of: Any = registered) -> list[tuple[str, str, Any]]:
    return [(task.action, str(task.on), task.amount) for task in todo_of(*events, of=of)]


def todo_of(*events: Any, of: Any = registered) -> list[Task]:
    return tasks_for(given(of, *events).becomes())
