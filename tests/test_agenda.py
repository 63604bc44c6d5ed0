"""The agenda: what is to be done on a day, for whom, the most urgent first, a page at a time."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from commands.debtors.holds import HoldDebtor, ReleaseDebtor
from commands.debtors.money import AllocateMoney, ReceiveMoney, ReturnMoney
from commands.disputes.opening import OpenDispute
from commands.disputes.resolvers import AssignResolver, RecordAnswer
from commands.follow_up.promises import MakePromise
from commands.payments.payments import ReceivePayment, ReversePayment
from ledger.facts import debtor_events as dev
from ledger.facts.codes import Answer, Reason
from ledger.policy.visibility import EVERYTHING
from projections import agenda
from projections.agenda import AGENDA, AgendaItem, Cursor, Workload
from support.creditor import Creditor, debtor, invoice
from support.examples import (
    CASE,
    DEB,
    DUE,
    INV,
    NOW,
    SAM,
    assigned,
    known,
    money,
    opened,
    paid,
    registered,
)
from support.given import BOOK, day, given


def item(**columns: Any) -> AgendaItem:
    """To chase the invoice of the facts, unless said otherwise."""
    facts: dict[str, Any] = {
        "book_id": BOOK,
        "item": "debtor",
        "rank": -45,
        "action": "chase debtor",
        "invoice": INV,
        "status": "open",
        "debtor": DEB,
        "collector": "anna",
        "business_unit": "north",
        "resolver": "",
        "case_id": None,
        "reason": "",
        "amount": money(100),
        "currency": "EUR",
        "due_on": day("2026-03-01"),
        "invoice_due_on": DUE,
        "why": ["100.00 is due since 2026-02-28"],
    }
    return AgendaItem(**facts | columns)


def test_an_invoice_to_chase() -> None:
    given(registered).shows(AGENDA).then(item())
    given(registered, paid(100)).shows(AGENDA).then()


def test_a_dispute_to_chase_the_resolver_for() -> None:
    given(registered, opened(), assigned).shows(AGENDA).then(
        item(
            item=str(CASE),
            status="disputed",
            rank=-55,
            action="chase resolver",
            resolver=SAM,
            case_id=CASE,
            reason="price",
            due_on=day("2026-03-09"),
            why=[
                "100 of 100.00 open is disputed: price",
                f"{SAM} is asked; a resolver was first asked on 2026-03-02",
            ],
        )
    )


def test_money_that_names_no_invoice_waits_until_it_is_allocated_or_returned() -> None:
    received = dev.MoneyReceived(on=NOW, reference="R1", amount=money(80), currency="EUR")
    allocated = dev.MoneyAllocated(on=NOW, reference="R1", invoice=INV, amount=money(50))
    returned = dev.MoneyReturned(on=NOW, reference="R1", amount=money(30), why="")
    waiting = item(
        item="R1",
        rank=-65,
        action="unallocated money",
        invoice="",
        status="",
        collector="",
        business_unit="",
        amount=money(30),
        due_on=NOW,
        invoice_due_on=None,
        why=["30 of payment R1 names no invoice"],
    )
    given(known, received, allocated).shows(AGENDA).then(waiting)
    given(known, received, allocated, returned).shows(AGENDA).then()


def day_of(
    creditor: Creditor, on: str, held: bool = False, filters: dict[str, str] | None = None
) -> list[tuple[str, str]]:
    """What is to be done on that day, about which invoice."""
    with creditor.reading() as conn:
        rows = agenda.list_due("default", day(on), filters, held=held, scope=EVERYTHING).fetch(conn)
    return [(row.item.invoice, row.item.action) for row in rows]


def test_due_today_is_not_overdue(creditor: Creditor) -> None:
    creditor.execute(invoice("F1"))
    assert day_of(creditor, "2026-02-28") == []
    assert day_of(creditor, "2026-03-01") == [("F1", "chase debtor")]


def test_rows_vanish_when_the_money_comes_and_return_when_it_goes_back(creditor: Creditor) -> None:
    creditor.execute(invoice("F1"), ReceivePayment(invoice="F1", reference="P1", amount=100))
    assert day_of(creditor, "2026-03-02") == []
    creditor.execute(ReversePayment(invoice="F1", reference="P1", why="Bounced."), on="2026-03-05")
    assert day_of(creditor, "2026-03-05") == [("F1", "chase debtor")]


def test_the_most_urgent_comes_first(creditor: Creditor) -> None:
    creditor.execute(invoice("F1"), invoice("F2", 20_000), invoice("F3"), invoice("F4"))
    creditor.execute(OpenDispute(invoice="F3", reason=Reason.PRICE, comment="10 % less"))
    creditor.execute(ReceivePayment(invoice="F4", reference="P1", amount=101))
    assert day_of(creditor, "2026-03-02") == [
        ("F4", "unallocated money"),
        ("F3", "assign resolver"),
        ("F2", "chase debtor"),
        ("F1", "chase debtor"),
    ]


def test_every_filter_keeps_what_it_names(creditor: Creditor) -> None:
    creditor.execute(debtor(), invoice("F1"), invoice("F2", debtor="D-8", collector="bob"))
    creditor.execute(invoice("F3", business_unit="north"))
    creditor.execute(OpenDispute(invoice="F3", reason=Reason.PRICE, comment="10 % less"))
    creditor.execute(AssignResolver(invoice="F3", resolver=SAM, follow_up_on="2026-03-03"))
    kept: list[tuple[dict[str, str], str]] = [
        ({"collector": "bob"}, "F2"),
        ({"resolver": SAM}, "F3"),
        ({"business_unit": "north"}, "F3"),
        ({"debtor": "D-8"}, "F2"),
        ({"reason": "price"}, "F3"),
        ({"status": "disputed"}, "F3"),
        ({"action": "chase resolver"}, "F3"),
        ({"invoice": "F1"}, "F1"),
    ]
    assert {name for chosen, _ in kept for name in chosen} == set(agenda.FILTERS)
    for chosen, number in kept:
        assert [one for one, _ in day_of(creditor, "2026-03-03", filters=chosen)] == [number]
    with pytest.raises(ValueError, match="colour"):
        day_of(creditor, "2026-03-03", filters={"colour": "red"})


def test_a_held_debtor_is_chased_for_nothing_until_his_hold_is_over(creditor: Creditor) -> None:
    creditor.execute(debtor(), invoice("F1"), invoice("F2", debtor="D-8"))
    creditor.execute(HoldDebtor(debtor="D-7", reason="Talks.", until="2026-03-09"))
    assert day_of(creditor, "2026-03-08") == [("F2", "chase debtor")]
    assert day_of(creditor, "2026-03-08", held=True) == [("F1", "chase debtor")]
    assert len(day_of(creditor, "2026-03-09")) == 2
    assert day_of(creditor, "2026-03-09", held=True) == []


def test_an_open_ended_hold_ends_when_it_is_released(creditor: Creditor) -> None:
    creditor.execute(debtor(), invoice("F1"), HoldDebtor(debtor="D-7", reason="Talks."))
    assert day_of(creditor, "2027-01-01") == []
    with creditor.reading() as conn:
        [row] = agenda.list_due("default", day("2027-01-01"), held=True, scope=EVERYTHING).fetch(
            conn
        )
    assert (row.held, row.held_until, row.debtor_name) == (True, None, "Bakery Jansen")
    creditor.execute(ReleaseDebtor(debtor="D-7", why="Agreed."))
    assert day_of(creditor, "2026-03-02") == [("F1", "chase debtor")]


def test_a_hold_on_the_debtor_stops_no_work_but_the_chasing(creditor: Creditor) -> None:
    creditor.execute(debtor(), invoice("F1"), invoice("F2"), invoice("F3"))
    creditor.execute(HoldDebtor(debtor="D-7", reason="Talks."))
    creditor.execute(OpenDispute(invoice="F1", reason=Reason.PRICE, comment="10 % less"))
    creditor.execute(AssignResolver(invoice="F1", resolver=SAM, follow_up_on="2026-03-03"))
    creditor.execute(RecordAnswer(invoice="F1", answer=Answer.SOLVED))
    creditor.execute(MakePromise(invoice="F2", promised_for="2026-03-02", grace_days=0))
    creditor.execute(ReceivePayment(invoice="F3", reference="P1", amount=101))
    creditor.execute(ReceiveMoney(debtor="D-7", reference="R1", amount=5))
    assert [action for _, action in day_of(creditor, "2026-03-03")] == [
        "decide dispute",
        "unallocated money",
        "unallocated money",
        "promise due",
    ]
    assert day_of(creditor, "2026-03-03", held=True) == []


@pytest.fixture
def busy(creditor: Creditor) -> Creditor:
    """Many a row of the same rank and day, and several of one invoice."""
    for n in range(12):
        creditor.execute(invoice(f"F{n}", 100 + n % 3, due_on=f"2026-02-2{n % 2}"))
        if n % 3 == 0:
            for part in (10, 20):
                creditor.execute(
                    OpenDispute(
                        invoice=f"F{n}", reason=Reason.PRICE, comment="Less.", contested=part
                    )
                )
    return creditor


def in_pages(creditor: Creditor, on: date, size: int) -> Iterator[tuple[UUID, str]]:
    after: Cursor | None = None
    with creditor.reading() as conn:
        while page := agenda.list_due(
            "default", on, after=after, limit=size, scope=EVERYTHING
        ).fetch(conn):
            assert len(page) <= size
            yield from ((row.item.book_id, row.item.item) for row in page)
            after = page[-1].cursor


def test_pages_of_any_size_hold_every_item_once(busy: Creditor) -> None:
    whole = [*in_pages(busy, NOW, 1000)]
    assert len(set(whole)) == len(whole) == 12 + 2 * 4
    for size in range(1, len(whole) + 2):
        assert [*in_pages(busy, NOW, size)] == whole


def test_the_load_adds_up_what_is_to_be_done_without_what_rests(creditor: Creditor) -> None:
    creditor.execute(debtor(), invoice("F1"), invoice("F2", "50.5", debtor="D-8"))
    creditor.execute(
        invoice("F3", 7, debtor="D-9", currency="USD"), invoice("F4", 9, collector="bob")
    )
    creditor.execute(HoldDebtor(debtor="D-7", reason="Talks."))
    with creditor.reading() as conn:
        assert agenda.workload("default", NOW).fetch(conn) == [
            Workload("chase debtor", "EUR", 1, money("50.5")),
            Workload("chase debtor", "USD", 1, money(7)),
        ]
        most_urgent = agenda.workload("default", NOW, most=1).fetch(conn)
        first, *_ = agenda.list_due("default", NOW, scope=EVERYTHING).fetch(conn)
        assert [(load.items, load.amount) for load in most_urgent] == [(1, first.item.amount)]
        assert agenda.workload("default", NOW, {"collector": "bob"}).fetch(conn) == []
        assert agenda.workload("default", NOW, {"resolver": "nobody"}).fetch(conn) == []
        assert agenda.workload("default", DUE).fetch(conn) == []


def test_money_put_on_an_invoice_leaves_the_agenda_twice(creditor: Creditor) -> None:
    creditor.execute(
        debtor(), invoice("F1"), ReceiveMoney(debtor="D-7", reference="R1", amount=100)
    )
    assert [what for _, what in day_of(creditor, "2026-03-02")] == [
        "unallocated money",
        "chase debtor",
    ]
    creditor.execute(
        *AllocateMoney(debtor="D-7", reference="R1", invoice="F1", amount=60).with_companions()
    )
    creditor.execute(ReturnMoney(debtor="D-7", reference="R1", amount=40, why="Too much."))
    [(number, what)] = day_of(creditor, "2026-03-02")
    assert (number, what) == ("F1", "chase debtor")
