"""An item of the agenda over HTTP: called done, put off, and gone until it is due anew."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest

from api.http.kit.task_ids import decode, encode
from ledger.facts.books import DEBTOR, INVOICE, REQUEST
from ledger.policy.refusal import NotFound
from support.examples import CASE
from support.http_clients import refused
from support.two_units import TwoUnits


def items(two_units: TwoUnits, on: str, **filters: str) -> dict[str, str]:
    """The ids of what is to be done on that day, by invoice or else by what it is."""
    two_units.catch_up()
    query = "".join(f"&{name}={value}" for name, value in filters.items())
    rows = two_units.get("anna", f"/agenda?on={on}{query}")
    return {row["invoice"] or row["action"]: row["id"] for row in rows}


def say(two_units: TwoUnits, path: str, body: Any, who: str = "anna", **headers: str) -> Any:
    return two_units.people[who].post(f"/agenda/{path}", body, **headers)


def events(answer: Any) -> list[tuple[str, Any]]:
    assert answer.status_code == 201, answer.text
    return [(entry["topic"], entry["data"]) for entry in answer.json()["entries"]]


def test_what_was_done_leaves_until_it_is_due_anew(two_units: TwoUnits) -> None:
    item = items(two_units, "2026-03-02")["N-2"]
    [(topic, data)] = events(say(two_units, f"{item}/done", {"text": "Left a message."}))
    assert topic == "item-done.v1"
    assert (data["action"], data["due_on"], data["on"]) == (
        "chase debtor",
        "2026-03-01",
        "2026-03-02",
    )
    assert "N-2" not in items(two_units, "2026-03-08")
    assert items(two_units, "2026-03-09")["N-2"] == item
    refused(say(two_units, f"{item}/done", {}), 409, "refused", "/on")
    log = two_units.get("anna", "/invoices/N-2/contact-log")
    assert log[-1]["what"].endswith("was completed: “Left a message.”")


def test_what_was_put_off_comes_back_on_its_day(two_units: TwoUnits) -> None:
    item = items(two_units, "2026-03-02")["N-2"]
    body = {"until": "2026-03-20", "why": "On holiday."}
    [(topic, data)] = events(say(two_units, f"{item}/postpone", body))
    assert (topic, data["until"]) == ("item-postponed.v1", "2026-03-20")
    assert "N-2" not in items(two_units, "2026-03-19")
    assert items(two_units, "2026-03-20")["N-2"] == item
    assert events(say(two_units, f"{item}/postpone", body)) == []
    refused(
        say(two_units, f"{item}/postpone", body | {"until": "2026-03-02"}), 409, "refused", "/until"
    )
    refused(say(two_units, f"{item}/postpone", {"until": "2026-03-20"}), 422, "invalid", "/why")


def test_money_of_a_debtor_waits_too_and_is_not_done_by_hand(two_units: TwoUnits) -> None:
    item = items(two_units, "2026-03-02")["unallocated money"]
    assert "allocate-money" in refused(say(two_units, f"{item}/done", {}), 409, "refused")["detail"]
    body = {"until": "2026-03-20", "why": "They look it up."}
    [(topic, _)] = events(say(two_units, f"{item}/postpone", body))
    assert topic == "debtor-item-postponed.v1"
    assert "unallocated money" not in items(two_units, "2026-03-19")
    assert items(two_units, "2026-03-20")["unallocated money"] == item


def test_a_case_is_chased_by_hand_and_decided_by_its_own_fact(two_units: TwoUnits) -> None:
    item = items(two_units, "2026-03-09", status="disputed")["N-1"]
    [(_, data)] = events(say(two_units, f"{item}/done", {"on": "2026-03-09"}))
    assert data["action"] == "chase resolver"
    assert "N-1" not in items(two_units, "2026-03-15")
    two_units.people["sam"].record(f"/disputes/{CASE}/answer", {"answer": "solved"})
    problem = refused(say(two_units, f"{item}/done", {}), 409, "refused")
    assert "resolve-dispute" in problem["detail"]


def test_asked_twice_with_one_key_it_is_done_once(two_units: TwoUnits) -> None:
    item = items(two_units, "2026-03-02")["N-2"]
    first = say(two_units, f"{item}/done", {}, Idempotency_Key="k1")
    second = say(two_units, f"{item}/done", {}, Idempotency_Key="k1")
    assert second.headers["Idempotency-Replayed"] == "true"
    assert first.json() == second.json()
    stale = say(two_units, f"{item}/done", {"on": "2026-03-20"}, If_Match='"1"')
    assert refused(stale, 412, "moved")["line"] == 2


def test_what_is_no_item_any_more_is_not_there(two_units: TwoUnits) -> None:
    item = items(two_units, "2026-03-02")["N-2"]
    payment = {"reference": "P1", "amount": "200.00"}
    two_units.people["anna"].record("/invoices/N-2/payments", payment, Idempotency_Key="k1")
    ledger = two_units.creditor.ledger
    kept = [e.book_id for e in two_units.http.entries() if e.event.topic == "request-answered.v1"]
    nobody = [
        item,
        encode(ledger.id_of(INVOICE, "N-1"), str(uuid4())),
        encode(ledger.id_of(DEBTOR, "D-7"), "R9"),
        encode(ledger.id_of(REQUEST, "x"), "debtor"),
        *(encode(book, "debtor") for book in kept),
        encode(uuid4(), "debtor"),
        "nonsense",
        "%00",
        "ü",
    ]
    for one in nobody:
        refused(say(two_units, f"{one}/done", {}), 404, "unknown")
        refused(
            say(two_units, f"{one}/postpone", {"until": "2026-03-20", "why": "x"}), 404, "unknown"
        )


def test_a_key_says_nothing_of_what_it_does_not_see(two_units: TwoUnits) -> None:
    item = items(two_units, "2026-03-09")["S-1"]
    body = {"until": "2026-03-20", "why": "x"}
    unseen = refused(say(two_units, f"{item}/postpone", body, "nora"), 404, "unknown")
    nobody = encode(uuid4(), str(CASE))
    same = refused(say(two_units, f"{nobody}/postpone", body, "nora"), 404, "unknown")
    assert unseen["detail"].replace(item, "") == same["detail"].replace(nobody, "")
    refused(say(two_units, f"{item}/postpone", body, "neighbour"), 404, "unknown")
    for who in ("sam", "auditor", "agency"):
        refused(say(two_units, f"{item}/postpone", body, who), 403, "not-allowed")


@pytest.mark.parametrize("item", ["debtor", "R/1 é", "é?>~", "R\t1", f"hold {CASE}", "a" * 300])
def test_an_id_tells_the_book_and_the_item(item: str) -> None:
    book = UUID(int=2**127 + 7)
    made = encode(book, item)
    assert decode(made) == (book, item) == decode(encode(str(book), item))
    assert re.fullmatch(r"[\w.-]+", made, re.ASCII)  # safe in a path
    with pytest.raises(NotFound):
        decode(made + "=")


@pytest.mark.parametrize("given", ["", ".", "x.ZGVidG9y", "ZGVidG9y", f"{CASE}.é"])
def test_what_no_row_carries_is_no_id(given: str) -> None:
    with pytest.raises(NotFound):
        decode(given)


@pytest.mark.parametrize("item", ["", " ", " debtor", "deb\0tor"])
def test_what_no_book_names_an_item_is_no_id(item: str) -> None:
    with pytest.raises(NotFound):
        decode(encode(UUID(int=7), item))
