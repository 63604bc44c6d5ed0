"""Which days are worked, by the creditor's calendar, and counting in them."""

from datetime import date, timedelta
from functools import cache

import holidays

from ledger.facts.playbook_rules import Calendar

ONE = timedelta(days=1)
SATURDAY = 5


def is_supported(country: str, region: str = "") -> bool:
    """Whether the public holidays of a country (ISO 3166-1) and its region are known."""
    regions = holidays.list_supported_countries().get(country)
    return regions is not None and (not region or region in regions)


def is_business_day(day: date, calendar: Calendar) -> bool:
    return (
        day.weekday() < SATURDAY
        and day not in calendar.closed
        and day not in _holidays(calendar.country, calendar.region)
    )


def add(day: date, days: int, calendar: Calendar) -> date:
    """The day that comes so many working days later; with 0 the day itself, or the next worked."""
    while not is_business_day(day, calendar):
        day += ONE
    for _ in range(days):
        day += ONE
        while not is_business_day(day, calendar):
            day += ONE
    return day


def count_between(first: date, last: date, calendar: Calendar) -> int:
    """Working days after ``first`` up to and with ``last``."""
    days = (last - first).days
    return sum(is_business_day(first + n * ONE, calendar) for n in range(1, days + 1))


@cache
def _holidays(country: str, region: str) -> holidays.HolidayBase:
    return holidays.country_holidays(country, subdiv=region or None)
