"""Working days, by the creditor's calendar."""

from datetime import date, timedelta
from functools import cache

import holidays

from ledger.facts.playbook_rules import Calendar

DAY = timedelta(days=1)
SATURDAY = 5


def is_supported(country: str, region: str = "") -> bool:
    """Return whether the public holidays of a country (ISO 3166-1) and its region are known."""
    regions = holidays.list_supported_countries().get(country)
    return regions is not None and (not region or region in regions)


def is_business_day(day: date, calendar: Calendar) -> bool:
    return (
        day.weekday() < SATURDAY
        and day not in calendar.closed
        and day not in _holidays(calendar.country, calendar.region)
    )


def add(day: date, days: int, calendar: Calendar) -> date:
    """Return the day so many working days later; for 0 the day itself or the next working day."""
    while not is_business_day(day, calendar):
        day += DAY
    for _ in range(days):
        day += DAY
        while not is_business_day(day, calendar):
            day += DAY
    return day


@cache
def _holidays(country: str, region: str) -> holidays.HolidayBase:
    return holidays.country_holidays(country, subdiv=region or None)
