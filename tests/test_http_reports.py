"""The reports over HTTP: JSON and CSV say the same, and a key sees its units only."""

import csv
import io
from typing import Any

import pytest

from commands.disputes.opening import OpenDispute
from commands.disputes.resolutions import ResolveDispute
from ledger.facts.codes import Outcome, Reason
from support.creditor import invoice
from support.examples import CASE
from support.http_clients import refused
from support.two_units import TwoUnits


@pytest.fixture(autouse=True)
def rejected(two_units: TwoUnits) -> None:
    """The dispute of N-1 is over."""
    two_units.execute(ResolveDispute(invoice="N-1", case_id=CASE, outcome=Outcome.REJECTED))


def as_csv(two_units: TwoUnits, path: str, who: str = "anna") -> list[dict[str, str]]:
    answer = two_units.people[who].get(path, accept="text/csv")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/csv; charset=utf-8")
    assert answer.headers["vary"] == "Accept"
    return list(csv.DictReader(io.StringIO(answer.content.decode(), newline="")))


def plain(row: dict[str, Any]) -> dict[str, str]:
    return {name: "" if value is None else str(value) for name, value in row.items()}


@pytest.mark.parametrize(
    "path",
    [
        "/reports/disputes",
        "/reports/disputes?status=resolved",
        "/reports/items-status",
        "/reports/ageing?on=2026-04-01",
    ],
)
def test_json_and_csv_agree(two_units: TwoUnits, path: str) -> None:
    rows = two_units.get("anna", path)
    assert rows
    assert as_csv(two_units, path) == [plain(row) for row in rows]


def test_a_spreadsheet_runs_nothing_that_was_told_us(two_units: TwoUnits) -> None:
    formula = '=HYPERLINK("http://evil.example")'
    two_units.execute(
        invoice("-1", business_unit="+north", debtor="=D"),
        OpenDispute(invoice="-1", comment=formula, reason=Reason.PRICE),
    )
    [row] = [one for one in as_csv(two_units, "/reports/disputes") if one["invoice"] == "'-1"]
    assert row["comment"] == f"'{formula}"
    assert (row["business_unit"], row["debtor"]) == ("'+north", "'=D")
    [told] = [one for one in two_units.get("anna", "/reports/disputes") if one["invoice"] == "-1"]
    assert told["comment"] == formula


def test_the_cycle_times_have_two_tables(two_units: TwoUnits) -> None:
    told = two_units.get("auditor", "/reports/cycle-times?by=reason")
    assert {row["group"] for row in told["counts"]} == {"price", "quantity_short"}
    assert {row["lag"] for row in told["cycle_times"]} >= {"detection", "resolution"}
    for table in ("counts", "cycle_times"):
        found = as_csv(two_units, f"/reports/cycle-times?by=reason&table={table}")
        assert found == [plain(row) for row in told[table]]


def test_a_page_of_the_dispute_report_has_a_next_one_as_csv_too(two_units: TwoUnits) -> None:
    answer = two_units.people["anna"].get("/reports/disputes?limit=1", accept="text/csv")
    link = answer.headers["link"]
    assert len(as_csv(two_units, link[1 : link.index(">")].removeprefix("/v1"))) == 1


def test_a_key_for_one_unit_sees_its_figures_only(two_units: TwoUnits) -> None:
    assert {row["business_unit"] for row in two_units.get("nora", "/reports/disputes")} == {"north"}
    assert sum(row["invoices"] for row in two_units.get("nora", "/reports/items-status")) == 2
    assert sum(row["invoices"] for row in two_units.get("nora", "/reports/ageing")) == 2
    [count] = two_units.get("nora", "/reports/cycle-times")["counts"]
    assert (count["opened"], count["resolved"]) == (1, 1)


@pytest.mark.parametrize("who", ["sam", "agency"])
def test_reports_are_not_for_everybody(two_units: TwoUnits, who: str) -> None:
    for report in ("disputes", "items-status", "cycle-times", "ageing"):
        refused(two_units.people[who].get(f"/reports/{report}"), 403, "not-allowed")
