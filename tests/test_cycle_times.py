"""How long disputes take: every lag with numbers worked out by hand, and the open ones' age."""

from typing import Any
from uuid import UUID

import pytest

from commands.disputes.opening import OpenDispute
from commands.disputes.resolutions import (
    RecordOutcomeNotice,
    ReopenDispute,
    ResolveDispute,
    VoidDispute,
)
from commands.disputes.resolvers import AssignResolver, RecordAnswer
from commands.payments.payments import ReceivePayment
from ledger.facts.codes import Answer, Outcome, Reason
from ledger.policy.visibility import EVERYTHING
from projections.reports.cycle_times import Count, CycleTime, counts, cycle_times
from support.creditor import Creditor, invoice
from support.examples import SAM
from support.given import day


def dispute(number: str, case: int, **more: Any) -> OpenDispute:
    facts = {"reason": Reason.PRICE, "comment": "Less.", "case_id": UUID(int=case)} | more
    return OpenDispute(invoice=number, **facts)


def rejected(number: str) -> ResolveDispute:
    return ResolveDispute(invoice=number, outcome=Outcome.REJECTED)


def lasting(creditor: Creditor, days: list[int], **more: Any) -> None:
    """A case for each: opened on the first of March, resolved so many days later."""
    for n in days:
        number = f"F{n}"
        creditor.execute(invoice(number, **more), dispute(number, n), on="2026-03-01")
        creditor.execute(rejected(number), on=f"2026-03-{1 + n:02}")


def lags(creditor: Creditor, by: str | None = None) -> dict[str, CycleTime]:
    with creditor.reading() as conn:
        return {
            f"{one.group} {one.lag}".strip(): one
            for one in cycle_times("default", by, scope=EVERYTHING).fetch(conn)
        }


def counted(creditor: Creditor, on: str = "2026-03-31", by: str | None = None) -> list[Count]:
    with creditor.reading() as conn:
        return counts("default", day(on), by, scope=EVERYTHING).fetch(conn)


def test_mean_median_and_90th_percentile(creditor: Creditor) -> None:
    lasting(creditor, [1, 2, 3, 4, 10, 16])
    assert lags(creditor)["resolution"] == CycleTime("", "resolution", 6, 6.0, 3.5, 13.0)


def test_between_two_the_median_lies_in_the_middle(creditor: Creditor) -> None:
    lasting(creditor, [1, 4])
    assert lags(creditor)["resolution"] == CycleTime("", "resolution", 2, 2.5, 2.5, 3.7)


def test_every_lag_runs_between_its_own_points(creditor: Creditor) -> None:
    creditor.execute(invoice("F1"), dispute("F1", 1, raised_on="2026-02-27"))
    creditor.execute(AssignResolver(invoice="F1", resolver=SAM), on="2026-03-04")
    creditor.execute(RecordAnswer(invoice="F1", answer=Answer.SOLVED), on="2026-03-09")
    creditor.execute(rejected("F1"), on="2026-03-10")
    creditor.execute(RecordOutcomeNotice(invoice="F1"), on="2026-03-14")
    creditor.execute(ReceivePayment(invoice="F1", reference="P1", amount=100), on="2026-03-31")
    assert {lag: one.mean for lag, one in lags(creditor).items()} == {
        "detection": 3,
        "assignment": 2,
        "response": 5,
        "resolution": 8,
        "worked": 8,
        "settlement": 4,
        "resumption": 0,
        "cash": 21,
    }
    assert [*lags(creditor)][:4] == ["detection", "assignment", "response", "resolution"]


def test_what_begins_and_ends_on_one_day_takes_no_days_and_counts(creditor: Creditor) -> None:
    creditor.execute(invoice("F1"), dispute("F1", 1), AssignResolver(invoice="F1", resolver=SAM))
    creditor.execute(rejected("F1"))
    shown = lags(creditor)
    assert {one.mean for one in shown.values()} == {0.0}
    assert {"detection", "assignment", "response", "resolution", "worked"} <= set(shown)


def test_who_paid_before_the_decision_has_a_lag_below_zero(creditor: Creditor) -> None:
    creditor.execute(invoice("F1"), dispute("F1", 1))
    creditor.execute(ReceivePayment(invoice="F1", reference="P1", amount=100), on="2026-03-05")
    creditor.execute(ResolveDispute(invoice="F1", outcome=Outcome.PAID), on="2026-03-09")
    assert lags(creditor)["cash"].mean == -4


