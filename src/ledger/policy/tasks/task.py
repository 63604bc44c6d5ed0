"""One thing to do: what it is about, since when, why, and how urgent it is.

The urgency is a sum of plain parts, each with its reason, so that a collector can argue with it.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from msgspec import Struct, field
from msgspec.structs import replace

from ledger.facts.codes import TaskKind
from ledger.facts.invoice.dispute import Dispute
from ledger.facts.invoice.state import Postponement

URGENCY = {
    TaskKind.BROKEN_PROMISE: 80,
    TaskKind.DECIDE_DISPUTE: 70,
    TaskKind.ISSUE_CREDIT_NOTE: 65,
    TaskKind.ALLOCATE_MONEY: 65,
    TaskKind.REOPEN_DISPUTE: 65,
    TaskKind.ANSWER_DEBTOR: 60,
    TaskKind.RESUME_AFTER_DISPUTE: 60,
    TaskKind.HOLD_EXPIRED: 60,
    TaskKind.ASSIGN_RESOLVER: 55,
    TaskKind.MAIL_FAILED: 55,
    TaskKind.PROMISE_DUE: 50,
    TaskKind.CHASE_RESOLVER: 50,
    TaskKind.CHASE_APPROVER: 50,
    TaskKind.CHASE_DEBTOR: 40,
    TaskKind.COMPLETE_DATA: 30,
}
CHASING = (  # what waits for a hold; to look for promised money is not to chase
    TaskKind.BROKEN_PROMISE,
    TaskKind.RESUME_AFTER_DISPUTE,
    TaskKind.HOLD_EXPIRED,
    TaskKind.CHASE_DEBTOR,
)
URGENCY_BANDS = (
    (Decimal(100_000), 20),
    (Decimal(10_000), 15),
    (Decimal(1_000), 10),
    (Decimal(100), 5),
)


class Task(Struct, frozen=True):
    """One thing to do, on or after a day, about an amount. ``item`` tells it from the others."""

    action: TaskKind
    item: str
    on: date
    amount: Decimal
    dispute: Dispute | None = None
    extra_priority: int = 0  # urgency beyond that of the action and the amount
    why: list[str] = field(default_factory=list)

    @property
    def priority(self) -> int:
        return URGENCY[self.action] + _band(self.amount) + self.extra_priority


def _band(amount: Decimal) -> int:
    for least, points in URGENCY_BANDS:
        if amount >= least:
            return points
    return 0


def postponed(task: Task, by_item: Mapping[str, Postponement]) -> Task:
    """Return the task, not before the day to which its item was postponed. A new action is a new
    cause, which was not postponed."""
    found = by_item.get(task.item)
    if found is None or found.action is not task.action or found.until <= task.on:
        return task
    why = [*task.why, f"postponed to {found.until}: {found.why}"]
    return replace(task, on=found.until, why=why)


def times_in_words(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
