"""The clock runs 100 times over one day, by three processes at once, some of them killed."""

import multiprocessing
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import c_bool, c_int
from multiprocessing.process import BaseProcess
from multiprocessing.sharedctypes import RawValue
from typing import Any

from api.clock.tick import run, run_if_leader
from ledger.database.pool import Pool, connect
from ledger.store.ledger import Ledger
from ledger.store.verify import verify
from support.clock_case import ClockCase, at, open_clock_case
from support.follow_up_oracle import FollowUpOracle

MONDAY = "2026-10-05"
DEBTORS, EACH, RUNS = 60, 3, 100
spawn = multiprocessing.get_context("spawn")


def keep_running(url: str, on: str, led: bool, runs: Any, enough: Any) -> None:
    """Run the clock over and over, until it is enough."""
    with open_clock_case(url) as clock_case:
        clock_case.now = at(on)
        while not enough.value:
            if (run_if_leader if led else run)(clock_case.session) is not None:
                runs.value += 1


class Clocks:
    """Processes that run the clock all the time."""

    def __init__(self, url: str, led: bool) -> None:
        self.url, self.led = url, led
        self.enough: Any = RawValue(c_bool, False)
        self.runs: list[Any] = []
        self.started: list[BaseProcess] = []

    def another(self) -> None:
        runs = RawValue(c_int, 0)
        process = spawn.Process(
            target=keep_running, args=(self.url, MONDAY, self.led, runs, self.enough)
        )
        process.start()
        self.runs.append(runs)
        self.started.append(process)

    def kill_one(self) -> None:
        victim = self.started.pop(0)
        victim.kill()
        victim.join()
        assert victim.exitcode == -9

    def ran(self) -> int:
        return sum(one.value for one in self.runs)


@contextmanager
def clocks(url: str, led: bool) -> Iterator[Clocks]:
    three = Clocks(url, led)
    try:
        for _ in range(3):
            three.another()
        yield three
    finally:
        three.enough.value = True
        for process in three.started:
            process.join(60)
            process.kill()
            process.join()


def until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.002)


def owing(pool: Pool, ledger: Ledger) -> ClockCase:
    """60 debtors, each with two invoices to be reminded of today, and one before its due date."""
    clock_case = ClockCase(pool, ledger)
    for n in range(DEBTORS):
        clock_case.debtor(f"D-{n}")
        for nth in range(EACH):
            due_on = "2026-10-09" if nth == 0 else "2026-09-30"
            clock_case.invoice(f"A-{n}-{nth}", f"D-{n}", due_on=due_on)
    clock_case.now = at(MONDAY)
    clock_case.worker.catch_up()
    return clock_case


def all_as_it_should_be(clock_case: ClockCase) -> None:
    """Every message once, two steps in each, and nothing is missing."""
    model = FollowUpOracle()
    model.read(clock_case.entries())
    model.together()
    assert model.missing(clock_case.ledger.today(clock_case.now)) == []
    assert (len(model.asked), model.steps) == (DEBTORS, DEBTORS * (EACH - 1))
    with connect(clock_case.session.pool) as conn:
        assert verify(conn, "default").entries == clock_case.ledger.head()


def test_three_at_once_with_nobody_leading(pool: Pool, ledger: Ledger, database: str) -> None:
    """Not the lock but the name makes a message go once; two clocks are killed in the middle."""
    clock_case = owing(pool, ledger)
    before = ledger.head()
    with clocks(database, led=False) as three:
        for more in (1, DEBTORS):
            until(lambda: ledger.head() >= before + more)  # noqa: B023
            three.kill_one()
            three.another()
        until(lambda: three.ran() >= RUNS)
    all_as_it_should_be(clock_case)
    again = ledger.head()
    run(clock_case.session)
    assert ledger.head() == again


def test_a_leader_who_is_killed_is_followed_by_another(
    pool: Pool, ledger: Ledger, database: str
) -> None:
    clock_case = owing(pool, ledger)
    before = ledger.head()
    with clocks(database, led=True) as three:
        until(lambda: ledger.head() > before)
        three.kill_one()
        until(lambda: three.ran() >= RUNS)
    all_as_it_should_be(clock_case)
