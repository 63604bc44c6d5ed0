"""What a key may not do by a detour: the attacks of a review, each on a running application."""

from hashlib import sha256
from typing import Any

import pytest

from api.http.auth.keys import Role
from commands.disputes.resolutions import ResolveDispute
from commands.invoices.contacts import AddNote
from ledger.facts.books import book_id
from ledger.facts.codes import Outcome
from support.creditor import debtor
from support.examples import CASE
from support.http_clients import Person, refused
from support.two_units import TwoUnits

OPEN = {"on": "2026-03-02", "channel": "phone", "direction": "in", "summary": "x"}
SECRET = b"the contact log of S-2, with names and sums"


def attach(who: Person, number: str, content: bytes) -> str:
    files = {"file": ("letter.pdf", content, "application/pdf")}
    path = f"/v1/invoices/{number}/documents"
    answer = who.client.post(path, files=files, headers=who.headers({}))
    assert answer.status_code == 201, answer.text
    return sha256(content).hexdigest()


def code_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


@pytest.fixture
def nora(two_units: TwoUnits) -> Person:
    """Collector of the unit north, to whom the invoices N-1 and N-2 belong."""
    two_units.execute(debtor("D-8"), debtor("D-9"))
    return two_units.people["nora"]


def test_a_document_of_another_file_is_not_read_by_naming_it(
    two_units: TwoUnits, nora: Person
) -> None:
    secret = attach(two_units.people["anna"], "S-2", SECRET)
    never = "0" * 64
    about = [
        ("/invoices/N-1/contacts", OPEN),
        ("/debtors/D-8/contacts", OPEN),
        (
            "/invoices",
            {"invoice": "N-9", "amount": "1", "due_on": "2026-04-01", "business_unit": "north"},
        ),
    ]
    for path, body in about:
        field = "document" if path == "/invoices" else "documents"
        for address in (secret, never):
            named = address if field == "document" else [address]
            problem = refused(nora.post(path, body | {field: named}), 404, "unknown")
            assert problem["code"] == "no-document"
    refused(nora.get(f"/invoices/N-1/documents/{secret}"), 404, "unknown")
    own = attach(nora, "N-1", b"their own letter")
    nora.record("/invoices/N-1/contacts", OPEN | {"documents": [own]})
    assert nora.get(f"/invoices/N-1/documents/{own}").content == b"their own letter"
    two_units.people["anna"].record("/invoices/N-2/contacts", OPEN | {"documents": [secret]})
    assert nora.get(f"/invoices/N-2/documents/{secret}").content == SECRET, "it is of the file now"


def test_the_manifest_is_not_shown_to_who_may_not_have_the_files(
    two_units: TwoUnits, nora: Person
) -> None:
    anna = two_units.people["anna"]
    made = anna.record("/handoffs", {"invoices": ["N-2", "S-2"], "agency": "Incasso BV"})
    two_units.catch_up()
    path = f"/handoffs/{made['handoff_id']}"
    assert anna.get(path).json()["manifest_sha256"] == made["manifest_sha256"]
    assert nora.get(path).json()["manifest_sha256"] is None
    assert nora.get(f"{path}/files").status_code == 403
    assert made["manifest_sha256"] in anna.get("/invoices/N-2/history").text
    assert made["manifest_sha256"] not in nora.get("/invoices/N-2/history").text
    asked = nora.post("/invoices/N-1/contacts", OPEN | {"documents": [made["manifest_sha256"]]})
    assert code_of(asked) == (404, "no-document")


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMIN])
def test_the_log_is_for_keys_of_all_units(two_units: TwoUnits, role: Role) -> None:
    limited = two_units.http.person(role, business_units=["north"])
    for accept in ("application/json", "text/event-stream"):
        answer = limited.get("/events", Accept=accept)
        refused(answer, 403, "not-allowed")
        assert "S-1" not in answer.text


def test_what_concerns_all_units_is_for_keys_of_all(two_units: TwoUnits, nora: Person) -> None:
    admin = two_units.http.person(Role.ADMIN, business_units=["north"])
    days = {"first": "2026-01-01", "last": "2026-02-01"}
    refused(admin.post("/playbook/simulate", days), 403, "not-allowed")
    refused(admin.post("/playbook", {"rules": {}, "why": "x"}), 403, "not-allowed")
    files = {"file": ("a.pdf", b"x", "application/pdf")}
    answer = nora.client.post("/v1/inbox/documents", files=files, headers=nora.headers({}))
    refused(answer, 403, "not-allowed")


WRITES: list[tuple[str, dict[str, Any]]] = [
    ("corrections", {"email": "mallory@evil.example", "why": "x"}),
    ("holds", {"reason": "x"}),
    ("holds/release", {"why": "x"}),
    ("credit-checks", {"result": "x"}),
    ("contacts", OPEN),
    ("notes", {"text": "x"}),
    ("money", {"reference": "R9", "amount": "1.00"}),
    ("returns", {"reference": "R1", "amount": "1.00", "why": "x"}),
    ("allocations", {"reference": "R1", "amount": "1.00", "invoice": "N-1"}),
]


