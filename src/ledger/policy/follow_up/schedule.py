"""From which day a debtor is asked to pay: as planned, once it is due, and not again too soon."""

from datetime import date, timedelta

from ledger.facts.codes import DEBTOR_ITEM
from ledger.facts.invoice.dispute import Dispute
from ledger.facts.invoice.state import Invoice

ONE_DAY = timedelta(days=1)
CHASE_AGAIN = timedelta(days=7)  # to answer, when nothing else is planned


def last_chased_on(invoice: Invoice, item: str = DEBTOR_ITEM) -> date | None:
    """Return the day of the last reminder or contact, or on which a person saw to the item."""
    return later(invoice.tasks_done.get(item), invoice.last_chased_on)


def chased_since(invoice: Invoice, day: date | None, item: str = DEBTOR_ITEM) -> bool:
    """Return whether the debtor was chased on that day or after it; never since no day."""
    if day is None:
        return False
    chased_on = last_chased_on(invoice, item)
    return chased_on is not None and chased_on >= day


def later(one: date | None, other: date | None) -> date | None:
    """Return the later of two days, or the only one there is."""
    return max(one, other) if one and other else one or other


def planned_on(invoice: Invoice) -> date | None:
    """Return the day of the planned step, unless the debtor was chased since."""
    planned = invoice.next_step_on
    return None if planned and chased_since(invoice, planned) else planned


def overdue_plan(invoice: Invoice) -> date | None:
    """Return the planned day where the ladder follows it: a person's plan, or a dispute or hold
    that ended after the invoice fell due. What ended before brings nothing forward."""
    planned = planned_on(invoice)
    if planned is None:
        return None
    return planned if invoice.next_step or planned > invoice.due_on + ONE_DAY else None


def next_chase_on(invoice: Invoice, due_on: date) -> date:
    """Return the day on which a person chases for what fell due on ``due_on``: as a person planned,
    else the day after it is due, and not before the debtor had a week to answer."""
    planned = planned_on(invoice)
    if planned and invoice.next_step:
        return planned
    if planned:
        return max(planned, day_after_later_part(invoice, due_on))
    chased_on, overdue_on = last_chased_on(invoice), due_on + ONE_DAY
    return max(overdue_on, chased_on + CHASE_AGAIN) if chased_on else overdue_on


def day_after_later_part(invoice: Invoice, due_on: date) -> date:
    """Return the day after ``due_on`` when that is of a later instalment, else a day long ago."""
    return due_on + ONE_DAY if due_on > invoice.due_on else date.min


def not_before(invoice: Invoice, step_on: date) -> date:
    """Return the day of a step: never one on which a step was taken, or the debtor was chased."""
    days = [taken.on + ONE_DAY for taken in invoice.steps]
    if chased_on := last_chased_on(invoice):
        days.append(chased_on + ONE_DAY)
    return max([step_on, *days])


def first_overdue_day(invoice: Invoice, on: date) -> date:
    """Return ``on``, or the day after the invoice falls due when that is later."""
    return max(on, invoice.due_on + ONE_DAY)


def resumes_on(invoice: Invoice, over: Dispute, on: date) -> date:
    """Return the day of the next step after the dispute ``over`` ended: at once, unless the debtor
    was chased for the undisputed part meanwhile, and has a week to answer."""
    first, chased_on = first_overdue_day(invoice, on), invoice.last_chased_on
    in_part = over.contested is not None and not over.rests_whole
    if in_part and chased_on and chased_on > (over.opened_on or date.max):
        return max(first, chased_on + CHASE_AGAIN)
    return first


def awaits_resumption(invoice: Invoice) -> bool:
    """Return whether a dispute is over, and the debtor was not asked to pay since."""
    return bool(invoice.resumed_on) and not chased_since(invoice, invoice.resumed_on)