def test_of_a_reopened_case_elapsed_and_worked_differ(creditor: Creditor) -> None:
    creditor.execute(invoice("F1"), dispute("F1", 1), on="2026-03-02")
    creditor.execute(rejected("F1"), on="2026-03-05")
    creditor.execute(ReopenDispute(invoice="F1", why="Not so."), on="2026-03-15")
    assert "resolution" not in lags(creditor)
    creditor.execute(rejected("F1"), on="2026-03-17")
    shown = lags(creditor)
    assert (shown["resolution"].mean, shown["worked"].mean) == (15, 3 + 2)
    assert [(one.resolved, one.reopened) for one in counted(creditor)] == [(1, 1)]


def test_a_voided_case_counts_nowhere(creditor: Creditor) -> None:
    creditor.execute(invoice("F1"), dispute("F1", 1), VoidDispute(invoice="F1", why="A mistake."))
    assert lags(creditor) == {}
    assert counted(creditor) == []


def test_a_result_without_an_opening_counts_nowhere(creditor: Creditor) -> None:
    heard = ResolveDispute(
        invoice="F1", outcome=Outcome.REJECTED, case_id=UUID(int=1), unopened=True
    )
    creditor.execute(invoice("F1"), heard)
    assert lags(creditor) == {}
    assert counted(creditor) == []


def test_a_case_over_several_invoices_counts_once_and_ends_with_the_last(
    creditor: Creditor,
) -> None:
    creditor.execute(invoice("F1"), invoice("F2"), dispute("F1", 1), dispute("F2", 1))
    creditor.execute(rejected("F1"), on="2026-03-05")
    assert "resolution" not in lags(creditor)
    assert counted(creditor)[0].still_open == 1
    creditor.execute(rejected("F2"), on="2026-03-09")
    assert lags(creditor)["resolution"] == CycleTime("", "resolution", 1, 7.0, 7.0, 7.0)
    assert counted(creditor) == [Count("", 1, 1, 0, 0, None, None, None)]


def test_what_was_voided_of_a_case_does_not_keep_it_open(creditor: Creditor) -> None:
    creditor.execute(invoice("F1"), invoice("F2"), dispute("F1", 1), dispute("F2", 1))
    creditor.execute(VoidDispute(invoice="F1", why="Not this one."), rejected("F2"))
    assert counted(creditor) == [Count("", 1, 1, 0, 0, None, None, None)]


def test_a_case_is_paid_when_all_of_its_invoices_are(creditor: Creditor) -> None:
    creditor.execute(invoice("F1"), invoice("F2"), dispute("F1", 1), dispute("F2", 1))
    creditor.execute(rejected("F1"), rejected("F2"))
    creditor.execute(ReceivePayment(invoice="F1", reference="P1", amount=100), on="2026-03-03")
    assert "cash" not in lags(creditor)
    creditor.execute(ReceivePayment(invoice="F2", reference="P1", amount=100), on="2026-03-12")
    assert lags(creditor)["cash"].mean == 10


def test_beside_the_closed_cases_stands_the_age_of_the_open_ones(creditor: Creditor) -> None:
    lasting(creditor, [5])
    for n, opened_on in enumerate(["2026-03-01", "2026-03-21", "2026-03-26"]):
        creditor.execute(invoice(f"G{n}"), dispute(f"G{n}", 50 + n), on=opened_on)
    assert counted(creditor, "2026-03-31") == [Count("", 4, 1, 3, 0, 15.0, 10.0, 30)]


def test_groups_stand_apart_the_largest_first(creditor: Creditor) -> None:
    lasting(creditor, [1, 3], business_unit="north")
    lasting(creditor, [8], business_unit="south")
    shown = lags(creditor, "business_unit")
    assert shown["north resolution"].mean == 2
    assert shown["south resolution"].mean == 8
    groups = [(one.group, one.opened) for one in counted(creditor, by="business_unit")]
    assert groups == [("north", 2), ("south", 1)]


@pytest.mark.parametrize(
    ("by", "group"),
    [
        ("reason", "price"),
        ("resolver", SAM),
        ("collector", "anna"),
        ("debtor", "D-7"),
        ("outcome", "rejected"),
        ("root_cause", ""),
    ],
)
def test_cases_can_be_grouped_by(creditor: Creditor, by: str, group: str) -> None:
    creditor.execute(invoice("F1"), dispute("F1", 1), AssignResolver(invoice="F1", resolver=SAM))
    creditor.execute(rejected("F1"))
    assert [one.group for one in counted(creditor, by=by)] == [group]
    assert f"{group} resolution".strip() in lags(creditor, by)


def test_an_unknown_group_is_an_error(creditor: Creditor) -> None:
    for ask in (lags, lambda creditor, by: counted(creditor, by=by)):
        with pytest.raises(ValueError, match="cannot group by 'colour'"):
            ask(creditor, "colour")
