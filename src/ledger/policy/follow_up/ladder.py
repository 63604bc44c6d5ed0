"""The follow-up ladder: to which step an invoice comes next, on which day, and why.

Pure in the book, the rules and the day asked about, never in when the clock last ran: who looks a
week late, or a hundred times, finds the same step.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from msgspec import Struct

from ledger.facts.codes import DEBTOR_ITEM, ZERO
from ledger.facts.debtor import Debtor
from ledger.facts.invoice.state import Invoice, Taken
from ledger.facts.playbook_rules import Ladder, Rules, Step
from ledger.policy.follow_up.segments import ladder_of
from ledger.policy.tasks.collection import promised_amount

ONE = timedelta(days=1)


class Due(Struct, frozen=True):
    """The next step, due from ``planned_on``; ``amount`` is what it asks for."""

    step: Step
    place: int  # on the ladder, from 0
    times: int  # above 1 the last step is repeated
    planned_on: date
    amount: Decimal
    overdue: bool  # False: it comes before the due date, and chases nobody
    why: tuple[str, ...]


class Rest(Struct, frozen=True):
    """Why nobody may be asked for anything now; ``until`` is the day that ends, if it is known."""

    why: str
    until: date | None = None


def next_step(invoice: Invoice, debtor: Debtor, rules: Rules, today: date) -> Due | None:
    """None while it rests, and when the ladder is at its end. It may be planned for later."""
    if resting(invoice, debtor, rules, today):
        return None
    ladder, amount = ladder_of(invoice, debtor, rules), asked(invoice, today)
    days, taken = offsets(ladder), _taken(invoice)
    place = _place(invoice, ladder, days, taken, today)
    if place == len(ladder.steps):
        return _repeated(invoice, ladder, taken, amount)
    step = ladder.steps[place]
    overdue = not _before(ladder, days, place)
    planned_on, why = _planned(invoice, ladder, days, taken, place)
    return Due(step, place, 1, _later(invoice, planned_on), amount, overdue, (why,))


def resting(invoice: Invoice, debtor: Debtor, rules: Rules, today: date) -> Rest | None:
    """The first cause that is found; money before people."""
    if not invoice.instalments:
        return Rest("nobody registered it")
    if not invoice.collectable:
        return Rest("it is not collectable: paid, credited, written off, cancelled or handed off")
    for one in invoice.open_disputes:
        if rules.handling(one.reason).rests == "invoice":
            return Rest(f"{one.disputed} is disputed: {one.reason.replace('_', ' ')}")
    for hold in invoice.holds.values():
        if hold.amount is None and _lasts(hold.until, today):
            return Rest(f"held: {hold.reason}", hold.until)
    later = invoice.postponed.get(DEBTOR_ITEM)
    if later and today < later.until:
        return Rest(f"postponed: {later.why}", later.until)
    amount, least = asked(invoice, today), ladder_of(invoice, debtor, rules).from_amount
    if amount <= 0:
        return Rest("; ".join(_parts_that_rest(invoice, today)))
    if amount < least:
        return Rest(f"{amount} is less than the {least} that is worth a message")
    return None


def debtor_rests(debtor: Debtor, today: date) -> Rest | None:
    for hold in debtor.holds.values():
        if _lasts(hold.until, today):
            return Rest(f"the debtor is held: {hold.reason}", hold.until)
    return None


def asked(invoice: Invoice, today: date) -> Decimal:
    """What is due and does not rest; of instalments only those that fell due, or the next."""
    falls_due = max(today, invoice.due_on)
    left = invoice.undisputed_amount - invoice.credit_due - promised_amount(invoice)
    left -= sum((one.amount for one in invoice.open_instalments if one.due_on > falls_due), ZERO)
    for hold in invoice.holds.values():
        if hold.amount and _lasts(hold.until, today):
            left -= hold.amount
    return max(left, ZERO)


def offsets(ladder: Ladder) -> list[int]:
    """Days from the due date to each step, if all are taken on their day."""
    days = list[int]()
    for step in ladder.steps:
        if step.after_previous is not None:
            days.append(days[-1] + step.after_previous)
        else:
            days.append((step.after_due or 0) - (step.before_due or 0))
    return days


def _parts_that_rest(invoice: Invoice, today: date) -> Iterator[str]:
    """Where what is due went."""
    if invoice.disputed_amount:
        yield f"{invoice.disputed_amount} is disputed"
    if invoice.credit_due:
        yield f"{invoice.credit_due} is to be credited"
    for hold in invoice.holds.values():
        if hold.amount and _lasts(hold.until, today):
            yield f"{hold.amount} is held: {hold.reason}"
    if promise := invoice.open_promise:
        yield f"{promise.amount} is promised for {promise.promised_for}"


def _lasts(until: date | None, today: date) -> bool:
    return until is None or today < until


def _taken(invoice: Invoice) -> list[Taken]:
    """For this due date: with the next instalment, or a later date, the ladder begins anew."""
    return [one for one in invoice.steps if one.due_on >= invoice.due_on]


def _place(
    invoice: Invoice, ladder: Ladder, days: list[int], taken: list[Taken], today: date
) -> int:
    """After the furthest step taken. What should have come before the due date is passed over when
    its time is over; what comes after it never is."""
    done = {one.step for one in taken}
    known = [place for place, step in enumerate(ladder.steps) if step.step in done]
    place = max(known, default=-1) + 1
    while place < len(days) and _before(ladder, days, place):
        over = invoice.due_on < today
        if not over and place + 1 < len(days) and _before(ladder, days, place + 1):
            over = invoice.due_on + days[place + 1] * ONE <= today
        if not over:
            break
        place += 1
    return place


def _before(ladder: Ladder, days: list[int], place: int) -> bool:
    """Whether it comes before it is overdue: it says so, or follows such a step soon enough."""
    step = ladder.steps[place]
    if step.after_previous is None:
        return step.before_due is not None
    return days[place] <= 0 and _before(ladder, days, place - 1)


def _planned(
    invoice: Invoice, ladder: Ladder, days: list[int], taken: list[Taken], place: int
) -> tuple[date, str]:
    """A plan goes first, then the due date; who came late with a step keeps the distance."""
    step, due_on, plan = ladder.steps[place], invoice.due_on, _plan(invoice)
    if _before(ladder, days, place):
        if plan and plan <= due_on:
            return plan, f"{step.step}: planned for {plan}"
        day = max(due_on + days[place] * ONE, invoice.issued_on)
        return day, f"{step.step}: {-days[place]} days before it is due on {due_on}"
    if plan:
        return max(plan, due_on + ONE), f"{step.step}: planned for {plan}"
    day = due_on + max(days[place], 1) * ONE
    why = f"{step.step}: {days[place]} days after it was due on {due_on}"
    if taken:
        last = taken[-1]
        names = [one.step for one in ladder.steps]
        from_last = days[names.index(last.step)] if last.step in names else 0
        kept = last.on + max(days[place] - from_last, 1) * ONE
        late = from_last > 0 and kept > day
        if late or step.after_previous is not None:
            return kept, f"{step.step}: {(kept - last.on).days} days after {last.step}, {last.on}"
    return day, why


def _repeated(invoice: Invoice, ladder: Ladder, taken: list[Taken], amount: Decimal) -> Due | None:
    last, place = ladder.steps[-1], len(ladder.steps) - 1
    before = [one for one in taken if one.step == last.step]
    if ladder.repeat is None or not before or len(before) > ladder.repeat.at_most:
        return None
    day, plan = before[-1].on + ladder.repeat.every * ONE, _plan(invoice)
    why = f"{last.step}: again {ladder.repeat.every} days after {before[-1].on}"
    if plan:
        day, why = max(plan, invoice.due_on + ONE), f"{last.step}: again, planned for {plan}"
    why += f", {len(before)} of {ladder.repeat.at_most} times"
    return Due(last, place, len(before) + 1, _later(invoice, day), amount, True, (why,))


def _plan(invoice: Invoice) -> date | None:
    """Made by hand, or by a dispute or hold that is over, unless somebody chased since. What was
    over before the due date brings nothing forward."""
    plan, chased_on = invoice.next_step_on, _chased_on(invoice)
    if plan is None or (chased_on and chased_on >= plan):
        return None
    return plan if invoice.next_step or plan > invoice.due_on + ONE else None


def _later(invoice: Invoice, planned_on: date) -> date:
    """Never on a day on which a step was taken, or somebody chased."""
    days = [one.on + ONE for one in invoice.steps]
    if chased_on := _chased_on(invoice):
        days.append(chased_on + ONE)
    return max([planned_on, *days])


def _chased_on(invoice: Invoice) -> date | None:
    """By a contact or reminder, or because somebody said that it was done by hand."""
    days = [day for day in (invoice.chased_on, invoice.done.get(DEBTOR_ITEM)) if day]
    return max(days, default=None)
