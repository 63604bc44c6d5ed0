"""The dunning ladder: the next step of an invoice, its day, and why.

It follows from the book, the rules and the day, not from when the clock last ran: a run that is a
week late, or is repeated, finds the same step.
"""

from datetime import date, timedelta
from decimal import Decimal

from msgspec import Struct

from ledger.facts.debtor import Debtor
from ledger.facts.invoice.parts import StepRecord
from ledger.facts.invoice.state import Invoice
from ledger.facts.playbook_rules import Ladder, Rules, Step
from ledger.policy.follow_up.amounts import amount_to_ask
from ledger.policy.follow_up.notices import after_notice, counting, term_of
from ledger.policy.follow_up.pauses import pause_reason
from ledger.policy.follow_up.schedule import DAY, not_before, overdue_plan
from ledger.policy.follow_up.segments import ladder_of


class DueStep(Struct, frozen=True):
    """The next step, due from ``planned_on``, and the amount that it asks for."""

    step: Step
    place: int  # on the ladder, from 0
    times: int  # above 1: a repetition of the last step
    planned_on: date
    amount: Decimal
    overdue: bool  # False: before the due date, so not a reminder
    why: tuple[str, ...]
    term: int = 0  # days that a legal notice gives
    may_go_on: date = date.min  # the first day on which a person may send it ahead of its day


def next_step(invoice: Invoice, debtor: Debtor, rules: Rules, today: date) -> DueStep | None:
    """Return the next step, maybe of a later day; None in a pause and at the end of the ladder."""
    if pause_reason(invoice, debtor, rules, today):
        return None
    ladder, amount = ladder_of(invoice, debtor, rules), amount_to_ask(invoice, today)
    days, taken = step_offsets(ladder), counting(ladder, _taken(invoice))
    place = _place(invoice, ladder, days, taken, today)
    if place == len(ladder.steps):
        return _repeated(invoice, ladder, taken, amount)
    step = ladder.steps[place]
    overdue = not _before(ladder, days, place)
    planned_on, why = _planned(invoice, ladder, days, taken, place)
    whys: tuple[str, ...] = (why,)
    term = after_notice(ladder, days, taken, place, today)
    if term > planned_on:
        planned_on, whys = term, (why, f"the term of the notice before it is over on {term}")
    given, day = term_of(ladder, days, place), not_before(invoice, planned_on)
    ahead = max(term, invoice.due_on + DAY if overdue else date.min)
    return DueStep(step, place, 1, day, amount, overdue, whys, given, ahead)


def step_offsets(ladder: Ladder) -> list[int]:
    """Return the days from the due date to each step, when all are taken on time."""
    days = list[int]()
    for step in ladder.steps:
        if step.after_previous is not None:
            days.append(days[-1] + step.after_previous)
        else:
            days.append((step.after_due or 0) - (step.before_due or 0))
    return days


def _taken(invoice: Invoice) -> list[StepRecord]:
    """Return the steps for this due date: the ladder starts again for a later due date."""
    return [taken for taken in invoice.steps if taken.due_on >= invoice.due_on]


def _place(
    invoice: Invoice, ladder: Ladder, days: list[int], taken: list[StepRecord], today: date
) -> int:
    """Return the position after the furthest step taken. Only steps before the due date are
    skipped when their time has passed."""
    done = {record.step for record in taken}
    known = [place for place, step in enumerate(ladder.steps) if step.step in done]
    place = max(known, default=-1) + 1
    while place < len(days) and _before(ladder, days, place):
        passed = invoice.due_on < today
        if not passed and place + 1 < len(days) and _before(ladder, days, place + 1):
            passed = invoice.due_on + timedelta(days[place + 1]) <= today
        if not passed:
            break
        place += 1
    return place


def _before(ladder: Ladder, days: list[int], place: int) -> bool:
    """Return whether the step is before the due date, or soon enough after such a step."""
    step = ladder.steps[place]
    if step.after_previous is None:
        return step.before_due is not None
    return days[place] <= 0 and _before(ladder, days, place - 1)


def _planned(
    invoice: Invoice, ladder: Ladder, days: list[int], taken: list[StepRecord], place: int
) -> tuple[date, str]:
    """Return the day and why: by plan, else by due date; after a late step the distance is kept."""
    step, due_on, plan = ladder.steps[place], invoice.due_on, overdue_plan(invoice)
    if _before(ladder, days, place):
        if plan and plan <= due_on:
            return plan, f"{step.step}: planned for {plan}"
        day = max(due_on + timedelta(days[place]), invoice.issued_on)
        return day, f"{step.step}: {-days[place]} days before it is due on {due_on}"
    if plan:
        return max(plan, due_on + DAY), f"{step.step}: planned for {plan}"
    day = due_on + timedelta(max(days[place], 1))
    why = f"{step.step}: {days[place]} days after it was due on {due_on}"
    if taken:
        last = taken[-1]
        names = [rung.step for rung in ladder.steps]
        from_last = days[names.index(last.step)] if last.step in names else 0
        kept = last.on + timedelta(max(days[place] - from_last, 1))
        late = from_last > 0 and kept > day
        if late or step.after_previous is not None:
            return kept, f"{step.step}: {(kept - last.on).days} days after {last.step}, {last.on}"
    return day, why


def _repeated(
    invoice: Invoice, ladder: Ladder, taken: list[StepRecord], amount: Decimal
) -> DueStep | None:
    last, place = ladder.steps[-1], len(ladder.steps) - 1
    before = [record for record in taken if record.step == last.step]
    if ladder.repeat is None or not before or len(before) > ladder.repeat.at_most:
        return None
    day, plan = before[-1].on + timedelta(ladder.repeat.every), overdue_plan(invoice)
    why = f"{last.step}: again {ladder.repeat.every} days after {before[-1].on}"
    if plan:
        day, why = max(plan, invoice.due_on + DAY), f"{last.step}: again, planned for {plan}"
    why += f", {len(before)} of {ladder.repeat.at_most} times"
    on, times, ahead = not_before(invoice, day), len(before) + 1, invoice.due_on + DAY
    return DueStep(last, place, times, on, amount, True, (why,), may_go_on=ahead)
