"""Invoices as they stand: their status, what is open of them, and how old it is."""

from typing import Any

import pytest

from commands.invoices.registration import CancelInvoice
from commands.payments.payments import ReceivePayment, WriteOff
from ledger.engine.fold import as_of
from ledger.facts.books import INVOICE
from ledger.facts.codes import Channel, Outcome
from ledger.facts.invoice.follow_up import ReminderSent
from ledger.facts.invoice.handoff import Recalled
from ledger.facts.invoice.holds import FollowUpResumed
from ledger.facts.invoice.payments import (
    ClosedPerErp,
    CreditNoteIssued,
    LateFeeCharged,
    PaymentReversed,
    WrittenOff,
)
from ledger.facts.invoice.registration import InvoiceSent
from ledger.policy.visibility import EVERYTHING
from projections import invoices
from projections.invoices import INVOICES, InvoiceRow
from projections.reports.ageing import Total, totals
from support.creditor import Creditor, invoice
from support.examples import (
    CASE,
    DUE,
    HANDOFF,
    INV,
    NOW,
    OTHER_CASE,
    cancelled,
    handed_off,
    in_three,
    money,
    opened,
    paid,
    promised,
    registered,
    resolved,
)
from support.given import BOOK, day, given
from support.task_examples import held

late_fee = LateFeeCharged(on=NOW, amount=money(5), why="")
written_off = WrittenOff(on=NOW, amount=money(100), why="")
credited = CreditNoteIssued(on=NOW, number="C1", amount=money(100))
resumed = FollowUpResumed(on=NOW, hold_id=None, case_id=CASE, next_step_on=NOW)
reminded = ReminderSent(on=NOW, step=1, channel=Channel.EMAIL, open_amount=money(100))
recalled = Recalled(on=NOW, handoff_id=HANDOFF, why="")


def row(*events: Any, of: Any = registered) -> InvoiceRow:
    [only] = as_of(INVOICES, INVOICE, given(of, *events).entries())
    return only


def test_a_row_says_all_there_is_to_know() -> None:
    given(registered, paid("30.00")).shows(INVOICES).then(
        InvoiceRow(
            invoice_id=BOOK,
            number=INV,
            debtor="D-7",
            business_unit="north",
            collector="anna",
            collector_by_rule=False,
            purchase_order=None,
            currency="EUR",
            issued_on=day("2026-02-01"),
            due_on=DUE,
            status="open",
            amount=money(100),
            charges=money(0),
            paid=money(30),
            credited=money(0),
            written_off=money(0),
            open_amount=money(70),
            disputed_amount=money(0),
            undisputed_amount=money(70),
            due_dates=[DUE],
            due_amounts=[money(70)],
            due_disputed=[money(0)],
            reasons=[],
            resolvers=[],
            disputes=0,
            held_until=None,
            hold_ends_on=None,
            hold_reason="",
            agency="",
            next_action="chase debtor",
            next_action_on=day("2026-03-01"),
            reminders=0,
            promise_due_on=None,
            promises_kept=0,
            promises_broken=0,
            settled_on=None,
            last_contact_on=None,
        )
    )


def test_a_book_that_nobody_registered_is_no_invoice() -> None:
    given(opened()).shows(INVOICES).then()


@pytest.mark.parametrize(
    ("events", "status"),
    [
        ([], "open"),
        ([paid(40)], "open"),
        ([promised()], "promised"),
        ([held("2026-03-09")], "held"),
        ([held("2026-03-09", 40)], "open"),
        ([held("2026-03-09"), promised()], "held"),
        ([opened(), held("2026-03-09")], "disputed"),
        ([opened(contested=1)], "disputed"),
        ([opened(), resolved(Outcome.REJECTED, rejected=100)], "open"),
        ([opened(), resolved(Outcome.REJECTED, rejected=100), resumed], "dispute resolved"),
        ([opened(), resolved(Outcome.REJECTED, rejected=100), resumed, promised()], "promised"),
        ([opened(), resolved(Outcome.REJECTED, rejected=100), resumed, reminded], "open"),
        ([opened(), handed_off], "handed off"),
        ([handed_off, recalled], "open"),
        ([paid(100)], "paid"),
        ([opened(), paid(100)], "paid"),
        ([ClosedPerErp(on=NOW, amount=money(100), source="")], "paid"),
        ([paid(101)], "overpaid"),
        ([credited], "credited"),
        ([written_off], "written off"),
        ([handed_off, written_off], "written off"),
        ([opened(), cancelled], "cancelled"),
        (
            [paid(100), PaymentReversed(on=NOW, reference="P1", amount=money(100), why="")],
            "open",
        ),
    ],
)
def test_the_status_is_the_word_that_matters_most(events: list[Any], status: str) -> None:
    assert row(*events).status == status


def test_what_is_disputed_and_what_is_not_are_what_is_open() -> None:
    shown = row(opened(contested=40), opened(contested=30, case_id=OTHER_CASE), paid(20))
    assert shown.open_amount == 80
    assert (shown.disputed_amount, shown.undisputed_amount) == (money(70), money(10))
    assert (shown.disputes, shown.reasons) == (2, ["price"])
    all_of_it = row(opened(), late_fee)
    assert (all_of_it.disputed_amount, all_of_it.undisputed_amount) == (money(100), money(5))


