"""Debtors as they stand: what rests, what waits to be allocated, what their invoices add up to."""

from typing import Any
from uuid import UUID

from commands.debtors.holds import HoldDebtor
from commands.disputes.opening import OpenDispute
from commands.follow_up.promises import BreakPromise, KeepPromise, MakePromise
from commands.payments.payments import ReceivePayment
from ledger.engine.fold import as_of
from ledger.facts import debtor_events as dev
from ledger.facts.books import DEBTOR
from ledger.facts.codes import Channel, Direction, Reason
from ledger.policy.visibility import EVERYTHING
from projections import debtors
from projections.debtors import DEBTORS, Balance, DebtorRow
from support.creditor import Creditor, debtor, invoice
from support.examples import DEB, NOW, known, money
from support.given import BOOK, day, given


def row(*events: Any) -> DebtorRow:
    [only] = as_of(DEBTORS, DEBTOR, given(known, *events).entries())
    return only


def held(until: str | None, hold: int, reason: str = "Talks.") -> dev.DebtorHeld:
    ends = day(until) if until else None
    return dev.DebtorHeld(on=NOW, hold_id=UUID(int=hold), reason=reason, until=ends, release_by=())


def received(reference: str, amount: int, currency: str = "EUR") -> dev.MoneyReceived:
    return dev.MoneyReceived(on=NOW, reference=reference, amount=money(amount), currency=currency)


def test_a_row_says_who_it_is() -> None:
    given(known).shows(DEBTORS).then(
        DebtorRow(
            debtor_id=BOOK,
            number=DEB,
            name="Bakery Jansen",
            email="info@bakery.example",
            phone=None,
            address=None,
            language=None,
            country=None,
            vat_id=None,
            segment=None,
            persons=[],
            collector=None,
            collector_by_rule=False,
            held=False,
            held_until=None,
            hold_ends_on=None,
            hold_reason="",
            unallocated=[],
            currencies=[],
            last_contact_on=None,
        )
    )


def test_a_correction_leaves_what_it_does_not_say() -> None:
    moved = dev.DebtorCorrected(on=NOW, why="Moved.", address="Quay 1", email="a@b.nl")
    shown = row(moved, dev.DebtorCorrected(on=NOW, why="", email="c@d.nl"))
    assert (shown.name, shown.address, shown.email) == ("Bakery Jansen", "Quay 1", "c@d.nl")


def test_of_several_holds_the_longest_counts() -> None:
    both = (held("2026-03-09", 1), held("2026-04-01", 2, "Sale."))
    shown = row(*both)
    assert (shown.held, shown.held_until) == (True, day("2026-04-01"))
    assert shown.hold_reason == "Talks.; Sale."
    assert row(*both, held(None, 3)).held_until is None


def test_a_released_hold_is_none() -> None:
    released = dev.DebtorResumed(on=NOW, hold_id=UUID(int=1), why="")
    assert not row(held(None, 1), released).held
    assert row(held(None, 1), held(None, 2), released).held


def test_money_that_waits_is_added_up_by_currency() -> None:
    used = dev.MoneyAllocated(on=NOW, reference="R1", invoice="F1", amount=money(30))
    shown = row(received("R1", 80), received("R2", 7, "USD"), received("R3", 5), used)
    assert dict(zip(shown.currencies, shown.unallocated, strict=True)) == {"EUR": 55, "USD": 7}
    all_used = dev.MoneyReturned(on=NOW, reference="R1", amount=money(80), why="")
    assert row(received("R1", 80), all_used).currencies == []


def test_the_last_contact() -> None:
    called = dev.DebtorContactLogged(
        on=NOW,
        contact_id=UUID(int=1),
        channel=Channel.PHONE,
        direction=Direction.OUT,
        who="",
        summary="",
    )
    assert row(called).last_contact_on == NOW


def balances(creditor: Creditor, on: str = "2026-03-02", **page: Any) -> list[Balance]:
    with creditor.reading() as conn:
        return debtors.balances("default", day(on), **page, scope=EVERYTHING).fetch(conn)


