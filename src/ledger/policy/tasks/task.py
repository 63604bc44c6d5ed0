"""Tasks and their urgency, which is the sum of documented parts."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct, field
from msgspec.structs import replace

from ledger.facts.codes import TaskKind
from ledger.facts.invoice.parts import Postponement, UnansweredReply
from ledger.facts.invoice.state import Dispute

URGENCY = {
    TaskKind.BROKEN_PROMISE: 80,
    TaskKind.DECIDE_DISPUTE: 70,
    TaskKind.ISSUE_CREDIT_NOTE: 65,
    TaskKind.ALLOCATE_MONEY: 65,
    TaskKind.APPROVE_AFTERWARDS: 65,
    TaskKind.REOPEN_DISPUTE: 65,
    TaskKind.ANSWER_DEBTOR: 60,
    TaskKind.RESUME_AFTER_DISPUTE: 60,
    TaskKind.HOLD_EXPIRED: 60,
    TaskKind.ASSIGN_RESOLVER: 55,
    TaskKind.MAIL_FAILED: 55,
    TaskKind.CHOOSE_ORIGINAL: 55,
    TaskKind.PROMISE_DUE: 50,
    TaskKind.CHASE_RESOLVER: 50,
    TaskKind.CHASE_APPROVER: 50,
    TaskKind.CHASE_DEBTOR: 40,
    TaskKind.COMPLETE_DATA: 30,
}
CHASING = (  # tasks that a dispute pauses; checking promised money is not among them
    TaskKind.BROKEN_PROMISE,
    TaskKind.RESUME_AFTER_DISPUTE,
    TaskKind.HOLD_EXPIRED,
    TaskKind.CHASE_DEBTOR,
)
URGENCY_BANDS = ((100_000, 20), (10_000, 15), (1_000, 10), (100, 5))  # least amount, points


class Task(Struct, frozen=True):
    """A task from a day on, about an amount. ``item`` is its name within the book."""

    action: TaskKind
    item: str
    on: date
    amount: Decimal
    dispute: Dispute | None = None
    extra_priority: int = 0  # urgency beyond that of the action and the amount
    why: list[str] = field(default_factory=list)

    @property
    def priority(self) -> int:
        points = next((points for least, points in URGENCY_BANDS if self.amount >= least), 0)
        return URGENCY[self.action] + points + self.extra_priority


def postponed(task: Task, by_item: Mapping[str, Postponement]) -> Task:
    """Return the task, not before the day to which its item was postponed for this action."""
    found = by_item.get(task.item)
    if found is None or found.action is not task.action or found.until <= task.on:
        return task
    why = [*task.why, f"postponed to {found.until}: {found.why}"]
    return replace(task, on=found.until, why=why)


def last_words(replies: Sequence[UnansweredReply]) -> str:
    """Return who wrote last, and how that message begins."""
    last = max(reversed(replies), key=lambda reply: reply.on)
    often = "" if len(replies) == 1 else f" ({len(replies)} times; this was the last)"
    return f"from {last.who or 'the debtor'} on {last.on}{often}: {last.words}"


def times_in_words(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