def test_instalments_are_met_oldest_first() -> None:
    shown = row(paid(130), of=in_three)
    assert shown.due_on == day("2026-03-28")
    assert shown.due_dates == [day("2026-03-28"), day("2026-04-28")]
    assert shown.due_amounts == [70, 100]


def test_the_disputed_amount_is_laid_on_the_oldest_instalments() -> None:
    shown = row(opened(contested=150), of=in_three)
    assert shown.due_disputed == [100, 50, 0]


def test_charges_fall_due_with_the_first_instalment() -> None:
    assert row(late_fee, of=in_three).due_amounts == [105, 100, 100]
    assert row(paid(100), late_fee, of=in_three).due_amounts == [5, 100, 100]


def test_a_cancelled_or_settled_invoice_has_nothing_due() -> None:
    for over in (cancelled, paid(100), paid(130), written_off):
        assert row(over).due_dates == []


def test_the_next_action_is_the_one_whose_day_comes_first() -> None:
    shown = row(held("2026-03-20", 40))
    assert (shown.next_action, shown.next_action_on) == ("chase debtor", day("2026-03-01"))
    both = row(opened(contested=40), InvoiceSent(on=NOW), promised(60))
    assert (both.next_action, both.next_action_on) == ("assign resolver", NOW)


def found(creditor: Creditor, **asked: Any) -> list[str]:
    with creditor.reading() as conn:
        return [
            one.number
            for one in invoices.find(creditor.tenant, **asked, scope=EVERYTHING).fetch(conn)
        ]


def test_overdue_starts_the_day_after_and_ends_with_the_debt(creditor: Creditor) -> None:
    dues = [{"due_on": f"2026-0{month}-28", "amount": 50} for month in (2, 4)]
    creditor.execute(invoice("F1"), invoice("F2"), invoice("F3", instalments=dues), invoice("F4"))
    creditor.execute(
        ReceivePayment(invoice="F2", reference="P1", amount=100), WriteOff(invoice="F4", why=".")
    )
    assert found(creditor, overdue_on=day("2026-02-28")) == []
    assert found(creditor, overdue_on=day("2026-03-01")) == ["F1", "F3"]
    creditor.execute(ReceivePayment(invoice="F3", reference="P2", amount=50))
    assert found(creditor, overdue_on=day("2026-04-28")) == ["F1"]
    assert found(creditor, overdue_on=day("2026-04-29")) == ["F1", "F3"]


def test_every_filter_keeps_what_it_names_and_an_unknown_one_is_an_error(
    creditor: Creditor,
) -> None:
    creditor.execute(invoice("F1"), invoice("F2", debtor="D-8"), invoice("F3", collector="bob"))
    creditor.execute(invoice("F4", business_unit="north"), invoice("F5", currency="USD"))
    creditor.execute(invoice("F6"), CancelInvoice(invoice="F6", why="Twice."))
    kept = {
        "debtor": ("D-8", "F2"),
        "collector": ("bob", "F3"),
        "business_unit": ("north", "F4"),
        "currency": ("USD", "F5"),
        "status": ("cancelled", "F6"),
    }
    assert set(kept) == set(invoices.FILTERS)
    for name, (value, number) in kept.items():
        assert found(creditor, filters={name: value}) == [number]
    assert found(creditor, filters={"debtor": "D-7", "status": "open", "collector": None}) == [
        "F1",
        "F3",
        "F4",
        "F5",
    ]
    with pytest.raises(ValueError, match="colour"):
        found(creditor, filters={"colour": "red"})


def test_pages_of_any_size_hold_every_invoice_once(creditor: Creditor) -> None:
    creditor.execute(*(invoice(f"F{n}") for n in range(7)))
    for size in range(1, 9):
        numbers, after = list[str](), ""
        while page := found(creditor, after=after, limit=size):
            assert len(page) <= size
            numbers += page
            after = page[-1]
        assert numbers == [f"F{n}" for n in range(7)]


def test_one_invoice_by_its_number(creditor: Creditor) -> None:
    creditor.execute(invoice("F1"))
    with creditor.reading() as conn:
        got = invoices.get("default", "F1").first(conn)
        assert got
        assert got.number == "F1"
        assert invoices.get("default", "F2").first(conn) is None
        assert invoices.get("other", "F1").first(conn) is None


def test_totals_count_each_status_in_each_currency(creditor: Creditor) -> None:
    creditor.execute(invoice("F1"), invoice("F2", 50), invoice("F3", 7, currency="USD"))
    creditor.execute(invoice("F4"), ReceivePayment(invoice="F4", reference="P1", amount=130))
    with creditor.reading() as conn:
        assert totals("default", scope=EVERYTHING).fetch(conn) == [
            Total("open", "EUR", 2, money(150)),
            Total("open", "USD", 1, money(7)),
            Total("overpaid", "EUR", 1, money(-30)),
        ]
