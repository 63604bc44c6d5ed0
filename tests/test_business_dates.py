"""A business date is a day in the creditor's own calendar, wherever the server's clock stands."""

from datetime import UTC, date, datetime

import pytest

from api.clock.promises import promises_due
from api.clock.tick import run_candidates
from api.session import TenantSession
from commands.context import Context
from commands.execute import execute
from commands.follow_up.promises import MakePromise
from commands.invoices.registration import RegisterInvoice
from ledger.database import tenants
from ledger.database.pool import Pool
from ledger.engine.projector import Projector
from ledger.engine.rebuild import prepare
from ledger.policy.visibility import EVERYTHING
from ledger.store.ledger import Ledger
from projections import READ_MODELS, agenda, invoices
from projections.reports.ageing import ageing
from support.examples import money
from support.given import day

AMSTERDAM = [  # ISO 8601 in UTC, and the date there: +01:00 in winter, +02:00 in summer
    ("2026-01-15T22:59:59.999999+00:00", "2026-01-15"),
    ("2026-01-15T23:00:00+00:00", "2026-01-16"),
    ("2026-01-15T23:30:00+00:00", "2026-01-16"),
    ("2026-07-15T21:59:59.999999+00:00", "2026-07-15"),
    ("2026-07-15T22:00:00+00:00", "2026-07-16"),
    # the last Sunday of March has 23 hours
    ("2026-03-28T22:59:59+00:00", "2026-03-28"),
    ("2026-03-28T23:00:00+00:00", "2026-03-29"),
    ("2026-03-29T21:59:59+00:00", "2026-03-29"),
    ("2026-03-29T22:00:00+00:00", "2026-03-30"),
    # the last Sunday of October has 25
    ("2026-10-24T21:59:59+00:00", "2026-10-24"),
    ("2026-10-24T22:00:00+00:00", "2026-10-25"),
    ("2026-10-25T22:59:59+00:00", "2026-10-25"),
    ("2026-10-25T23:00:00+00:00", "2026-10-26"),
    # the turn of the year, and the same moment said elsewhere
    ("2025-12-31T23:00:00+00:00", "2026-01-01"),
    ("2026-01-15T18:30:00-05:00", "2026-01-16"),
]
ELSEWHERE = [
    ("UTC", "2026-01-15T23:59:59+00:00", "2026-01-15"),
    ("Asia/Tokyo", "2026-01-15T15:00:00+00:00", "2026-01-16"),
    ("America/New_York", "2026-01-16T04:59:59+00:00", "2026-01-15"),
    ("America/New_York", "2026-01-16T05:00:00+00:00", "2026-01-16"),
    ("Asia/Kathmandu", "2026-01-15T18:14:59+00:00", "2026-01-15"),
    ("Asia/Kathmandu", "2026-01-15T18:15:00+00:00", "2026-01-16"),
    ("Pacific/Kiritimati", "2026-01-15T10:00:00+00:00", "2026-01-16"),
]
DUE = "2026-03-29"  # a day of 23 hours


@pytest.mark.parametrize(("at", "on"), AMSTERDAM)
def test_today_is_the_tenants_day(ledger: Ledger, at: str, on: str) -> None:
    assert ledger.today(datetime.fromisoformat(at)) == day(on)


@pytest.mark.parametrize(("zone", "at", "on"), ELSEWHERE)
def test_every_tenant_has_its_own_day(pool: Pool, zone: str, at: str, on: str) -> None:
    with pool.connection() as conn:
        tenants.change_time_zone(conn, "default", zone)
    ledger = Ledger(pool)
    try:
        assert ledger.today(datetime.fromisoformat(at)) == day(on)
    finally:
        ledger.close()


def test_a_command_that_names_no_day_is_of_the_tenants_day(ledger: Ledger) -> None:
    at = datetime(2026, 1, 15, 23, 30, tzinfo=UTC)
    wish = RegisterInvoice(invoice="A-1", amount=money(100), due_on=day(DUE), debtor="D-7")
    [entry] = execute(ledger, [wish], Context("anna", at)).entries
    assert entry.event.on == date(2026, 1, 16)
    assert entry.at == at
    assert entry.flags == ()


def test_a_command_of_the_tenants_tomorrow_is_dated_in_the_future(ledger: Ledger) -> None:
    at = datetime(2026, 1, 15, 22, 30, tzinfo=UTC)
    on = date(2026, 1, 16)
    wish = RegisterInvoice(invoice="A-1", amount=money(1), due_on=day(DUE), debtor="D-7", on=on)
    [entry] = execute(ledger, [wish], Context("anna", at)).entries
    assert entry.flags == ("dated_in_future",)


@pytest.mark.parametrize(
    ("at", "late"),
    [
        ("2026-03-28T23:00:00+00:00", False),  # the first moment of the due date
        ("2026-03-29T21:59:59+00:00", False),  # its last one: due today is not overdue
        ("2026-03-29T22:00:00+00:00", True),  # the day after begins
        ("2026-03-30T21:59:59+00:00", True),
    ],
)
def test_overdue_starts_the_day_after(pool: Pool, ledger: Ledger, at: str, late: bool) -> None:
    now = datetime.fromisoformat(at)
    wish = RegisterInvoice(invoice="A-1", amount=money(100), due_on=day(DUE))
    execute(ledger, [wish], Context("anna", datetime(2026, 3, 1, tzinfo=UTC)))
    read(pool, now)
    today = ledger.today(now)
    with pool.connection() as conn:
        due = [
            row.item.action
            for row in agenda.list_due("default", today, scope=EVERYTHING).fetch(conn)
        ]
        overdue = [
            row.number
            for row in invoices.find("default", overdue_on=today, scope=EVERYTHING).fetch(conn)
        ]
        [bucket] = ageing("default", today, scope=EVERYTHING).fetch(conn)
    assert due == (["chase debtor"] if late else [])
    assert overdue == (["A-1"] if late else [])
    assert bucket.bucket == ("1-30" if late else "current")


@pytest.mark.parametrize(
    ("at", "judged"), [("2026-10-25T22:59:59+00:00", 0), ("2026-10-25T23:00:00+00:00", 1)]
)
def test_a_promise_is_broken_when_its_last_day_is_over(
    pool: Pool, ledger: Ledger, at: str, judged: int
) -> None:
    """Its last day of grace is the one of 25 hours."""
    now, made = datetime.fromisoformat(at), datetime(2026, 10, 1, tzinfo=UTC)
    promise = MakePromise(invoice="A-1", promised_for=day("2026-10-24"), grace_days=1)
    wish = RegisterInvoice(invoice="A-1", amount=money(100), due_on=day(DUE))
    execute(ledger, [wish, promise], Context("anna", made))
    read(pool, now)
    session = TenantSession(pool, ledger, lambda: now)
    assert len([*run_candidates(session, now, promises_due(session, ledger.today(now)))]) == judged


def read(pool: Pool, now: datetime) -> None:
    prepare(pool, READ_MODELS, now)
    Projector(pool, "default", READ_MODELS, "reader", lambda: now).catch_up()
