"""A dispute registered in one flow: who is asked, who is told, and each once."""

from typing import Any

import pytest

from ledger.facts.codes import Purpose
from support.disputing import (
    DEBTOR,
    EVA,
    LEO,
    SAM,
    case_of,
    message_names,
    requested_copies,
    requested_messages,
    run_dispute,
    set_up_disputes,
)
from support.http_clients import INVOICE, HttpClients, Person, refused


@pytest.fixture
def dutch_debtor(http: HttpClients, anna: Person) -> None:
    """The playbook says who solves what; the debtor reads Dutch."""
    set_up_disputes(http, anna, language="nl-NL")


def topics(made: Any) -> list[str]:
    return [entry["topic"].partition(".v")[0] for entry in made["entries"]]


@pytest.mark.usefixtures("dutch_debtor")
def test_one_flow_is_one_append(http: HttpClients, anna: Person) -> None:
    made = run_dispute(anna, "F-1", "F-2", comment="We agreed on 10 % less.")
    assert topics(made) == [
        *["dispute-opened"] * 2,
        *["resolver-assigned"] * 2,
        *["message-asked"] * 2,
    ]
    case = case_of(made)
    assert message_names(http) == [f"receipt/{case}", f"request/{case}/1"]
    receipt, request = requested_messages(http)
    assert (receipt.purpose, receipt.to, receipt.language) == (
        Purpose.RECEIPT,
        ("jan@bakker.example",),
        "nl-NL",
    )
    assert (request.purpose, request.to, request.copy_to) == (Purpose.REQUEST, (LEO,), ())
    assert [one.invoice for one in request.about] == ["F-1", "F-2"]
    assert request.facts["asks"] == "Which price was agreed?"
    assert request.facts["comment"] == "We agreed on 10 % less."
    assert request.facts["answer_by"] == "2026-03-09", "five working days"
    assert request.facts["reason_name"] == "Wrong price"
    assert request.facts["disputed"] == "F-1: 1210.00 EUR, F-2: 1210.00 EUR"
    assert request.playbook == 1
    assert receipt.facts["reason"] == "price", "our own name for it is ours"
    assert "asks" not in receipt.facts, "that is between us"
    rows = anna.get(f"/invoices?at_least={made['position']}").json()
    assert [row["undisputed_amount"] for row in rows] == ["0.00"] * 2, "follow-up rests"


@pytest.mark.usefixtures("dutch_debtor")
def test_who_solves_it_goes_by_unit_debtor_and_amount(http: HttpClients, anna: Person) -> None:
    for number, more, resolver in (
        ("F-1", {}, SAM),
        ("F-2", {"unit": "south"}, EVA),
        ("F-3", {"reason": "damaged"}, SAM),
        ("F-4", {"resolver": "pat@seller.example"}, "pat@seller.example"),
    ):
        made = run_dispute(anna, number, **more)
        [given] = [e["data"] for e in made["entries"] if e["topic"] == "resolver-assigned.v1"]
        assert given["resolver"] == resolver
    to = [one.to for one in requested_copies(http)]
    assert to == [(LEO,)] * 4, "who has no mail address gets no copy"
    assert {one.copy_to for one in requested_messages(http)} == {()}, (
        "the link is the resolver's alone"
    )


@pytest.mark.usefixtures("dutch_debtor")
def test_what_the_playbook_suggests_can_be_said_otherwise(http: HttpClients, anna: Person) -> None:
    more = {"resolver": EVA, "expected": "Is 10 % right?", "follow_up_on": "2026-03-04"}
    made = run_dispute(anna, "F-1", **more)
    [given] = [e["data"] for e in made["entries"] if e["topic"] == "resolver-assigned.v1"]
    assert {name: given[name] for name in more} == more
    assert requested_messages(http)[1].facts["answer_by"] == "2026-03-04"


@pytest.mark.usefixtures("dutch_debtor")
def test_without_run_nobody_is_told(http: HttpClients, anna: Person) -> None:
    assert topics(run_dispute(anna, "F-1", run=False)) == ["dispute-opened"]
    body = {"invoices": [{"invoice": "F-1"}], "reason": "price", "comment": "x", "resolver": SAM}
    refused(anna.post("/disputes", body), 409, "refused", "/resolver")


def test_before_a_playbook_was_applied_nobody_is_written_to(http: HttpClients) -> None:
    """F2: who only keeps files by Dossier must not find that it writes to anybody."""
    bob = http.collector(name="bob")
    bob.record("/debtors", DEBTOR)
    case = case_of(run_dispute(bob, "F-1", run=False))
    path = f"/disputes/{case}"
    assert topics(bob.record(f"{path}/assign", {"resolver": SAM})) == ["resolver-assigned"]
    bob.record(f"{path}/resolve", {"outcome": "rejected"})
    assert topics(bob.record(f"{path}/reopen", {"why": "No.", "run": True})) == ["dispute-reopened"]
    assert "message-asked" not in topics(run_dispute(bob, "F-2", resolver=SAM))
    assert message_names(http) == []


