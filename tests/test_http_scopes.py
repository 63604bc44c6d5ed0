"""Each role sees exactly what it may, and answers do not tell what exists elsewhere."""

import pytest

from commands.handoffs import RecallHandOff
from ledger.facts.books import book_id
from support.examples import CASE, OTHER_CASE
from support.http_clients import refused
from support.two_units import AGENCY, TwoUnits

EVERY = {"H-1", "N-1", "N-2", "S-1", "S-2"}
MAY_SEE = {
    "anna": EVERY,
    "nora": {"N-1", "N-2"},
    "sam": {"N-1"},
    "zoe": set[str](),
    "agency": {"H-1"},
    "rival": set[str](),
    "auditor": EVERY,
    "admin": EVERY,
    "neighbour": {"A-1"},
}


@pytest.mark.parametrize(("who", "seen"), MAY_SEE.items())
def test_invoices_in_the_list_and_one_by_one(two_units: TwoUnits, who: str, seen: set[str]) -> None:
    assert {row["number"] for row in two_units.get(who, "/invoices")} == seen
    for number in EVERY | {"A-1"}:
        expected = 200 if number in seen else 404
        for ours in ("default", "acme"):
            id_ = book_id(ours, "invoice", number)
            there = ours == ("acme" if number == "A-1" else "default")
            for path in ("", "/contact-log"):
                assert two_units.status(who, f"/invoices/{number}{path}") == expected
                by_id = two_units.status(who, f"/invoices/{id_}{path}")
                assert by_id == (expected if there else 404)


@pytest.mark.parametrize(("who", "seen"), MAY_SEE.items())
def test_history_is_for_desk_auditor_and_agency(
    two_units: TwoUnits, who: str, seen: set[str]
) -> None:
    for number in EVERY:
        expected = 200 if number in seen else 404
        if who in ("sam", "zoe"):
            expected = 403
        assert two_units.status(who, f"/invoices/{number}/history") == expected


@pytest.mark.parametrize(
    ("who", "cases"),
    [
        ("anna", {CASE, OTHER_CASE}),
        ("nora", {CASE}),
        ("sam", {CASE}),
        ("zoe", set()),
        ("auditor", {CASE, OTHER_CASE}),
        ("neighbour", set()),
    ],
)
def test_disputes(two_units: TwoUnits, who: str, cases: set[object]) -> None:
    seen = {str(case) for case in cases}
    assert {row["case_id"] for row in two_units.get(who, "/disputes")} == seen
    for case in (CASE, OTHER_CASE):
        expected = 200 if case in cases else 404
        assert two_units.status(who, f"/disputes/{case}") == expected


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("anna", {"N-1", "N-2", "S-1", ""}),
        ("nora", {"N-1", "N-2"}),
        ("sam", {"N-1"}),
        ("zoe", set()),
        ("neighbour", {"A-1"}),
    ],
)
def test_the_agenda(two_units: TwoUnits, who: str, seen: set[str]) -> None:
    rows = two_units.get(who, "/agenda?on=2026-03-20")
    assert {row["invoice"] for row in rows} == seen
    for narrowed in ("resolver=eva", "business_unit=south"):
        rows = two_units.get(who, f"/agenda?on=2026-03-20&{narrowed}")
        assert {row["invoice"] for row in rows} <= seen


def test_debtors_of_a_unit_with_what_they_owe_there(two_units: TwoUnits) -> None:
    assert {row["debtor"] for row in two_units.get("anna", "/debtors")} == {"D-7", "D-8", "D-9"}
    rows = {row["debtor"]: row["balance"] for row in two_units.get("nora", "/debtors")}
    assert rows == {"D-7": "100.00", "D-8": "200.00"}
    assert two_units.status("nora", "/debtors/D-9") == 404
    assert two_units.get("nora", "/debtors/D-7")["balances"][0]["balance"] == "100.00"
    statement = two_units.get("nora", "/debtors/D-7/statement")
    assert [one["number"] for one in statement["invoices"]] == ["N-1"]
    log = two_units.get("nora", "/debtors/D-7/contact-log")
    assert {one["invoice"] for one in log} == {None, "N-1"}
    assert two_units.status("nora", "/debtors/D-9/contact-log") == 404


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("sam", "/debtors"),
        ("sam", "/debtors/D-7"),
        ("agency", "/debtors/D-9/statement"),
        ("agency", "/disputes"),
        ("agency", "/agenda"),
        ("anna", "/events"),
        ("sam", "/events"),
        ("agency", "/events"),
    ],
)
def test_what_is_not_for_a_role(two_units: TwoUnits, who: str, path: str) -> None:
    refused(two_units.people[who].get(path), 403, "not-allowed")


def test_without_a_key_nothing_is_said(two_units: TwoUnits) -> None:
    for path in ("/invoices/N-1", "/invoices/none", "/agenda", "/events"):
        refused(two_units.http.client.get(f"/v1{path}"), 401, "not-authenticated")


@pytest.mark.parametrize(
    ("path", "hidden", "kind"),
    [
        ("/invoices/{}", "A-1", "invoice"),
        ("/invoices/{}/history", "A-1", "invoice"),
        ("/invoices/{}/contact-log", "A-1", "invoice"),
        ("/debtors/{}", "A-D", "debtor"),
        ("/debtors/{}/contact-log", "A-D", "debtor"),
        ("/debtors/{}/statement", "A-D", "debtor"),
    ],
)
def test_anothers_reads_as_what_was_never_there(
    two_units: TwoUnits, path: str, hidden: str, kind: str
) -> None:
    """Word for word, but for the name that was asked for."""
    for name in (hidden, str(book_id("acme", kind, hidden))):
        assert two_units.status("neighbour", path.format(name)) == 200
        other = two_units.people["admin"].get(path.format(name))
        never = two_units.people["admin"].get(path.format("never"))
        assert other.status_code == never.status_code == 404
        assert other.text.replace(name, "never") == never.text


def test_a_unit_of_another_collector_reads_as_what_was_never_there(two_units: TwoUnits) -> None:
    other = two_units.people["nora"].get("/invoices/S-1")
    never = two_units.people["nora"].get("/invoices/never")
    assert other.text.replace("S-1", "never") == never.text


def test_an_agency_sees_it_no_longer_once_it_was_recalled(two_units: TwoUnits) -> None:
    two_units.execute(RecallHandOff(invoice="H-1", why=f"{AGENCY} may stop."))
    assert two_units.get("agency", "/invoices") == []
    assert two_units.status("agency", "/invoices/H-1") == 404
