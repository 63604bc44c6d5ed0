"""What a debtor is to be asked for next, and when: of what is not disputed, held or promised."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from msgspec.structs import replace

from ledger.facts.codes import DEBTOR_ITEM, ZERO, Action
from ledger.facts.invoice.registration_events import Instalment
from ledger.facts.invoice.state import Hold, Invoice, Promise
from ledger.policy.tasks.task import CHASE_AGAIN, Todo, times


def about_debtor(invoice: Invoice) -> Iterator[Todo]:
    """Of what is not disputed: what a hold lets rest, what is promised, and all the rest."""
    left, holds = max(invoice.undisputed_amount - invoice.credit_due, ZERO), _holds(invoice)
    whole = _whole(holds)
    for hold in holds:
        part = ZERO if hold.amount is None else min(hold.amount, left)
        left -= part
        if part and hold.until and (whole is None or whole.until):
            yield _later(_expired(invoice, hold, part, _item_of(hold)), whole)
    promise, promised = invoice.open_promise, min(promised_amount(invoice), left)
    if promise and promised:
        on = promise.promised_for + timedelta(days=promise.grace_days)
        why = [f"{promise.amount} is promised for {promise.promised_for}"]
        amount = min(promise.amount, promised)
        yield Todo(Action.PROMISE_DUE, "promise", on, amount, why=why)
    if left > promised and (whole is None or whole.until):
        yield _chase(invoice, left - promised, whole)


def _chase(invoice: Invoice, amount: Decimal, hold: Hold | None) -> Todo:
    """Nobody is chased while ``hold``, which is over all of it, lasts."""
    if broken := _last_broken(invoice):
        why = [f"the promise of {broken.amount} for {broken.promised_for} was {broken.status}"]
        on = max(broken.judged_on or broken.promised_for, _later_part_on(invoice, amount))
        todo = Todo(Action.BROKEN_PROMISE, DEBTOR_ITEM, on, amount, why=why)
    elif hold:
        return _expired(invoice, hold, amount, "debtor")
    else:
        todo = _next_step(invoice, amount)
    return _later(todo, hold)


def _later(todo: Todo, hold: Hold | None) -> Todo:
    """Not before the hold over all of it ends."""
    if not (hold and hold.until):
        return todo
    why = [*todo.why, f"held until {hold.until}: {hold.reason}"]
    return replace(todo, on=max(todo.on, hold.until), why=why)


def _expired(invoice: Invoice, hold: Hold, amount: Decimal, item: str) -> Todo:
    assert hold.until
    why = [f"held until {hold.until}: {hold.reason}"]
    of_all = amount if hold.amount is None else invoice.open_amount
    on = max(hold.until, _next_on(invoice, of_all))
    return Todo(Action.HOLD_EXPIRED, item, on, amount, why=why)


def _next_step(invoice: Invoice, amount: Decimal) -> Todo:
    on = _next_on(invoice, amount)
    why = _why_due(invoice, amount, on)
    if amount < invoice.open_amount:
        why.append(f"the other {invoice.open_amount - amount} rests")
    if not invoice.debtor:
        why.append("it names no debtor: nothing is sent by itself")
    if short := invoice.short_amount:
        why.append(f"short by {short}: {invoice.received} was paid")
    if invoice.delivery_failed_on:
        why.append(f"the invoice came back on {invoice.delivery_failed_on}")
    if resumes(invoice):
        why.append(f"its dispute is over since {invoice.resumed_on}")
        return Todo(Action.RESUME_AFTER_DISPUTE, DEBTOR_ITEM, on, amount, why=why)
    if invoice.reminders:
        why.append(f"the debtor was reminded {times(invoice.reminders)}")
    if invoice.next_step and _planned_on(invoice):
        why.append(f"planned: {invoice.next_step}")
    more = min(2 * invoice.reminders, 10)
    return Todo(Action.CHASE_DEBTOR, DEBTOR_ITEM, on, amount, more=more, why=why)


def _why_due(invoice: Invoice, amount: Decimal, on: date) -> list[str]:
    """Of instalments only the oldest is due for certain on the day it is shown."""
    first = _oldest(invoice, amount)
    due = "is due since" if on > first.due_on else "falls due on"
    if first.amount < amount:
        rest = f"{amount - first.amount} in later instalments"
        return [f"{first.amount} {due} {first.due_on}, {rest}"]
    return [f"{amount} {due} {first.due_on}"]


def _oldest(invoice: Invoice, amount: Decimal) -> Instalment:
    """The first instalment that ``amount`` is of, and how much: what rests is of those before it,
    as the ladder has it."""
    if len(invoice.instalments) < 2:
        return Instalment(invoice.due_on, amount)
    rests = invoice.open_amount - amount
    for one in invoice.open_instalments:
        if one.amount > rests:
            return Instalment(one.due_on, min(one.amount - rests, amount))
        rests -= one.amount
    return Instalment(invoice.due_on, amount)


def _next_on(invoice: Invoice, amount: Decimal) -> date:
    """As planned by hand, else the day after it is due (due today is not overdue), and not again
    before the debtor had a week to answer."""
    planned = _planned_on(invoice)
    if planned and invoice.next_step:
        return planned
    chased_on = _chased_on(invoice)
    first = invoice.due_on + timedelta(days=1)
    again = chased_on + CHASE_AGAIN if chased_on else first
    return max(planned or max(first, again), _later_part_on(invoice, amount))


def _later_part_on(invoice: Invoice, amount: Decimal) -> date:
    """The day after ``amount`` falls due when all of it is of later instalments; else long ago."""
    due_on = _oldest(invoice, amount).due_on
    return due_on + timedelta(days=1) if due_on > invoice.due_on else date.min


def _planned_on(invoice: Invoice) -> date | None:
    """Of the next step, unless it was taken."""
    planned = invoice.next_step_on
    return None if planned and _chased_since(invoice, planned) else planned


def _last_broken(invoice: Invoice) -> Promise | None:
    """The latest promise, when it was broken and nobody of us was in touch since; what the clock
    sends him meanwhile does not take it off the agenda."""
    if not invoice.promises:
        return None
    last = max(invoice.promises.values(), key=lambda promise: promise.made_on)
    if last.status not in ("broken", "partially kept"):
        return None
    seen_to_on = _later_of(invoice.done.get(DEBTOR_ITEM), invoice.by_hand_on)
    return None if seen_to_on and last.judged_on and seen_to_on >= last.judged_on else last


def _holds(invoice: Invoice) -> list[Hold]:
    """Those that are not behind us: chasing on the day it ends, or later, closes it."""
    return [
        hold
        for hold in invoice.holds.values()
        if not _chased_since(invoice, hold.until, _item_of(hold))
    ]


def _item_of(hold: Hold) -> str:
    return DEBTOR_ITEM if hold.amount is None else f"hold {hold.hold_id}"


def _chased_since(invoice: Invoice, day: date | None, item: str = DEBTOR_ITEM) -> bool:
    if day is None:
        return False
    chased_on = _chased_on(invoice, item)
    return chased_on is not None and chased_on >= day


def _chased_on(invoice: Invoice, item: str = DEBTOR_ITEM) -> date | None:
    """By a contact or reminder, or because somebody said so of the item."""
    return _later_of(invoice.done.get(item), invoice.chased_on)


def _later_of(one: date | None, other: date | None) -> date | None:
    return max(one, other) if one and other else one or other


def _whole(holds: list[Hold]) -> Hold | None:
    """The hold over all of it that lasts longest."""
    whole = (hold for hold in holds if hold.amount is None)
    return max(whole, key=lambda hold: hold.until or date.max, default=None)


def resumes(invoice: Invoice) -> bool:
    """A dispute is over, and the debtor was not asked to pay since."""
    return bool(invoice.resumed_on) and not _chased_since(invoice, invoice.resumed_on)


def promised_amount(invoice: Invoice) -> Decimal:
    """What the open promises let us wait for: less what came in since the first was made."""
    made = invoice.open_promises
    if not made:
        return ZERO
    came_in = invoice.received - min(one.paid_before for one in made)
    return max(sum((one.amount for one in made), ZERO) - max(came_in, ZERO), ZERO)
