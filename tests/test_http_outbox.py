"""What the command line has and HTTP had not: the outbox with its texts, keys, and hand-offs."""

from typing import Any

import pytest

from api.http.auth.keys import Role
from support.disputing import run_dispute, set_up_disputes
from support.examples import HANDOFF
from support.http_clients import HttpClients, Person, refused
from support.two_units import TwoUnits


@pytest.fixture
def waiting_messages(
    http: HttpClients, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> list[dict[str, Any]]:
    """A receipt for the debtor, and a question to the resolver with an answer link."""
    monkeypatch.setenv("DOSSIER_MAIL_FROM", "Seller <post@seller.example>")
    monkeypatch.setenv("DOSSIER_PUBLIC_URL", "https://dossier.seller.example")
    set_up_disputes(http, anna)
    made = run_dispute(anna, "F-1")
    rows: list[dict[str, Any]] = anna.get(f"/outbox?at_least={made['position']}").json()
    return rows


def test_the_outbox_lists_what_waits_and_shows_its_text(
    anna: Person, waiting_messages: list[dict[str, Any]]
) -> None:
    by_purpose = {row["purpose"]: row for row in waiting_messages}
    assert {row["status"] for row in waiting_messages} == {"asked"}
    receipt = anna.get(f"/outbox/{by_purpose['receipt']['book_id']}").json()
    assert receipt["to"] == ["jan@bakker.example"]
    assert "F-1" in receipt["subject"] + receipt["text"]
    assert receipt["message"] == by_purpose["receipt"]["message"]


def test_the_token_of_an_answer_link_is_not_shown(
    anna: Person, waiting_messages: list[dict[str, Any]]
) -> None:
    [request] = [row for row in waiting_messages if row["purpose"] == "request"]
    text = anna.get(f"/outbox/{request['book_id']}").json()["text"]
    assert "https://dossier.seller.example" in text
    assert "/a/" not in text or "/a/…" in text


def test_pages_and_filters_of_the_outbox(
    anna: Person, waiting_messages: list[dict[str, Any]]
) -> None:
    assert anna.get("/outbox?status=failed").json() == []
    first = anna.get("/outbox?limit=1")
    link = first.headers["link"].replace("limit=1", "limit=9")
    more = anna.get(link[1 : link.index(">")].removeprefix("/v1")).json()
    assert first.json() + more == waiting_messages


def test_who_may_read_the_outbox(http: HttpClients, waiting_messages: list[Any]) -> None:
    path = f"/outbox/{waiting_messages[0]['book_id']}"
    assert http.person(role=Role.AUDITOR, name="audit").get(path).status_code == 200
    north = http.person(role=Role.COLLECTOR, name="nora", business_units=["north"])
    refused(north.get(path), 403, "not-allowed")
    refused(http.person(role=Role.RESOLVER, name="sam").get(path), 403, "not-allowed")
    stranger = http.person(role=Role.ADMIN, name="them", tenant=http.tenant("acme"))
    refused(stranger.get(path), 404, "unknown")


def test_keys_are_listed_for_admins_without_secrets(two_units: TwoUnits) -> None:
    rows = two_units.get("admin", "/keys")
    assert {row["name"] for row in rows} == set(two_units.people) - {"neighbour"}
    assert not any("sha256" in row or "secret" in row for row in rows)
    [nora] = [row for row in rows if row["name"] == "nora"]
    assert (nora["role"], nora["business_units"]) == ("collector", ["north"])
    for other in ("anna", "auditor", "sam", "agency"):
        assert two_units.status(other, "/keys") == 403


def test_hand_offs_are_listed_to_whom_they_concern(two_units: TwoUnits) -> None:
    [row] = two_units.get("anna", "/handoffs")
    assert (row["handoff_id"], row["agency"]) == (str(HANDOFF), "Incasso BV")
    assert (row["invoices"], row["collecting"], row["on"]) == (1, 1, "2026-03-02")
    assert two_units.get("agency", "/handoffs") == [row]
    for other in ("nora", "rival", "neighbour"):
        assert two_units.get(other, "/handoffs") == []
    assert two_units.status("sam", "/handoffs") == 403
