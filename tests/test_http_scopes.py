"""Each role sees exactly what it may, and answers do not tell what exists elsewhere."""

from collections.abc import Iterator

import pytest

from commands.handoffs import RecallHandOff
from ledger.books import book_id
from support.examples import CASE, OTHER_CASE
from support.http_clients import refused
from support.two_units import AGENCY, Town, town

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


@pytest.fixture
def desk(database_url: str) -> Iterator[Town]:
    with town(database_url) as built:
        yield built


@pytest.mark.parametrize(("who", "seen"), MAY_SEE.items())
def test_invoices_in_the_list_and_one_by_one(desk: Town, who: str, seen: set[str]) -> None:
    assert {row["number"] for row in desk.get(who, "/invoices")} == seen
    for number in EVERY | {"A-1"}:
        expected = 200 if number in seen else 404
        for ours in ("default", "acme"):
            id_ = book_id(ours, "invoice", number)
            there = ours == ("acme" if number == "A-1" else "default")
            for path in ("", "/contact-log"):
                assert desk.status(who, f"/invoices/{number}{path}") == expected
                by_id = desk.status(who, f"/invoices/{id_}{path}")
                assert by_id == (expected if there else 404)


@pytest.mark.parametrize(("who", "seen"), MAY_SEE.items())
def test_history_is_for_desk_auditor_and_agency(desk: Town, who: str, seen: set[str]) -> None:
    for number in EVERY:
        expected = 200 if number in seen else 404
        if who in ("sam", "zoe"):
            expected = 403
        assert desk.status(who, f"/invoices/{number}/history") == expected


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
def test_disputes(desk: Town, who: str, cases: set[object]) -> None:
    seen = {str(case) for case in cases}
    assert {row["case_id"] for row in desk.get(who, "/disputes")} == seen
    for case in (CASE, OTHER_CASE):
        expected = 200 if case in cases else 404
        assert desk.status(who, f"/disputes/{case}") == expected


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
def test_the_agenda(desk: Town, who: str, seen: set[str]) -> None:
    rows = desk.get(who, "/agenda?on=2026-03-20")
    assert {row["invoice"] for row in rows} == seen
    for narrowed in ("resolver=eva", "business_unit=south"):
        rows = desk.get(who, f"/agenda?on=2026-03-20&{narrowed}")
        assert {row["invoice"] for row in rows} <= seen


def test_debtors_of_a_unit_with_what_they_owe_there(desk: Town) -> None:
    assert {row["debtor"] for row in desk.get("anna", "/debtors")} == {"D-7", "D-8", "D-9"}
    rows = {row["debtor"]: row["balance"] for row in desk.get("nora", "/debtors")}
    assert rows == {"D-7": "100.00", "D-8": "200.00"}
    assert desk.status("nora", "/debtors/D-9") == 404
    assert desk.get("nora", "/debtors/D-7")["balances"][0]["balance"] == "100.00"
    statement = desk.get("nora", "/debtors/D-7/statement")
    assert [one["number"] for one in statement["invoices"]] == ["N-1"]
    log = desk.get("nora", "/debtors/D-7/contact-log")
    assert {one["invoice"] for one in log} == {None, "N-1"}
    assert desk.status("nora", "/debtors/D-9/contact-log") == 404


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
def test_what_is_not_for_a_role(desk: Town, who: str, path: str) -> None:
    refused(desk.people[who].get(path), 403, "not-allowed")


def test_without_a_key_nothing_is_said(desk: Town) -> None:
    for path in ("/invoices/N-1", "/invoices/none", "/agenda", "/events"):
        refused(desk.house.client.get(f"/v1{path}"), 401, "not-authenticated")


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
    desk: Town, path: str, hidden: str, kind: str
) -> None:
    """Word for word, but for the name that was asked for."""
    for name in (hidden, str(book_id("acme", kind, hidden))):
        assert desk.status("neighbour", path.format(name)) == 200
        other = desk.people["admin"].get(path.format(name))
        never = desk.people["admin"].get(path.format("never"))
        assert other.status_code == never.status_code == 404
        assert other.text.replace(name, "never") == never.text


def test_a_unit_of_another_collector_reads_as_what_was_never_there(desk: Town) -> None:
    other = desk.people["nora"].get("/invoices/S-1")
    never = desk.people["nora"].get("/invoices/never")
    assert other.text.replace("S-1", "never") == never.text


def test_an_agency_sees_it_no_longer_once_it_was_recalled(desk: Town) -> None:
    desk.does(RecallHandOff(invoice="H-1", why=f"{AGENCY} may stop."))
    assert desk.get("agency", "/invoices") == []
    assert desk.status("agency", "/invoices/H-1") == 404
