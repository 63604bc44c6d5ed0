"""The dispute report: amounts, people and the clock points T0 to T7 of each invoice's part."""

from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from commands.disputes.opening import OpenDispute
from commands.disputes.resolutions import ResolveDispute, VoidDispute
from commands.disputes.resolvers import AssignResolver
from ledger.engine.fold import as_of
from ledger.facts.books import INVOICE
from ledger.facts.codes import Answer, Outcome, Reason
from ledger.facts.invoice.dispute_endings import DisputeReopened, DisputeVoided, OutcomeNotified
from ledger.facts.invoice.dispute_handling import ResolverAnswered, ResolverChanged
from ledger.facts.invoice.payments import CreditNoteIssued, PaymentReversed, WrittenOff
from ledger.policy.visibility import EVERYTHING
from projections import dispute_queries
from projections.dispute_queries import Cursor
from projections.disputes import DISPUTES, DisputeRow
from support.creditor import Creditor, invoice
from support.examples import (
    CASE,
    NOW,
    OTHER_CASE,
    SAM,
    assigned,
    cancelled,
    money,
    opened,
    paid,
    registered,
    resolved,
    resumed,
)
from support.given import BOOK, day, given

answered = ResolverAnswered(
    on=day("2026-03-05"), case_id=CASE, resolver=SAM, answer=Answer.SOLVED, text=""
)
rejected = replace(resolved(Outcome.REJECTED, rejected=100), on=day("2026-03-09"))
told = OutcomeNotified(on=day("2026-03-10"), case_id=CASE)
gone_on = replace(resumed(), on=day("2026-03-11"))
reopened = DisputeReopened(on=day("2026-03-20"), case_id=CASE, why="", disputed=money(100))
voided = DisputeVoided(on=day("2026-03-09"), case_id=CASE, why="", rejected=money(100))


def row(*events: Any) -> DisputeRow:
    [only] = as_of(DISPUTES, INVOICE, given(registered, *events).entries())
    return only


def test_a_row_says_all_there_is_to_know() -> None:
    given(registered, opened(), assigned).shows(DISPUTES).then(
        DisputeRow(
            book_id=BOOK,
            case_id=CASE,
            invoice="2026-001",
            debtor="D-7",
            business_unit="north",
            collector="anna",
            currency="EUR",
            status="open",
            reason="price",
            comment="Agreed 10 % less.",
            rests_whole=False,
            resolver=SAM,
            follow_up_on=day("2026-03-09"),
            reminders=0,
            escalated_to="",
            outcome=None,
            root_cause=None,
            original=money(100),
            disputed=money(100),
            paid=money(0),
            credited=money(0),
            rejected=money(0),
            written_off=money(0),
            listed_on=NOW,
            raised_on=NOW,
            opened_on=NOW,
            assigned_on=NOW,
            answered_on=None,
            resolved_on=None,
            settled_on=None,
            resumed_on=None,
            paid_on=None,
            open_since=NOW,
            worked_days=0,
            reopened=0,
        )
    )


def test_every_clock_point_has_its_day() -> None:
    raised = opened(raised_on=day("2026-02-25"))
    payment = paid(100, on="2026-03-17")
    shown = row(raised, assigned, answered, rejected, told, gone_on, payment)
    assert [
        str(point)
        for point in (
            shown.raised_on,
            shown.opened_on,
            shown.assigned_on,
            shown.answered_on,
            shown.resolved_on,
            shown.settled_on,
            shown.resumed_on,
            shown.paid_on,
        )
    ] == [
        "2026-02-25",
        "2026-03-02",
        "2026-03-02",
        "2026-03-05",
        "2026-03-09",
        "2026-03-10",
        "2026-03-11",
        "2026-03-17",
    ]
    assert (shown.status, shown.outcome, shown.worked_days) == ("resolved", "rejected", 7)


def test_an_invoice_that_brought_no_money_was_not_paid() -> None:
    note = CreditNoteIssued(on=NOW, number="C1", amount=money(100))
    for over in (note, cancelled, WrittenOff(on=NOW, amount=money(100), why="")):
        assert row(opened(), over).paid_on is None
    half = (paid(50), replace(note, amount=money(50), on=day("2026-03-12")))
    assert row(opened(), *half).paid_on == day("2026-03-12")


def test_a_payment_that_goes_back_takes_the_day_with_it() -> None:
    back = PaymentReversed(on=NOW, reference="P1", amount=money(100), why="")
    assert row(opened(), rejected, paid(100), back).paid_on is None


def test_a_reopened_case_is_open_since_then_and_keeps_the_days_it_took() -> None:
    shown = row(opened(), rejected, reopened)
    assert (shown.status, shown.reopened, shown.worked_days) == ("open", 1, 7)
    assert (shown.opened_on, shown.open_since) == (NOW, day("2026-03-20"))
    assert (shown.resolved_on, shown.outcome) == (None, None)
    again = replace(rejected, on=day("2026-03-23"))
    assert row(opened(), rejected, reopened, again).worked_days == 7 + 3


