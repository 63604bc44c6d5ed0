"""Tasks about collecting what is neither disputed nor to be credited."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from msgspec.structs import replace

from ledger.facts.codes import DEBTOR_ITEM, TaskKind
from ledger.facts.invoice.parts import Hold, Instalment, Promise
from ledger.facts.invoice.state import Invoice
from ledger.policy.follow_up.amounts import portions, split
from ledger.policy.follow_up.holds import hold_item, longest_over_all, unsettled_holds
from ledger.policy.follow_up.schedule import (
    awaits_resumption,
    day_after_later_part,
    later,
    next_chase_on,
    planned_on,
    term_ends,
)
from ledger.policy.payments.allocation import short_part
from ledger.policy.tasks.task import Task, times_in_words


def collection_tasks(invoice: Invoice) -> Iterator[Task]:
    """Yield tasks about held amounts, promised amounts and the rest."""
    holds = unsettled_holds(invoice)
    held, promised, rest = split(invoice, holds)
    whole = longest_over_all(holds)
    chases = whole is None or bool(whole.until)
    for hold, part in held:
        if part and hold.until and chases:
            yield _not_before(_expired(invoice, hold, part, hold_item(hold)), whole)
    if promised and (promise := invoice.open_promise):
        on = promise.promised_for + timedelta(days=promise.grace_days)
        why = [f"{promise.amount} is promised for {promise.promised_for}"]
        amount = min(promise.amount, promised)
        yield Task(TaskKind.PROMISE_DUE, "promise", on, amount, why=why)
    if rest and chases:
        yield _chase(invoice, rest, whole)


def _chase(invoice: Invoice, amount: Decimal, hold: Hold | None) -> Task:
    """Return the task to collect the amount, not before the end of a hold over all of it."""
    if broken := _last_broken(invoice):
        why = [f"the promise of {broken.amount} for {broken.promised_for} was {broken.status}"]
        due_on = portions(invoice, amount)[0].due_on
        on = max(broken.judged_on or broken.promised_for, day_after_later_part(invoice, due_on))
        task = Task(TaskKind.BROKEN_PROMISE, DEBTOR_ITEM, on, amount, why=why)
    elif hold:
        return _expired(invoice, hold, amount, DEBTOR_ITEM)
    else:
        task = _next_step(invoice, amount)
    return _not_before(task, hold)


def _not_before(task: Task, hold: Hold | None) -> Task:
    if not (hold and hold.until):
        return task
    why = [*task.why, f"held until {hold.until}: {hold.reason}"]
    return replace(task, on=max(task.on, hold.until), why=why)


def _expired(invoice: Invoice, hold: Hold, amount: Decimal, item: str) -> Task:
    assert hold.until
    why = [f"held until {hold.until}: {hold.reason}"]
    of_all = amount if hold.amount is None else invoice.open_amount
    on = max(hold.until, next_chase_on(invoice, portions(invoice, of_all)[0].due_on))
    return Task(TaskKind.HOLD_EXPIRED, item, on, amount, why=why)


def _next_step(invoice: Invoice, amount: Decimal) -> Task:
    first, *others = portions(invoice, amount)
    on = next_chase_on(invoice, first.due_on)
    due = "is due since" if on > first.due_on else "falls due on"  # of the oldest instalment
    why = [f"{first.amount} {due} {first.due_on}"]
    if others:
        why[0] += f", {amount - first.amount} in later instalments"
    if amount < invoice.open_amount:
        why.append(f"follow-up of the other {invoice.open_amount - amount} pauses")
    amount = _due_before(on, first, others)
    if not invoice.debtor:
        why.append("the invoice names no debtor: nothing is sent automatically")
    if part := short_part(invoice):
        why.append(f"short by {part.short}: {part.paid} of {part.whole} was paid")
    if invoice.delivery_failed_on:
        why.append(f"the invoice came back on {invoice.delivery_failed_on}")
    if awaits_resumption(invoice):
        why.append(f"its dispute ended on {invoice.resumed_on}")
        return Task(TaskKind.RESUME_AFTER_DISPUTE, DEBTOR_ITEM, on, amount, why=why)
    if invoice.reminders:
        why.append(f"the debtor was reminded {times_in_words(invoice.reminders)}")
    if on == term_ends(invoice):
        why.append(f"the term of the notice before it is over on {on}")
    if invoice.next_step and planned_on(invoice):
        why.append(f"planned: {invoice.next_step}")
    more = min(2 * invoice.reminders, 10)
    return Task(TaskKind.CHASE_DEBTOR, DEBTOR_ITEM, on, amount, extra_priority=more, why=why)


def with_what_falls_due(invoice: Invoice, task: Task) -> Task:
    """Return the task, which may have been moved to a later day, with what falls due before it."""
    if task.action not in (TaskKind.CHASE_DEBTOR, TaskKind.RESUME_AFTER_DISPUTE):
        return task
    first, *others = portions(invoice, split(invoice, unsettled_holds(invoice)).rest)
    return replace(task, amount=_due_before(task.on, first, others))


def _due_before(on: date, first: Instalment, others: Sequence[Instalment]) -> Decimal:
    return first.amount + sum(part.amount for part in others if part.due_on < on)


def _last_broken(invoice: Invoice) -> Promise | None:
    """Return the latest promise, if it was broken and no person followed it up since. What the
    clock sends does not count."""
    if not invoice.promises:
        return None
    last = max(invoice.promises.values(), key=lambda promise: promise.made_on)
    if last.status not in ("broken", "partially kept"):
        return None
    handled_on = later(invoice.tasks_done.get(DEBTOR_ITEM), invoice.last_manual_contact_on)
    return None if handled_on and last.judged_on and handled_on >= last.judged_on else last
