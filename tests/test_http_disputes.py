"""A case over HTTP: what is said of it is said of all its invoices, or of none."""

from typing import Any
from uuid import uuid4

from api.http.auth.keys import Role
from support.http_clients import INVOICE, HttpClients, Person, refused


def opened(anna: Person, *numbers: str, unit: str = "", **more: Any) -> str:
    """The id of a case over new invoices."""
    for number in numbers:
        anna.record("/invoices", INVOICE | {"invoice": number, "business_unit": unit})
    said = {"reason": "price", "comment": "Ten per cent too much."} | more
    made = anna.record("/disputes", {"invoices": [{"invoice": n} for n in numbers], **said})
    [case] = {entry["data"]["case_id"] for entry in made["entries"]}
    return str(case)


def test_one_case_over_several_invoices(http: HttpClients, anna: Person) -> None:
    case = opened(anna, "F-1", "F-2")
    made = anna.record(f"/disputes/{case}/assign", {"resolver": "sam"})
    assert [entry["topic"] for entry in made["entries"]] == ["resolver-assigned.v1"] * 2
    books = {entry["book_id"] for entry in made["entries"]}
    assert len(books) == 2
    mine = {entry.correlation for entry in http.entries()[-2:]}
    assert len(mine) == 1, "one request"


def test_opening_is_all_or_nothing(http: HttpClients, anna: Person) -> None:
    anna.record("/invoices", INVOICE)
    both = {"invoices": [{"invoice": "F-1"}, {"invoice": "F-9"}], "reason": "price", "comment": "x"}
    refused(anna.post("/disputes", both), 404, "unknown")
    assert http.topics() == ["invoice-registered.v1"]
    none = both | {"invoices": []}
    refused(anna.post("/disputes", none), 422, "invalid", "/invoices")
    odd = both | {"invoices": [{"invoice": "F-1", "contested": "1e3"}]}
    refused(anna.post("/disputes", odd), 422, "invalid", "/invoices/0/contested")
    odd = both | {"invoices": [{"invoice": "F-1", "x": "1"}]}
    refused(anna.post("/disputes", odd), 422, "invalid", "/invoices/0/x")


def test_each_invoice_has_its_own_amount(anna: Person) -> None:
    for number in ("F-1", "F-2"):
        anna.record("/invoices", INVOICE | {"invoice": number})
    parts = [{"invoice": "F-1", "contested": "100.00"}, {"invoice": "F-2", "contested": "7.00"}]
    made = anna.record("/disputes", {"invoices": parts, "reason": "price", "comment": "x"})
    assert [entry["data"]["disputed"] for entry in made["entries"]] == ["100.00", "7.00"]
    case = made["entries"][0]["data"]["case_id"]
    credit = {"amount": "5.00", "approver": "pat"}
    problem = refused(
        anna.post(f"/disputes/{case}/request-credit", credit), 409, "refused", "/invoice"
    )
    assert "F-1, F-2" in problem["detail"]
    anna.record(f"/disputes/{case}/request-credit", credit | {"invoice": "F-2"})
    other = credit | {"invoice": "F-3"}
    refused(anna.post(f"/disputes/{case}/request-credit", other), 404, "unknown")


def test_all_or_nothing_over_a_case(http: HttpClients, anna: Person) -> None:
    case = opened(anna, "F-1", "F-2")
    anna.record(f"/disputes/{case}/resolve", {"outcome": "rejected", "invoice": "F-2"})
    before = len(http.entries())
    credited = {"outcome": "credited"}
    refused(anna.post(f"/disputes/{case}/resolve", credited), 409, "refused")
    assert len(http.entries()) == before


LIFE: list[tuple[str, dict[str, Any], list[str]]] = [
    ("assign", {"resolver": "sam"}, ["resolver-assigned"]),
    ("comment", {"comment": "Twelve per cent."}, ["dispute-comment-updated"]),
    ("reschedule", {"follow_up_on": "2026-03-20", "why": "Away."}, ["follow-up-date-moved"]),
    ("remind", {}, ["resolver-reminded"]),
    ("answer", {"answer": "solved", "text": "Credit it."}, ["resolver-answered"]),
    ("escalate", {"to": "the director", "why": "Late."}, ["dispute-escalated"]),
    ("request-credit", {"amount": "100.00", "approver": "pat"}, ["credit-requested"]),
    ("decide-credit", {"decision": "refuse", "why": "Too much."}, ["credit-refused"]),
    ("request-credit", {"amount": "90.00", "approver": "pat"}, ["credit-requested"]),
    ("decide-credit", {"decision": "approve", "amount": "80.00"}, ["credit-approved"]),
    (
        "resolve",
        {"outcome": "credited", "credited": "80.00", "root_cause": "pricing"},
        ["dispute-resolved", "follow-up-resumed"],
    ),
    ("notice", {"channel": "e-mail"}, ["outcome-notified"]),
    ("reopen", {"why": "Not agreed."}, ["dispute-reopened"]),
    ("void", {"why": "Wrong invoice."}, ["dispute-voided", "follow-up-resumed"]),
]


def test_every_route_writes_what_its_command_says(anna: Person) -> None:
    case = opened(anna, "F-1")
    for path, body, topics in LIFE:
        made = anna.record(f"/disputes/{case}/{path}", body)
        told = [entry["topic"].partition(".v")[0] for entry in made["entries"]]
        assert told == topics, path


