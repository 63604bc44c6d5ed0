"""Counting in working days, by the creditor's own calendar."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ledger.facts.playbook_rules import Calendar
from ledger.policy.business_days import add, is_business_day, is_supported

NL, BE = Calendar("NL"), Calendar("BE")
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def test_weekends_and_public_holidays_are_not_worked() -> None:
    assert not is_business_day(date(2026, 4, 27), NL)  # the king's birthday, a Monday
    assert is_business_day(date(2026, 4, 27), BE)
    assert not is_business_day(date(2026, 4, 25), BE)


def test_a_day_that_the_creditor_names_is_not_worked_either() -> None:
    assert not is_business_day(date(2026, 12, 28), Calendar("NL", closed=(date(2026, 12, 28),)))


def test_a_region_has_its_own_holidays() -> None:
    epiphany = date(2026, 1, 6)
    assert not is_business_day(epiphany, Calendar("DE", "BY"))
    assert is_business_day(epiphany, Calendar("DE"))
    assert is_supported("DE", "BY")
    assert not is_supported("DE", "XX")
    assert not is_supported("ZZ")


def test_over_easter() -> None:
    thursday = date(2026, 4, 2)
    assert add(thursday, 0, NL) == thursday
    assert add(thursday, 1, NL) == date(2026, 4, 7)  # Good Friday, weekend, Easter Monday
    assert add(thursday, 1, BE) == date(2026, 4, 3)
    assert add(date(2026, 4, 4), 0, NL) == date(2026, 4, 7)


@given(days, st.integers(0, 40))
def test_it_ends_on_a_worked_day_so_many_later(day: date, count: int) -> None:
    end = add(day, count, NL)
    start = add(day, 0, NL)
    assert is_business_day(end, NL)
    later = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    assert sum(is_business_day(day, NL) for day in later) == count
    assert end - start >= timedelta(days=count)