def balance(**columns: Any) -> Balance:
    """Of one invoice of 100 euro that is overdue, unless said otherwise."""
    facts: dict[str, Any] = {
        "debtor": DEB,
        "name": "Bakery Jansen",
        "currency": "EUR",
        "invoices": 1,
        "balance": money(100),
        "overdue": money(100),
        "disputed": money(0),
        "disputes": 0,
        "promises_kept": 0,
        "promises_broken": 0,
        "held": False,
    }
    return Balance(**facts | columns)


def test_each_currency_is_added_up_by_itself(creditor: Creditor) -> None:
    creditor.execute(debtor(), invoice("F1"), invoice("F2", 50), invoice("F3", 7, currency="USD"))
    assert balances(creditor) == [
        balance(invoices=2, balance=money(150), overdue=money(150)),
        balance(currency="USD", balance=money(7), overdue=money(7)),
    ]


def test_due_today_is_not_overdue_and_instalments_are_overdue_one_by_one(
    creditor: Creditor,
) -> None:
    plan = [{"due_on": f"2026-0{month}-28", "amount": 50} for month in (2, 3)]
    creditor.execute(debtor(), invoice("F1", 100, instalments=plan))
    overdue = [
        balances(creditor, on)[0].overdue for on in ("2026-02-28", "2026-03-01", "2026-03-29")
    ]
    assert overdue == [0, 50, 100]


def test_settled_invoices_count_their_disputes_and_promises_still(creditor: Creditor) -> None:
    creditor.execute(debtor(), invoice("F1"), invoice("F2"))
    for act in (KeepPromise, BreakPromise):
        creditor.execute(MakePromise(invoice="F1", promised_for="2026-03-02"), act(invoice="F1"))
    creditor.execute(OpenDispute(invoice="F1", reason=Reason.PRICE, comment="Less.", contested=40))
    judged = {"disputes": 1, "promises_kept": 1, "promises_broken": 1}
    assert balances(creditor) == [
        balance(invoices=2, balance=money(200), overdue=money(200), disputed=money(40), **judged)
    ]
    creditor.execute(ReceivePayment(invoice="F1", reference="P1", amount=100))
    assert balances(creditor) == [balance(**judged)]


def test_what_was_paid_too_much_lowers_the_balance_and_nothing_else(creditor: Creditor) -> None:
    creditor.execute(debtor(), invoice("F1"), invoice("F2"))
    creditor.execute(ReceivePayment(invoice="F1", reference="P1", amount=130))
    assert balances(creditor) == [balance(balance=money(70))]


def test_a_debtor_whom_nobody_registered_owes_all_the_same(creditor: Creditor) -> None:
    creditor.execute(invoice("F1", debtor="0042"))
    assert balances(creditor) == [balance(debtor="0042", name="")]


def test_a_debtor_is_held_until_the_day_it_goes_on(creditor: Creditor) -> None:
    creditor.execute(
        debtor(), invoice("F1"), HoldDebtor(debtor=DEB, reason=".", until="2026-03-09")
    )
    assert [balances(creditor, on)[0].held for on in ("2026-03-08", "2026-03-09")] == [True, False]


def test_one_debtor_alone(creditor: Creditor) -> None:
    creditor.execute(debtor(), invoice("F1"), invoice("F2", debtor="D-8"))
    assert [one.debtor for one in balances(creditor, debtor="D-8")] == ["D-8"]
    with creditor.reading() as conn:
        found = debtors.get("default", DEB).first(conn)
        assert found
        assert found.name == "Bakery Jansen"
        assert debtors.get("default", "D-8").first(conn) is None
        assert debtors.get("other", DEB).first(conn) is None


def test_pages_count_debtors_and_never_part_one(creditor: Creditor) -> None:
    for n in range(5):
        creditor.execute(
            invoice(f"F{n}", debtor=f"D{n}"), invoice(f"G{n}", debtor=f"D{n}", currency="USD")
        )
    for size in range(1, 7):
        rows, after = list[tuple[str, str]](), ""
        while page := balances(creditor, after=after, limit=size):
            assert len(page) <= 2 * size
            rows += [(one.debtor, one.currency) for one in page]
            after = page[-1].debtor
        assert rows == [(f"D{n}", currency) for n in range(5) for currency in ("EUR", "USD")]