@pytest.mark.usefixtures("dutch_debtor")
def test_nobody_is_told_who_cannot_be(http: HttpClients, anna: Person) -> None:
    """No mail address, no acknowledgement, nobody to ask: the agenda says what is missing."""
    made = run_dispute(anna, "F-1", reason="invoice_not_received")
    assert topics(made) == ["dispute-opened", "resolver-assigned"]
    made = run_dispute(anna, "F-2", reason="other")
    assert topics(made) == ["dispute-opened", "message-asked"]
    anna.record("/invoices", INVOICE | {"invoice": "F-3", "debtor": "D-8"})
    one = {"invoices": [{"invoice": "F-3"}], "reason": "other", "comment": "x", "run": True}
    made = anna.record("/disputes", one)
    assert topics(made) == ["dispute-opened"]
    items = anna.get(f"/agenda?action=assign%20resolver&at_least={made['position']}").json()
    assert {item["invoice"] for item in items} == {"F-2", "F-3"}


@pytest.mark.usefixtures("dutch_debtor")
def test_one_case_is_of_one_debtor(http: HttpClients, anna: Person) -> None:
    """The one must not read of the other's invoices."""
    anna.record("/invoices", INVOICE)
    anna.record("/invoices", INVOICE | {"invoice": "F-9", "debtor": "D-8"})
    both = {"invoices": [{"invoice": "F-1"}, {"invoice": "F-9"}], "reason": "price"}
    answer = anna.post("/disputes", both | {"comment": "x", "run": True})
    problem = refused(answer, 409, "refused", "/invoices")
    assert "D-7, D-8" in problem["detail"]
    assert message_names(http) == []


@pytest.mark.usefixtures("dutch_debtor")
def test_the_same_request_twice_asks_once(http: HttpClients, anna: Person) -> None:
    anna.record("/invoices", INVOICE)
    body = {"invoices": [{"invoice": "F-1"}], "reason": "price", "comment": "x", "run": True}
    first = anna.post("/disputes", body, Idempotency_Key="k")
    again = anna.post("/disputes", body, Idempotency_Key="k")
    assert first.json() == again.json()
    case = case_of(first.json())
    assert anna.record("/disputes", body | {"case_id": case})["entries"] == []
    assert len(message_names(http)) == 2


@pytest.mark.usefixtures("dutch_debtor")
def test_the_course_of_a_case(http: HttpClients, anna: Person) -> None:
    made = run_dispute(anna, "F-1", comment="Too much.")
    case = case_of(made)
    before = len(message_names(http))
    path = f"/disputes/{case}"
    assert topics(anna.record(f"{path}/assign", {"resolver": SAM})) == []
    assert topics(anna.record(f"{path}/assign", {"resolver": EVA, "why": "Her customer."})) == [
        "resolver-changed",
        *["message-asked"] * 2,
    ]
    assert topics(anna.record(f"{path}/assign", {"resolver": SAM, "run": False})) == [
        "resolver-changed"
    ]
    solved = {"outcome": "credited", "credited": "121.00", "explanation": "You are right."}
    assert topics(anna.record(f"{path}/resolve", solved)) == [
        "dispute-resolved",
        "follow-up-resumed",
        "message-asked",
    ]
    assert topics(anna.record(f"{path}/resolve", solved)) == []
    http.clock.advance(days=2)
    assert topics(anna.record(f"{path}/reopen", {"why": "They say it was 20 %."})) == [
        "dispute-reopened",
        "follow-up-date-moved",
        *["message-asked"] * 2,
    ]
    anna.record(f"{path}/resolve", {"outcome": "rejected", "explanation": "It was 10 %."})
    assert message_names(http)[before:] == [
        f"request/{case}/2",
        f"outcome/{case}/1",
        f"request/{case}/3",
        f"outcome/{case}/2",
    ]
    second, outcome, third, last = requested_messages(http)[before:]
    assert (second.to, second.facts["why"]) == ((EVA,), "Her customer.")
    assert second.facts["asks"] == "Which price was agreed?"
    assert outcome.to == ("jan@bakker.example",)
    assert outcome.facts["credited"] == "121.00 EUR"
    assert outcome.facts["explanation"] == "You are right."
    assert outcome.facts["outcome"] == "credited"
    assert third.to == (SAM,)
    assert (third.facts["why"], third.facts["answer_by"]) == (
        "They say it was 20 %.",
        "2026-03-11",
    )
    assert last.facts["outcome"] == "rejected"


@pytest.mark.usefixtures("dutch_debtor")
def test_each_invoice_of_a_case_may_end_by_itself(http: HttpClients, anna: Person) -> None:
    case = case_of(run_dispute(anna, "F-1", "F-2"))
    for nth, number in enumerate(("F-1", "F-2"), 1):
        anna.record(f"/disputes/{case}/resolve", {"outcome": "rejected", "invoice": number})
        told = requested_messages(http)[-1]
        assert (told.message, [one.invoice for one in told.about]) == (
            f"outcome/{case}/{nth}",
            [number],
        )