@pytest.mark.parametrize(("path", "body"), WRITES)
def test_a_debtor_of_another_unit_cannot_be_written_to(
    two_units: TwoUnits, nora: Person, path: str, body: dict[str, Any]
) -> None:
    """D-9 has invoices in the south only; word for word as a debtor that never was."""
    before = len(two_units.http.entries())
    for name in ("D-9", str(book_id("default", "debtor", "D-9"))):
        answer = nora.post(f"/debtors/{name}/{path}", body, If_Match='"7"')
        never = nora.post(f"/debtors/never/{path}", body, If_Match='"7"')
        assert code_of(answer) == (404, "no-debtor")
        assert answer.text.replace(name, "never") == never.text
    assert len(two_units.http.entries()) == before


def test_details_and_holds_of_a_debtor_of_several_units_are_for_keys_of_all(
    two_units: TwoUnits, nora: Person
) -> None:
    """D-7 has invoices in the north and in the south, D-8 in the north only."""
    taken = {"debtor": "D-7", "name": "Mallory", "email": "mallory@evil.example"}
    assert code_of(nora.post("/debtors", taken)) == (409, "number-taken")
    assert code_of(nora.post("/debtors", taken | {"debtor": "D-9"})) == (409, "number-taken")
    for path, body in WRITES[:4]:
        assert code_of(nora.post(f"/debtors/D-7/{path}", body)) == (409, "debtor-of-other-units")
    nora.record("/debtors/D-7/notes", {"text": "called"})
    nora.record("/debtors", {"debtor": "D-8", "name": "Smit"})
    nora.record("/debtors/D-8/holds", {"reason": "x"})
    nora.record("/debtors", {"debtor": "D-10", "name": "New"})
    fresh = {"invoice": "N-5", "amount": "1", "due_on": "2026-04-01", "debtor": "D-10"}
    nora.record("/invoices", fresh | {"business_unit": "north"})
    nora.record("/debtors/D-10/corrections", {"name": "Newer", "why": "x"})


def test_a_registration_tells_nothing_of_other_units_but_that_the_number_is_taken(
    two_units: TwoUnits, nora: Person
) -> None:
    anna = two_units.people["anna"]
    new = {"amount": "300.00", "due_on": "2026-02-28", "on": "2026-02-01", "debtor": "D-7"}
    other = new | {"business_unit": "south"}
    free = nora.post("/invoices", other | {"invoice": "free"})
    assert code_of(free) == (409, "other-business-unit")
    assert nora.post("/invoices", other | {"invoice": "S-1"}).text == free.text
    own = new | {"business_unit": "north"}
    assert code_of(nora.post("/invoices", own | {"invoice": "S-1"})) == (409, "number-taken")
    anna.record("/debtors/D-7/credit-checks", {"result": "C", "limit": "650.00"})
    [entry] = nora.record("/invoices", own | {"invoice": "N-7"})["entries"]
    assert entry["flags"] == [], "it is like S-1, and D-7 owes too much there"
    two_units.catch_up()
    [entry] = anna.record("/invoices", own | {"invoice": "N-8"})["entries"]
    assert entry["flags"] == ["likely_duplicate", "over_credit_limit"]


def test_a_resolver_reads_their_own_case_until_it_is_over(two_units: TwoUnits) -> None:
    sam, anna = two_units.people["sam"], two_units.people["anna"]
    two_units.execute(AddNote(invoice="N-1", text="Between us: they are in trouble."))
    mine = attach(anna, "N-1", b"the order")
    body = {"invoices": [{"invoice": "N-1", "contested": "1.00"}], "reason": "damaged"}
    opened = anna.record("/disputes", body | {"comment": "The other dispute."})
    theirs = next(e["data"]["case_id"] for e in opened["entries"] if "case_id" in e["data"])
    two_units.catch_up()
    for path in ("/invoices/N-1", "/invoices/N-1/contact-log"):
        assert "The other dispute" in anna.get(path).text
        assert "The other dispute" not in sam.get(path).text
        assert str(theirs) not in sam.get(path).text
    assert "in trouble" in anna.get("/invoices/N-1/contact-log").text
    assert "in trouble" not in sam.get("/invoices/N-1/contact-log").text
    assert sam.get(f"/invoices/N-1/documents/{mine}").content == b"the order"
    two_units.execute(ResolveDispute(invoice="N-1", case_id=CASE, outcome=Outcome.REJECTED))
    for path in ("", "/contact-log", f"/documents/{mine}"):
        refused(sam.get(f"/invoices/N-1{path}"), 404, "unknown")
    refused(sam.get(f"/disputes/{CASE}"), 404, "unknown")
    assert [sam.get(path).json() for path in ("/invoices", "/disputes", "/agenda")] == [[], [], []]
    answer = sam.post(f"/disputes/{CASE}/answer", {"answer": "solved"})
    assert code_of(answer) == (404, "no-dispute")
