"""What an invoice asks of somebody next, why, and how urgently. Shared by agenda and invoices.

The urgency is a sum of plain parts, each with its reason, so that a collector can argue with it.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from ledger.dispute import Dispute
from ledger.invoice import Hold, Invoice, Promise


class Action(StrEnum):
    """What there is to do."""

    CHASE_DEBTOR = "chase debtor"
    RESUME_AFTER_DISPUTE = "resume after dispute"
    HOLD_EXPIRED = "hold expired"
    PROMISE_DUE = "promise due"
    BROKEN_PROMISE = "broken promise"
    ASSIGN_RESOLVER = "assign resolver"
    CHASE_RESOLVER = "chase resolver"
    DECIDE_DISPUTE = "decide dispute"
    ALLOCATE_MONEY = "unallocated money"


URGENCY = {
    Action.BROKEN_PROMISE: 80,
    Action.DECIDE_DISPUTE: 70,
    Action.ALLOCATE_MONEY: 65,
    Action.RESUME_AFTER_DISPUTE: 60,
    Action.HOLD_EXPIRED: 60,
    Action.ASSIGN_RESOLVER: 55,
    Action.PROMISE_DUE: 50,
    Action.CHASE_RESOLVER: 50,
    Action.CHASE_DEBTOR: 40,
}
BANDS = ((Decimal(100_000), 20), (Decimal(10_000), 15), (Decimal(1_000), 10), (Decimal(100), 5))


@dataclass(frozen=True)
class Todo:
    """One thing to do, on or after a day, about an amount."""

    action: Action
    on: date
    amount: Decimal
    dispute: Dispute | None = None
    more: int = 0  # urgency beyond that of the action and the amount
    why: list[str] = field(default_factory=list)

    @property
    def priority(self) -> int:
        band = next((points for least, points in BANDS if self.amount >= least), 0)
        return URGENCY[self.action] + band + self.more


def todos(invoice: Invoice) -> list[Todo]:
    """Most urgent first; nothing for an invoice that asks nothing of anybody."""
    found = [_about_dispute(invoice, one) for one in invoice.open_disputes]
    if invoice.open_amount < 0:
        found.append(_overpaid(invoice))
    elif chase := _about_debtor(invoice):
        found.append(chase)
    return sorted(found, key=lambda todo: (-todo.priority, todo.on))


def _about_dispute(invoice: Invoice, one: Dispute) -> Todo:
    assert one.opened_on
    why = [f"{one.disputed} of {invoice.open_amount} open is disputed: {one.reason}"]
    more = 0
    if one.reminders:
        why.append(f"{one.resolver} was reminded {one.reminders} times")
        more += min(2 * one.reminders, 10)
    if one.escalated_to:
        why.append(f"escalated to {one.escalated_to}")
        more += 10
    if one.answer == "solved":
        why.append(f"{one.resolver} says it is solved")
        return Todo(Action.DECIDE_DISPUTE, one.opened_on, one.disputed, one, more, why)
    if not one.resolver or one.answer == "not_mine":
        why.append("nobody is asked to solve it")
        return Todo(Action.ASSIGN_RESOLVER, one.opened_on, one.disputed, one, more, why)
    why.append(f"{one.resolver} was asked on {one.assigned_on}")
    on = one.follow_up_on or one.opened_on
    return Todo(Action.CHASE_RESOLVER, on, one.disputed, one, more, why)


def _overpaid(invoice: Invoice) -> Todo:
    too_much = -invoice.open_amount
    on = invoice.settled_on or invoice.issued_on
    return Todo(Action.ALLOCATE_MONEY, on, too_much, why=[f"{too_much} too much was paid"])


def _about_debtor(invoice: Invoice) -> Todo | None:
    """Chasing: of what is collectable, not disputed and not held."""
    resting = sum((hold.amount or Decimal(0) for hold in invoice.holds.values()), Decimal(0))
    amount = invoice.undisputed_amount - resting
    if not invoice.collectable or amount <= 0:
        return None
    broken = _last_broken(invoice)
    promise = invoice.open_promise
    hold = _whole_hold(invoice)
    if broken and not promise:
        why = [f"the promise of {broken.amount} for {broken.promised_for} was {broken.status}"]
        return Todo(Action.BROKEN_PROMISE, broken.judged_on or broken.promised_for, amount, why=why)
    if hold:
        if hold.until is None:
            return None
        why = [f"held until {hold.until}: {hold.reason}"]
        return Todo(Action.HOLD_EXPIRED, hold.until, amount, why=why)
    if promise:
        on = promise.promised_for + timedelta(days=promise.grace_days)
        why = [f"{promise.amount} is promised for {promise.promised_for}"]
        return Todo(Action.PROMISE_DUE, on, amount, why=why)
    return _chase(invoice, amount)


def _chase(invoice: Invoice, amount: Decimal) -> Todo:
    why = [f"{amount} is due since {invoice.due_on}"]
    if amount < invoice.open_amount:
        why.append(f"the other {invoice.open_amount - amount} rests")
    if invoice.delivery_failed_on:
        why.append(f"the invoice came back on {invoice.delivery_failed_on}")
    if invoice.resumed_on:
        why.append(f"its dispute is over since {invoice.resumed_on}")
        on = invoice.next_step_on or invoice.resumed_on
        return Todo(Action.RESUME_AFTER_DISPUTE, on, amount, why=why)
    if invoice.reminders:
        why.append(f"{invoice.reminders} reminders were sent")
    if invoice.next_step:
        why.append(f"planned: {invoice.next_step}")
    on = invoice.next_step_on or invoice.due_on + timedelta(days=1)
    return Todo(Action.CHASE_DEBTOR, on, amount, more=min(2 * invoice.reminders, 10), why=why)


def _last_broken(invoice: Invoice) -> Promise | None:
    """The latest promise, when it was broken and no reminder followed."""
    if not invoice.promises:
        return None
    last = max(invoice.promises.values(), key=lambda promise: promise.made_on)
    return last if last.status in ("broken", "partially kept") else None


def _whole_hold(invoice: Invoice) -> Hold | None:
    """The hold over all of it that lasts longest."""
    whole = [hold for hold in invoice.holds.values() if hold.amount is None]
    return max(whole, key=lambda hold: hold.until or date.max, default=None)