def test_deciding_needs_a_decision(anna: Person) -> None:
    path = f"/disputes/{opened(anna, 'F-1')}/decide-credit"
    refused(anna.post(path, {"why": "No."}), 422, "invalid", "/decision")
    refused(anna.send(path, b'{"decision": "\\ud800"}'), 422, "invalid", "/decision")
    refused(anna.post(path, {"decision": "refuse"}), 422, "invalid", "/why")
    refused(anna.post(path, {"decision": "approve", "why": "?"}), 422, "invalid", "/why")
    refused(anna.post(path, {"decision": "approve"}), 409, "refused")


def test_a_resolver_answers_his_own_cases(http: HttpClients, anna: Person) -> None:
    sam, max_ = (http.person(Role.RESOLVER, name) for name in ("sam", "max"))
    mine, other = opened(anna, "F-1", "F-2"), opened(anna, "F-3")
    anna.record(f"/disputes/{mine}/assign", {"resolver": "sam", "invoice": "F-1"})
    anna.record(f"/disputes/{mine}/assign", {"resolver": "max", "invoice": "F-2"})
    position = anna.record(f"/disputes/{other}/assign", {"resolver": "max"})["position"]
    answer = {"answer": "not_mine"}
    [entry] = sam.record(f"/disputes/{mine}/answer?at_least={position}", answer)["entries"]
    assert (entry["topic"], entry["data"]["resolver"]) == ("resolver-answered.v1", "sam")
    refused(sam.post(f"/disputes/{other}/answer", answer), 404, "unknown")
    refused(sam.post(f"/disputes/{mine}/resolve", {"outcome": "credited"}), 403, "not-allowed")
    refused(sam.post(f"/disputes/{mine}/answer", answer | {"invoice": "F-2"}), 404, "unknown")
    max_.record(f"/disputes/{other}/comment", {"comment": "Looked at it."})
    refused(sam.post(f"/disputes/{uuid4()}/answer", answer), 404, "unknown")


def test_business_units_and_tenants_do_not_meet(http: HttpClients, anna: Person) -> None:
    north = http.collector(business_units=["north"])
    case = opened(anna, "F-1", unit="south")
    refused(north.post(f"/disputes/{case}/remind", {}), 404, "unknown")
    anna.record("/invoices", INVOICE | {"invoice": "F-2", "business_unit": "north"})
    same = {"invoices": [{"invoice": "F-2"}], "case_id": case, "reason": "price", "comment": "x"}
    position = north.record("/disputes", same)["position"]
    answer = north.post(f"/disputes/{case}/remind?at_least={position}", {})
    refused(answer, 403, "not-allowed")
    stranger = http.collector(tenant=http.tenant("other"))
    refused(stranger.post(f"/disputes/{case}/remind", {}), 404, "unknown")
    refused(stranger.post("/disputes/x/remind", {}), 422, "invalid", "/case")


def test_if_match_is_of_the_first_invoice(anna: Person) -> None:
    case = opened(anna, "F-1", "F-2")
    assigned = {"resolver": "sam"}
    stale = anna.post(f"/disputes/{case}/assign", assigned, If_Match='"1"')
    assert refused(stale, 412, "moved")["line"] == 2
    anna.record(f"/disputes/{case}/assign", assigned, If_Match='"2"')


LINES = [
    {"number": "1", "description": "Chairs", "quantity": "4", "amount": "800.00"},
    {"number": "2", "description": "Table", "quantity": "1", "amount": "200.00"},
]


def test_a_dispute_by_percent_by_lines_shipping_and_tax(anna: Person) -> None:
    for number in ("F-1", "F-2"):
        anna.record("/invoices", INVOICE | {"invoice": number, "lines": LINES})
    parts = [
        {"invoice": "F-1", "percent": "3"},
        {"invoice": "F-2", "lines": [{"number": "1", "quantity": "1"}], "tax": "42.00"},
    ]
    made = anna.record("/disputes", {"invoices": parts, "reason": "price", "comment": "x"})
    first, second = (entry["data"] for entry in made["entries"])
    assert (first["contested"], first["percent"], first["percent_of"]) == ("36.30", "3", "original")
    assert (second["contested"], second["disputed"], second["tax"]) == ("242.00",) * 2 + ("42.00",)
    assert second["lines"] == [{"number": "1", "amount": "200.00", "quantity": "1"}]
    for number, words in (
        ("F-1", "disputes 3 % of the invoice, 36.30"),
        ("F-2", "line 1 (quantity 1, 200.00) and tax (42.00) of the invoice, 242.00"),
    ):
        assert words in anna.get(f"/invoices/{number}/contact-log").json()[-1]["what"]


def test_a_dispute_over_what_was_not_billed_is_refused(http: HttpClients, anna: Person) -> None:
    anna.record("/invoices", INVOICE | {"lines": LINES})
    wrong: list[tuple[dict[str, Any], int, str]] = [
        ({"lines": [{"number": "9"}]}, 409, "/lines"),
        ({"lines": [{"number": "2", "amount": "200.01"}]}, 409, "/lines"),
        ({"percent": "10", "contested": "5.00"}, 409, "/percent"),
        ({"shipping": "5.005"}, 409, "/shipping"),
        ({"percent": "101"}, 422, "/invoices/0/percent"),
        ({"percent": 10}, 422, "/invoices/0/percent"),
        ({"lines": [{"number": "1", "amount": "1e2"}]}, 422, "/invoices/0/lines/0/amount"),
    ]
    for part, status, pointer in wrong:
        said = {"invoices": [{"invoice": "F-1", **part}], "reason": "price", "comment": "x"}
        slug = "refused" if status == 409 else "invalid"
        refused(anna.post("/disputes", said), status, slug, pointer)
    assert http.topics() == ["invoice-registered.v1"]
