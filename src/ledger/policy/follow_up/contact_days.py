"""Days without follow-up: days that are not worked, and quiet days."""

from datetime import date
from typing import get_args

from ledger.facts.playbook_rules import Rules, Weekday
from ledger.policy import business_days
from ledger.policy.follow_up.schedule import DAY

WEEKDAYS = get_args(Weekday)


def why_closed(rules: Rules, on: date) -> str:
    """Return why there is no follow-up on that day; empty when there is."""
    if business_days.is_business_day(on, rules.calendar):
        return why_quiet(rules, on)
    return f"{on} is not a working day"


def why_quiet(rules: Rules, on: date) -> str:
    """Return why no reminder is mailed on that day; empty when it may be."""
    for period in rules.quiet:
        last = period.last or period.first
        by_date = period.first and last and period.first <= on <= last
        if by_date or (not period.first and period.weekday == WEEKDAYS[on.weekday()]):
            return f"{on} is a quiet day" + (f": {period.why.rstrip('.')}" if period.why else "")
    return ""


def next_open_day(rules: Rules, on: date) -> date:
    """Return the day itself, or the first after it, on which debtors are followed up."""
    while why_closed(rules, on):
        on += DAY
    return on
