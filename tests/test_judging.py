"""The clock asks every promise whose day is over; the book says whether it was kept."""

from datetime import UTC, datetime, timedelta

import pytest

from api.clock.promises import judge_promises
from api.clock.strike import strike_everywhere
from api.wiring import Desk
from commands.command import Command
from commands.handling import Context, handle
from commands.invoices import RegisterInvoice
from commands.payments import ReceivePayment
from commands.promises import KeepPromise, MakePromise
from ledger import tenants
from ledger.books import INVOICE
from ledger.follow import Worker
from ledger.pool import Conn, Pool
from ledger.rebuild import prepare
from ledger.store import Ledger
from projections import READ_MODELS
from support.examples import money
from support.given import day

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Town:
    """A desk with a virtual clock, and read models that keep up when told to."""

    def __init__(self, pool: Pool, ledger: Ledger) -> None:
        self.now = START
        self.session = Desk(pool, ledger, lambda: self.now)
        prepare(pool, READ_MODELS, START)
        self.worker = Worker(pool, ledger.tenant, READ_MODELS, "reader", self.session.clock)

    def execute(self, *commands: Command) -> None:
        handle(self.session.ledger, *commands, context=Context("anna", self.now))

    def promised(self, number: str = "A-1", amount: int = 100) -> None:
        """100.00 is open; the promise is for the 10th, with three days of grace."""
        self.execute(
            RegisterInvoice(invoice=number, amount=money(100), due_on=day("2026-02-28")),
            MakePromise(invoice=number, promised_for=day("2026-03-10"), amount=money(amount)),
        )

    def judges(self, on: str) -> int:
        """On the morning of that day, with everything read."""
        self.now = START + (day(on) - START.date())
        self.worker.catch_up()
        return judge_promises(self.session)

    def last(self, number: str = "A-1") -> tuple[str, str]:
        entry = self.session.ledger.history(self.session.ledger.id_of(INVOICE, number))[-1]
        return entry.event.topic, entry.by

    def status(self, number: str = "A-1") -> str:
        [promise] = self.session.ledger.book(INVOICE, number).state.promises.values()
        return promise.status


@pytest.fixture
def town(pool: Pool, ledger: Ledger) -> Town:
    return Town(pool, ledger)


def test_nothing_paid_is_a_broken_promise_once_the_grace_is_over(town: Town) -> None:
    town.promised()
    assert town.judges("2026-03-10") == 0
    assert town.judges("2026-03-13") == 0
    assert town.judges("2026-03-14") == 1
    assert town.status() == "broken"
    assert town.last() == ("promise-broken.v1", "clock")


def test_paid_in_part_is_partially_kept(town: Town) -> None:
    town.promised()
    town.execute(ReceivePayment(invoice="A-1", reference="P1", amount=money(40)))
    assert town.judges("2026-03-14") == 1
    assert town.status() == "partially kept"


def test_a_payment_in_the_days_of_grace_keeps_it_and_nothing_is_left_to_judge(town: Town) -> None:
    town.promised(amount=60)
    town.judges("2026-03-12")
    town.execute(ReceivePayment(invoice="A-1", reference="P1", amount=money(60)))
    assert town.status() == "kept"
    assert town.judges("2026-03-14") == 0


def test_a_second_look_judges_nothing_again(town: Town) -> None:
    town.promised()
    assert [town.judges("2026-03-14"), town.judges("2026-03-14")] == [1, 0]


def test_an_agenda_that_lags_is_no_judge(town: Town) -> None:
    """It still shows the promise; the book knows that it was kept."""
    town.promised()
    town.judges("2026-03-13")
    town.execute(KeepPromise(invoice="A-1"))
    town.now += timedelta(days=1)
    assert judge_promises(town.session) == 0
    assert town.status() == "kept"


def test_every_promise_of_a_long_agenda_is_judged(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.clock.promises.PAGE", 3)
    for n in range(7):
        town.promised(f"A-{n}")
    assert town.judges("2026-03-14") == 7


def test_a_book_that_cannot_be_read_does_not_hold_up_the_others(town: Town, owner: Conn) -> None:
    for n in range(3):
        town.promised(f"A-{n}")
    assert town.judges("2026-03-13") == 0
    odd = "update entry set topic = 'promise-made.v9' where position = 4"
    owner.execute(odd.encode())
    assert town.judges("2026-03-14") == 2
    assert [town.status("A-0"), town.status("A-2")] == ["broken", "broken"]


def test_a_tenant_in_trouble_does_not_hold_up_the_others(
    town: Town, pool: Pool, owner: Conn
) -> None:
    """``aaa`` comes first, and its calendar is none."""
    with pool.connection() as conn:
        tenants.add(conn, tenants.Tenant("aaa", "A", "UTC", START))
    owner.execute("update tenant set time_zone = 'Mars' where tenant_id = 'aaa'")
    town.promised()
    town.judges("2026-03-13")
    strike_everywhere(pool, lambda: START + timedelta(days=12))
    assert town.status() == "broken"
