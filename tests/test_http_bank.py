"""Bank files over HTTP: imported, proposed, allocated, undone, returned and set aside."""

from typing import Any

import pytest

from api.http.auth.keys import Role
from support.bookings import OWN, Booking, mt940
from support.http_clients import INVOICE, HttpClients, Person, refused

CERTAIN = Booking("1210.00", "Factuur 2026-001")
UNKNOWN = Booking("200.00", "bread", name="Nobody", iban="")
COSTS = Booking("-2.50", "Kosten", name="", iban="")


@pytest.fixture
def with_invoices(anna: Person) -> Person:
    """Two open invoices of a debtor."""
    anna.record("/debtors", {"debtor": "D-7", "name": "Bakkerij De Gouden Krakeling"})
    anna.record("/invoices", INVOICE | {"invoice": "2026-001"})
    anna.record("/invoices", INVOICE | {"invoice": "2026-002", "amount": "150.00"})
    return anna


def imports(person: Person, *bookings: Booking, number: int = 1, **more: Any) -> Any:
    content = mt940(bookings, number, **more)
    answer = person.send(
        f"/bank/statements?name={number}.sta", content, Content_Type="application/octet-stream"
    )
    assert answer.status_code == 201, answer.text
    return answer.json()


def waiting(person: Person, status: str = "waiting", at_least: int = 0) -> list[Any]:
    answer = person.get(f"/bank/transactions?status={status}&at_least={at_least}")
    assert answer.status_code == 200, answer.text
    rows: list[Any] = answer.json()
    return rows


def shown(http: HttpClients, person: Person, status: str = "waiting") -> list[Any]:
    """Return the transactions as they are after all that was recorded."""
    return waiting(person, status, http.entries()[-1].position)


def opened(person: Person, number: str) -> str:
    found: str = person.get(f"/invoices/{number}").json()["invoice"]["open_amount"]
    return found


def test_a_file_is_imported_and_what_is_certain_allocated(
    http: HttpClients, with_invoices: Person
) -> None:
    report = imports(with_invoices, CERTAIN, UNKNOWN, COSTS)
    assert (report["allocated"], report["out"]) == (1, 1)
    again = imports(with_invoices, CERTAIN, UNKNOWN, COSTS)
    assert [part["new"] for part in again["statements"]] == [0]
    assert {row["amount"] for row in shown(http, with_invoices)} == {"200.00", "-2.50"}
    [done] = shown(http, with_invoices, "allocated")
    assert (done["invoices"], done["automatic"]) == (["2026-001"], True)
    assert done["evidence"] == ["invoice number", "exactly what is open"]
    csv = with_invoices.get("/bank/transactions", Accept="text/csv").text.splitlines()
    assert csv[0].startswith("id,transaction,status,account")
    assert len(csv) == 3
    [statement] = with_invoices.get("/bank/statements").json()
    assert (statement["account"], statement["opening"]) == (OWN, "1000.00")
    assert (statement["closing"], statement["problems"]) == ("2407.50", [])


def test_what_cannot_be_read_is_refused_with_its_place(anna: Person) -> None:
    broken = mt940([CERTAIN]).replace(b"C1210,00", b"C12x")
    for content, why in (
        (b"hello", "x: is no bank statement"),
        (b"", "x: is empty"),
        (broken[:-60], "x: line"),
    ):
        answer = anna.send("/bank/statements?name=x", content, Content_Type="text/plain")
        assert refused(answer, 422, "invalid", "")["detail"].startswith(why)


def test_a_person_allocates_undoes_and_sets_aside(http: HttpClients, with_invoices: Person) -> None:
    imports(with_invoices, UNKNOWN)
    [row] = shown(http, with_invoices)
    at = f"/bank/transactions/{row['id']}"
    shares = [
        {"invoice": "2026-002", "amount": "150.00"},
        {"invoice": "2026-001", "amount": "60.00"},
    ]
    answer = with_invoices.post(f"{at}/allocations", {"shares": shares})
    refused(answer, 409, "refused", "/split")
    given = {"shares": [shares[0], {"invoice": "2026-001", "amount": "50.00"}]}
    made = with_invoices.record(f"{at}/allocations", given, Idempotency_Key="k")
    assert with_invoices.record(f"{at}/allocations", given, Idempotency_Key="k") == made
    assert (opened(with_invoices, "2026-002"), opened(with_invoices, "2026-001")) == (
        "0.00",
        "1160.00",
    )
    refused(with_invoices.post(f"{at}/set-aside", {"why": "No."}), 409, "refused", "/transaction")
    with_invoices.record(f"{at}/undo", {"why": "Another customer."})
    assert (opened(with_invoices, "2026-002"), opened(with_invoices, "2026-001")) == (
        "150.00",
        "1210.00",
    )
    with_invoices.record(f"{at}/set-aside", {"why": "Interest."})
    assert [row["why"] for row in shown(http, with_invoices, "set aside")] == ["Interest."]
    with_invoices.record(f"{at}/undo", {"why": "It is a payment."})
    with_invoices.record(
        f"{at}/allocations", {"invoices": ["2026-001", "2026-002"], "debtor": "D-7"}
    )
    assert (opened(with_invoices, "2026-002"), opened(with_invoices, "2026-001")) == (
        "150.00",
        "1010.00",
    )


def test_why_has_the_proposals_and_what_speaks_against_them(
    http: HttpClients, with_invoices: Person
) -> None:
    imports(with_invoices, CERTAIN)
    imports(with_invoices, Booking("150.00", "2026-001"), number=2, opening="2210.00")
    [row] = shown(http, with_invoices)
    file = with_invoices.get(f"/bank/transactions/{row['id']}").json()
    assert file["clues"]["settled"] == ["2026-001"]
    best = file["proposals"][0]
    assert best["shares"] == [{"invoice": "2026-002", "amount": "150.00"}]
    assert not best["is_certain"]
    made = with_invoices.record(
        f"/bank/transactions/{row['id']}/allocations", {"shares": best["shares"]}
    )
    assert made["entries"][0]["data"]["evidence"] == best["evidence"]


def test_money_that_came_back_is_matched(http: HttpClients, with_invoices: Person) -> None:
    imports(with_invoices, CERTAIN)
    imports(with_invoices, Booking("-1210.00", "AC04"), number=2, opening="2210.00")
    [back] = shown(http, with_invoices)
    file = with_invoices.get(f"/bank/transactions/{back['id']}").json()
    [original] = file["returns"]
    with_invoices.record(f"/bank/transactions/{back['id']}/returns", {"original": original["id"]})
    assert opened(with_invoices, "2026-001") == "1210.00"
    assert [row["id"] for row in shown(http, with_invoices, "returned")] == [original["id"]]
    assert [row["id"] for row in shown(http, with_invoices, "matched")] == [back["id"]]


def test_only_who_sees_everything_sees_the_bank(http: HttpClients, with_invoices: Person) -> None:
    imports(with_invoices, UNKNOWN)
    [row] = shown(http, with_invoices)
    north, auditor = http.collector(business_units=["north"]), http.person(Role.AUDITOR)
    for path in ("/bank/transactions", f"/bank/transactions/{row['id']}", "/bank/statements"):
        refused(north.get(path), 403, "not-allowed")
        assert auditor.get(path).status_code == 200
    at = f"/bank/transactions/{row['id']}/set-aside"
    for person in (north, auditor):
        refused(person.post(at, {"why": "No."}), 403, "not-allowed")
    other = http.collector(tenant=http.tenant("other"))
    refused(other.get(f"/bank/transactions/{row['id']}"), 404, "unknown")
    refused(other.post(at, {"why": "No."}), 404, "unknown")
