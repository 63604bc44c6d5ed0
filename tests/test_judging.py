"""The clock asks every promise whose day is over; the book says whether it was kept."""

from datetime import timedelta

import pytest

from api.clock.promises import promises_due
from api.clock.tick import run_all_tenants, run_candidates
from commands.follow_up.promises import KeepPromise, MakePromise
from commands.invoices.registration import RegisterInvoice
from commands.payments.payments import ReceivePayment
from ledger.database import tenants
from ledger.database.pool import Conn, Pool
from support.clock_case import ClockCase, at
from support.examples import money
from support.given import day


def promise(clock_case: ClockCase, number: str = "A-1", amount: int = 100) -> None:
    """100.00 is open; the promise is for the 10th, with three days of grace."""
    clock_case.now = at("2026-03-02")
    clock_case.execute(
        RegisterInvoice(invoice=number, amount=money(100), due_on=day("2026-02-28")),
        MakePromise(invoice=number, promised_for=day("2026-03-10"), amount=money(amount)),
    )


def judge(clock_case: ClockCase, on: str) -> int:
    """On the morning of that day, with everything read."""
    clock_case.now = at(on)
    clock_case.worker.catch_up()
    return judge_now(clock_case)


def judge_now(clock_case: ClockCase) -> int:
    """With the read models as they are."""
    session, now = clock_case.session, clock_case.now
    due = promises_due(session, session.ledger.today(now))
    return len([*run_candidates(session, now, due)])


def last(clock_case: ClockCase) -> tuple[str, str]:
    entry = clock_case.ledger.history(clock_case.id_of("A-1"))[-1]
    return entry.event.topic, entry.by


def status(clock_case: ClockCase, number: str = "A-1") -> str:
    [promise] = clock_case.state(number).promises.values()
    return promise.status


def test_nothing_paid_is_a_broken_promise_once_the_grace_is_over(clock_case: ClockCase) -> None:
    promise(clock_case)
    assert judge(clock_case, "2026-03-10") == 0
    assert judge(clock_case, "2026-03-13") == 0
    assert judge(clock_case, "2026-03-14") == 1
    assert status(clock_case) == "broken"
    assert last(clock_case) == ("promise-broken.v1", "clock")


def test_paid_in_part_is_partially_kept(clock_case: ClockCase) -> None:
    promise(clock_case)
    clock_case.execute(ReceivePayment(invoice="A-1", reference="P1", amount=money(40)))
    assert judge(clock_case, "2026-03-14") == 1
    assert status(clock_case) == "partially kept"


def test_a_payment_in_the_days_of_grace_keeps_it_and_nothing_is_left_to_judge(
    clock_case: ClockCase,
) -> None:
    promise(clock_case, amount=60)
    judge(clock_case, "2026-03-12")
    clock_case.execute(ReceivePayment(invoice="A-1", reference="P1", amount=money(60)))
    assert status(clock_case) == "kept"
    assert judge(clock_case, "2026-03-14") == 0


def test_a_second_look_judges_nothing_again(clock_case: ClockCase) -> None:
    promise(clock_case)
    assert [judge(clock_case, "2026-03-14"), judge(clock_case, "2026-03-14")] == [1, 0]


def test_an_agenda_that_lags_is_no_judge(clock_case: ClockCase) -> None:
    """It still shows the promise; the book knows that it was kept."""
    promise(clock_case)
    judge(clock_case, "2026-03-13")
    clock_case.execute(KeepPromise(invoice="A-1"))
    clock_case.now += timedelta(days=1)
    assert judge_now(clock_case) == 0
    assert status(clock_case) == "kept"


def test_every_promise_of_a_long_agenda_is_judged(
    clock_case: ClockCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.clock.candidate.PAGE", 3)
    for n in range(7):
        promise(clock_case, f"A-{n}")
    assert judge(clock_case, "2026-03-14") == 7


def test_a_book_that_cannot_be_read_does_not_hold_up_the_others(
    clock_case: ClockCase, owner: Conn
) -> None:
    for n in range(3):
        promise(clock_case, f"A-{n}")
    assert judge(clock_case, "2026-03-13") == 0
    odd = "update entry set topic = 'promise-made.v9' where position = 5"
    owner.execute(odd.encode())
    assert judge(clock_case, "2026-03-14") == 2
    assert [status(clock_case, "A-0"), status(clock_case, "A-2")] == ["broken", "broken"]


def test_a_tenant_in_trouble_does_not_hold_up_the_others(
    clock_case: ClockCase, pool: Pool, owner: Conn
) -> None:
    """``aaa`` comes first, and its calendar is none."""
    with pool.connection() as conn:
        tenants.create(conn, tenants.Tenant("aaa", "A", "UTC", at("2026-03-02")))
    owner.execute("update tenant set time_zone = 'Mars' where tenant_id = 'aaa'")
    promise(clock_case)
    judge(clock_case, "2026-03-13")
    run_all_tenants(pool, lambda: at("2026-03-14"))
    assert status(clock_case) == "broken"
