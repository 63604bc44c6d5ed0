"""Invoices and debtors over HTTP: every route writes what its command says, or says why not."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest

from api.http.auth.keys import Role
from api.http.kit.task_ids import encode
from commands import COMMANDS
from ledger.facts.books import book_id
from support.http_clients import INVOICE, HttpClients, open_http, refused

pytestmark = pytest.mark.no_worker


def test_an_invoice_is_registered_and_a_note_added(http: HttpClients) -> None:
    anna = http.collector(name="anna")
    trace = "0af7651916cd43dd8448eb211c80319c"
    made = anna.record("/invoices", INVOICE, traceparent=f"00-{trace}-b7ad6b7169203331-01")
    assert made["id"] == str(book_id("default", "invoice", "F-1"))
    assert [entry["topic"] for entry in made["entries"]] == ["invoice-registered.v1"]
    answer = anna.post("/invoices/F-1/notes", {"text": "Call first."})
    assert answer.headers["etag"] == '"2"'
    assert answer.json()["position"] == 2
    registered, noted = http.entries()
    assert (registered.by, registered.via) == ("anna", str(anna.key.key_id))
    assert registered.correlation == trace
    assert noted.correlation == answer.headers["x-request-id"]


LIFE: list[tuple[str, dict[str, Any], list[str]]] = [
    ("sendings", {"channel": "e-mail", "to": "ap@x.nl"}, ["invoice-sent"]),
    ("deliveries", {}, ["invoice-delivered"]),
    ("delivery-failures", {"why": "Unknown address."}, ["delivery-failed"]),
    (
        "contacts",
        {"channel": "phone", "direction": "out", "summary": "Pays Friday."},
        ["contact-logged"],
    ),
    ("reminders", {"channel": "e-mail", "on": "2026-03-01"}, ["reminder-sent"]),
    ("late-fees", {"amount": "40.00"}, ["late-fee-charged"]),
    ("late-fees/waivers", {"why": "Courtesy."}, ["late-fee-waived"]),
    ("interest", {"amount": "1.25", "why": "8% over 5 days"}, ["interest-charged"]),
    ("interest/waivers", {"why": "Courtesy."}, ["interest-waived"]),
    ("promises", {"promised_for": "2026-04-01", "amount": "10.00"}, ["promise-made"]),
    ("promises/withdrawn", {"why": "Asked again."}, ["promise-withdrawn"]),
    ("promises", {"promised_for": "2026-04-02", "amount": "10.00"}, ["promise-made"]),
    ("promises/broken", {}, ["promise-broken"]),
    ("promises", {"promised_for": "2026-04-03", "amount": "10.00"}, ["promise-made"]),
    ("promises/kept", {}, ["promise-kept"]),
    ("holds", {"reason": "Christmas", "until": "2026-04-01"}, ["follow-up-held"]),
    ("holds/release", {}, ["follow-up-resumed"]),
    ("follow-up", {"next_step_on": "2026-04-05", "step": "Call."}, ["follow-up-scheduled"]),
    ("payments", {"reference": "B-1", "amount": "100.00"}, ["payment-received"]),
    ("payments/reversals", {"reference": "B-1", "why": "Bounced."}, ["payment-reversed"]),
    ("credit-notes", {"credit_note": "C-1", "amount": "10.00"}, ["credit-note-issued"]),
    ("corrections", {"why": "Typing error.", "due_on": "2026-04-30"}, ["invoice-corrected"]),
    ("write-off", {"why": "Too little.", "amount": "1.00"}, ["written-off"]),
    ("cancellation", {"why": "Sent twice."}, ["invoice-cancelled"]),
]


def test_every_route_writes_what_its_command_says(http: HttpClients) -> None:
    anna = http.collector()
    anna.record("/invoices", INVOICE)
    for path, body, topics in LIFE:
        made = anna.record(f"/invoices/F-1/{path}", body)
        told = [entry["topic"].partition(".v")[0] for entry in made["entries"]]
        assert told == topics, path


def test_debtors(http: HttpClients) -> None:
    anna = http.collector()
    anna.record("/invoices", INVOICE)
    anna.record("/debtors", {"debtor": "D-7", "name": "Bakery"})
    anna.record("/debtors/D-7/corrections", {"why": "New.", "email": "ap@bakery.nl"})
    said = {"channel": "letter", "direction": "in", "summary": "Moved."}
    anna.record("/debtors/D-7/contacts", said)
    anna.record("/debtors/D-7/notes", {"text": "Closed on Monday."})
    anna.record("/debtors/D-7/holds", {"reason": "Court", "until": "2026-05-01"})
    anna.record("/debtors/D-7/holds/release", {"why": "Settled."})
    anna.record("/debtors/D-7/money", {"reference": "B-9", "amount": "500.00"})
    put = {"reference": "B-9", "invoice": "F-1", "amount": "200.00"}
    made = anna.record("/debtors/D-7/allocations", put)
    topics = [entry["topic"] for entry in made["entries"]]
    assert topics == ["money-allocated.v1", "payment-received.v1"]
    anna.record(
        "/debtors/D-7/returns", {"reference": "B-9", "amount": "300.00", "why": "Too much."}
    )
    refused(anna.post("/debtors/D-8/notes", {"text": "Who?"}), 404, "unknown")


def test_a_number_with_a_slash_goes_by_its_id(http: HttpClients) -> None:
    anna = http.collector()
    made = anna.record("/invoices", INVOICE | {"invoice": "2026/001"})
    anna.record(f"/invoices/{made['id']}/notes", {"text": "Found."})
    refused(
        anna.post(f"/invoices/{book_id('x', 'invoice', 'y')}/notes", {"text": "?"}), 404, "unknown"
    )
    assert http.topics() == ["invoice-registered.v1", "note-added.v1"]
    anna.record("/invoices", INVOICE | {"invoice": "F 1 é%"})
    anna.record("/invoices/F%201%20%C3%A9%25/notes", {"text": "Found."})


def test_rules_say_no(http: HttpClients) -> None:
    anna = http.collector()
    anna.record("/invoices", INVOICE)
    problem = refused(
        anna.post("/invoices", INVOICE | {"amount": "1.00"}), 409, "refused", "/amount"
    )
    assert "registered already" in problem["detail"]
    assert problem["code"] == "registered-otherwise"
    much = {"amount": "9999.00", "why": "No."}
    refused(anna.post("/invoices/F-1/write-off", much), 409, "refused", "/amount")
    cents = {"reference": "B", "amount": "1.001"}
    refused(anna.post("/invoices/F-1/payments", cents), 409, "refused", "/amount")
    refused(anna.post("/invoices/F-9/notes", {"text": "?"}), 404, "unknown")


def test_of_many_who_read_the_same_line_one_writes(http: HttpClients) -> None:
    anna = http.collector()
    anna.record("/invoices", INVOICE)

    def note(nth: int) -> int:
        said = {"text": f"Note {nth}."}
        return anna.post("/invoices/F-1/notes", said, If_Match='"1"').status_code

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(note, range(8))) == [201, *[412] * 7]


def test_many_at_once(http: HttpClients) -> None:
    anna = http.collector()

    def register(nth: int) -> int:
        return anna.post("/invoices", INVOICE | {"invoice": f"F-{nth}"}).status_code

    with ThreadPoolExecutor(64) as threads:
        assert set(threads.map(register, range(256))) == {201}
    assert len(http.topics()) == 256


def test_if_match(http: HttpClients) -> None:
    anna = http.collector()
    line = anna.record("/invoices", INVOICE)["line"]
    anna.record("/invoices/F-1/notes", {"text": "One."}, If_Match=f'"{line}"')
    stale = anna.post("/invoices/F-1/notes", {"text": "Two."}, If_Match=f'"{line}"')
    assert refused(stale, 412, "moved")["line"] == 2
    assert stale.headers["etag"] == '"2"'
    odd = anna.post("/invoices/F-1/notes", {"text": "Two."}, If_Match="zwei")
    refused(odd, 422, "invalid", "/If-Match")
    anna.record("/debtors", {"debtor": "D-7", "name": "Bakery"})
    note = anna.post("/debtors/D-7/notes", {"text": "Two."}, If_Match='"7"')
    assert refused(note, 412, "moved")["line"] == 1


def test_who_may(http: HttpClients) -> None:
    anna = http.collector()
    anna.record("/invoices", INVOICE)
    for role in (Role.AUDITOR, Role.RESOLVER, Role.AGENCY):
        other = http.person(role, agency="Acme" if role is Role.AGENCY else None)
        refused(other.post("/invoices/F-1/notes", {"text": "x"}), 403, "not-allowed")
        refused(other.post("/debtors", {"debtor": "D-1", "name": "x"}), 403, "not-allowed")
    http.person(Role.ADMIN).record("/invoices/F-1/notes", {"text": "x"})
    nobody = http.client.post("/v1/invoices/F-1/notes", json={"text": "x"})
    refused(nobody, 401, "not-authenticated")
    north = http.collector(business_units=["north"])
    refused(north.post("/invoices/F-1/notes", {"text": "x"}), 404, "unknown")
    hidden = north.post(f"/invoices/{book_id('default', 'invoice', 'F-1')}/notes", {"text": "x"})
    assert "F-1" not in refused(hidden, 404, "unknown")["detail"]
    elsewhere = INVOICE | {"invoice": "F-2", "debtor": "D-8", "business_unit": "south"}
    refused(north.post("/invoices", elsewhere), 409, "refused", "/business_unit")
    north.record("/invoices", elsewhere | {"business_unit": "north"})
    moved = {"why": "Moved.", "business_unit": "south"}
    answer = north.post("/invoices/F-2/corrections", moved)
    refused(answer, 409, "refused", "/business_unit")
    stranger = http.collector(tenant=http.tenant("other"))
    refused(stranger.post("/invoices/F-1/notes", {"text": "x"}), 404, "unknown")
    id_ = book_id("default", "invoice", "F-1")
    refused(stranger.post(f"/invoices/{id_}/notes", {"text": "x"}), 404, "unknown")


def test_every_example_is_well_formed(database: str) -> None:
    """None of them may be refused for its form."""
    with open_http(database) as http:
        anna = http.collector()
        document = http.client.get("/openapi.json").json()
        schemas = document["components"]["schemas"]
        tried = 0
        for path, item in document["paths"].items():
            if item.get("post", {}).get("operationId") not in {*COMMANDS, "decide-credit"}:
                continue
            said = item["post"]["requestBody"]["content"].get("application/json")
            if said:
                body = schemas[said["schema"]["$ref"].rpartition("/")[2]]["example"]
                at = path.format(
                    invoice="F-1", debtor="D-7", case=uuid4(), item=encode(uuid4(), "debtor")
                )
                answer = anna.post(at.removeprefix("/v1"), body)
                assert answer.status_code in (201, 404, 409), (path, body, answer.text)
                tried += 1
        assert tried > 40
