"""On which days debtors are not followed up: the creditor is closed, or the day is quiet."""

from datetime import date
from typing import get_args

from ledger.facts.playbook_rules import QuietPeriod, Rules, Weekday
from ledger.policy import business_days
from ledger.policy.follow_up.schedule import ONE_DAY

WEEKDAYS = get_args(Weekday)


def why_closed(rules: Rules, on: date) -> str:
    """Return why nobody is followed up on that day; empty when debtors are."""
    return (
        why_quiet(rules, on)
        if business_days.is_business_day(on, rules.calendar)
        else f"{on} is not worked"
    )


def why_quiet(rules: Rules, on: date) -> str:
    """Return why no mail of ours chases a debtor on that day; empty when it may."""
    found = next((one for one in rules.quiet if _covers(one, on)), None)
    if found is None:
        return ""
    return f"{on} is a quiet day" + (f": {found.why.rstrip('.')}" if found.why else "")


def next_open_day(rules: Rules, on: date) -> date:
    """Return the day itself, or the first after it, on which debtors are followed up."""
    while why_closed(rules, on):
        on += ONE_DAY
    return on


def _covers(one: QuietPeriod, on: date) -> bool:
    if one.first:
        return one.first <= on <= (one.last or one.first)
    return bool(one.weekday == WEEKDAYS[on.weekday()])
