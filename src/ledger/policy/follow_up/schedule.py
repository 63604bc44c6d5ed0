"""The day of the next reminder: as planned, after the due date, and not too soon."""

from datetime import date, timedelta

from ledger.facts.codes import DEBTOR_ITEM
from ledger.facts.invoice.state import Dispute, Invoice

DAY = timedelta(days=1)
CHASE_AGAIN = timedelta(days=7)  # time to answer, when nothing else is planned


def last_chased_on(invoice: Invoice, item: str = DEBTOR_ITEM) -> date | None:
    """Return the day of the last reminder or contact, or on which the item was done."""
    return later(invoice.tasks_done.get(item), invoice.last_chased_on)


def chased_since(invoice: Invoice, day: date | None, item: str = DEBTOR_ITEM) -> bool:
    """Return whether the debtor was followed up on that day or later; False for no day."""
    if day is None:
        return False
    chased_on = last_chased_on(invoice, item)
    return chased_on is not None and chased_on >= day


def later(first: date | None, second: date | None) -> date | None:
    """Return the later of two days, or the only day given."""
    return max(first, second) if first and second else first or second


def planned_on(invoice: Invoice) -> date | None:
    """Return the day of the planned step, unless the debtor was followed up since."""
    planned = invoice.next_step_on
    return None if planned and chased_since(invoice, planned) else planned


def overdue_plan(invoice: Invoice) -> date | None:
    """Return the planned day that the ladder follows: planned by a person, or after a dispute or
    hold that ended after the due date."""
    planned = planned_on(invoice)
    if planned is None:
        return None
    return planned if invoice.next_step or planned > invoice.due_on + DAY else None


def next_chase_on(invoice: Invoice, due_on: date) -> date:
    """Return the day of the next manual reminder for what falls due on ``due_on``: as planned, else
    the day after, and not before the debtor had a week to answer."""
    planned = planned_on(invoice)
    if planned and invoice.next_step:
        return planned
    if planned:
        return max(planned, day_after_later_part(invoice, due_on))
    chased_on, first = last_chased_on(invoice), max(due_on + DAY, term_ends(invoice))
    return max(first, chased_on + CHASE_AGAIN) if chased_on else first


def term_ends(invoice: Invoice) -> date:
    """Return the day after the term of the last legal notice; the first of all days for none."""
    ends = (
        (taken.sent_on or taken.on) + timedelta(taken.term) for taken in invoice.steps if taken.term
    )
    return max(ends, default=date.min)


def day_after_later_part(invoice: Invoice, due_on: date) -> date:
    """Return the day after ``due_on`` for a later instalment, else the first of all days."""
    return due_on + DAY if due_on > invoice.due_on else date.min


def not_before(invoice: Invoice, step_on: date) -> date:
    """Return the day of a step: after the last step, reminder and contact."""
    days = [taken.on + DAY for taken in invoice.steps]
    if chased_on := last_chased_on(invoice):
        days.append(chased_on + DAY)
    return max([step_on, *days])


def first_overdue_day(invoice: Invoice, on: date) -> date:
    """Return ``on``, or the day after the due date when that is later."""
    return max(on, invoice.due_on + DAY)


def resumes_on(invoice: Invoice, ended: Dispute, on: date) -> date:
    """Return the day of the next step after the end of a dispute: at once, or a week after the
    debtor was reminded of the undisputed part."""
    first, chased_on = first_overdue_day(invoice, on), invoice.last_chased_on
    in_part = ended.contested is not None and not ended.rests_whole
    if in_part and chased_on and chased_on > (ended.opened_on or date.max):
        return max(first, chased_on + CHASE_AGAIN)
    return first


def awaits_resumption(invoice: Invoice) -> bool:
    """Return whether the debtor was not followed up since the end of a dispute."""
    return bool(invoice.resumed_on) and not chased_since(invoice, invoice.resumed_on)
