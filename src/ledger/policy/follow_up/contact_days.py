"""On which days debtors are not followed up: those that are not worked, and the quiet ones."""

from datetime import date, timedelta
from typing import get_args

from ledger.facts.playbook_rules import Quiet, Rules, Weekday
from ledger.policy import business_days

ONE = timedelta(days=1)
WEEKDAYS = get_args(Weekday)


def closed(rules: Rules, on: date) -> str:
    """Why nobody is followed up on that day; empty when debtors are."""
    return quiet(rules, on) if business_days.worked(on, rules.calendar) else f"{on} is not worked"


def quiet(rules: Rules, on: date) -> str:
    """Why no mail of ours chases a debtor on that day; empty when it may."""
    found = next((one for one in rules.quiet if _covers(one, on)), None)
    if found is None:
        return ""
    return f"{on} is a quiet day" + (f": {found.why.rstrip('.')}" if found.why else "")


def open_day(rules: Rules, on: date) -> date:
    """The day itself, or the first after it, on which debtors are followed up."""
    while closed(rules, on):
        on += ONE
    return on


def _covers(one: Quiet, on: date) -> bool:
    if one.first:
        return one.first <= on <= (one.last or one.first)
    return bool(one.weekday == WEEKDAYS[on.weekday()])