def test_the_first_answer_and_the_first_assignment_stay() -> None:
    later = ResolverChanged(
        on=day("2026-03-06"), case_id=CASE, resolver="eva", previous=SAM, why="", follow_up_on=None
    )
    other = replace(answered, on=day("2026-03-07"), resolver="eva")
    shown = row(opened(), assigned, answered, later, other)
    assert (shown.assigned_on, shown.answered_on, shown.resolver) == (NOW, answered.on, "eva")


def test_a_result_without_an_opening_is_not_opened() -> None:
    shown = row(rejected)
    assert (shown.status, shown.opened_on, shown.resolved_on) == ("not opened", None, rejected.on)
    assert shown.listed_on == rejected.on


def test_a_mistake_without_an_opening_is_a_mistake() -> None:
    shown = row(assigned, voided)
    assert (shown.status, shown.opened_on, shown.resolver) == ("voided", None, SAM)


def test_a_result_before_the_opening_ends_the_case_that_opens() -> None:
    shown = row(rejected, opened(on=day("2026-03-12")))
    assert (shown.status, shown.opened_on, shown.resolved_on) == (
        "resolved",
        day("2026-03-12"),
        rejected.on,
    )


def test_a_voided_case_says_so() -> None:
    assert row(opened(), voided).status == "voided"


def test_two_disputes_of_one_invoice_are_two_rows() -> None:
    both = (registered, opened(contested=40), opened(contested=30, case_id=OTHER_CASE))
    rows = as_of(DISPUTES, INVOICE, given(*both).entries())
    assert [(one.case_id, one.disputed) for one in rows] == [
        (CASE, money(40)),
        (OTHER_CASE, money(30)),
    ]


def dispute(number: str, case: int, **more: Any) -> OpenDispute:
    facts = {"reason": Reason.PRICE, "comment": "Less.", "case_id": UUID(int=case)} | more
    return OpenDispute(invoice=number, **facts)


def found(creditor: Creditor, **filters: str) -> list[str]:
    with creditor.reading() as conn:
        return [
            one.invoice
            for one in dispute_queries.find(creditor.tenant, filters, scope=EVERYTHING).fetch(conn)
        ]


def test_the_report_begins_with_the_oldest(creditor: Creditor) -> None:
    creditor.execute(invoice("F1"), invoice("F2"))
    creditor.execute(dispute("F1", 1), on="2026-03-05")
    creditor.execute(dispute("F2", 2), on="2026-03-03")
    assert found(creditor) == ["F2", "F1"]


def test_every_filter_keeps_what_it_names_and_an_unknown_one_is_an_error(
    creditor: Creditor,
) -> None:
    creditor.execute(
        invoice("F1"), invoice("F2", debtor="D-8"), invoice("F3", business_unit="north")
    )
    creditor.execute(invoice("F4", collector="bob"), invoice("F5"), invoice("F6"))
    creditor.execute(*(dispute(f"F{n}", n) for n in range(1, 5)))
    creditor.execute(dispute("F5", 5, reason=Reason.DAMAGED), dispute("F6", 6))
    creditor.execute(AssignResolver(invoice="F1", resolver=SAM))
    creditor.execute(ResolveDispute(invoice="F6", outcome=Outcome.WITHDRAWN))
    kept = {
        "status": ("resolved", "F6"),
        "reason": ("damaged", "F5"),
        "resolver": (SAM, "F1"),
        "debtor": ("D-8", "F2"),
        "business_unit": ("north", "F3"),
        "collector": ("bob", "F4"),
        "invoice": ("F2", "F2"),
    }
    assert set(kept) == set(dispute_queries.FILTERS)
    for name, (value, number) in kept.items():
        assert found(creditor, **{name: value}) == [number]
    with pytest.raises(ValueError, match="colour"):
        found(creditor, colour="red")


def test_pages_of_any_size_hold_every_row_once(creditor: Creditor) -> None:
    creditor.execute(*(invoice(f"F{n}") for n in range(6)))
    for n in range(6):
        creditor.execute(dispute(f"F{n}", n % 2), dispute(f"F{n}", 9, contested=1))
    for size in range(1, 14):
        rows, after = list[DisputeRow](), None
        with creditor.reading() as conn:
            while page := dispute_queries.find(
                "default", after=after, limit=size, scope=EVERYTHING
            ).fetch(conn):
                rows += page
                after = Cursor(page[-1].listed_on, page[-1].case_id, page[-1].book_id)
        assert len({(one.case_id, one.invoice) for one in rows}) == len(rows) == 12


def test_a_case_over_several_invoices_shows_its_part_of_each(creditor: Creditor) -> None:
    creditor.execute(invoice("F2"), invoice("F1"), dispute("F2", 1), dispute("F1", 1, contested=40))
    creditor.execute(VoidDispute(invoice="F2", why="The other one."))
    with creditor.reading() as conn:
        parts = dispute_queries.of_case("default", UUID(int=1), scope=EVERYTHING).fetch(conn)
    assert [(one.invoice, one.status, one.disputed) for one in parts] == [
        ("F1", "open", money(40)),
        ("F2", "voided", money(0)),
    ]
