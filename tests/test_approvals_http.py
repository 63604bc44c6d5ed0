"""A credit goes up the approval limits, by one click in a mail or by a key."""

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest

from ledger.codes import Purpose
from ledger.invoice_events import CreditApproved, CreditPassedOn, CreditRefused
from support.disputing import SAM, asked, case_of, link, names, ready, runs
from support.http_clients import House, Person, house, refused
from test_answers import send, written

LEAD, HEAD = "lead@seller.example", "head@seller.example"
APPROVERS = f'approvers: [{{approver: {LEAD}, up_to: "500"}}, {{approver: {HEAD}}}]\n'


@pytest.fixture
def office(database_url: str) -> Iterator[House]:
    with house(database_url) as made:
        yield made


@pytest.fixture
def anna(office: House) -> Person:
    return ready(office, APPROVERS)


@pytest.fixture
def case(office: House, anna: Person) -> str:
    """Of 1210.00, of which its resolver proposes to credit 600.00."""
    case = case_of(runs(anna, "F-1", comment="Half of it is broken."))
    fields = {"outcome": "credited", "credited-0": "600"}
    assert send(office, link(office, case), "solved", **fields).status_code == 200
    return case


def agenda(office: House, anna: Person) -> list[Any]:
    on = office.entries()[-1].position
    items: list[Any] = anna.get(f"/agenda?at_least={on}").json()
    return items


def test_what_the_first_may_not_give_alone_is_asked_of_the_next(
    office: House, anna: Person, case: str
) -> None:
    request = asked(office)[-1]
    assert (request.message, request.to) == (f"approval/{case}/1", (LEAD,))
    assert request.facts["credit"] == "600.00 EUR"
    assert request.facts["resolver"] == SAM
    assert request.facts["reason_name"] == "Wrong price", "as it stands in the reminder too"
    path, before = link(office, case, LEAD), len(office.entries())
    page = office.client.get(path).text
    assert "€\xa0600,00" in page
    assert "Je mag tot €\xa0500,00 goedkeuren" in page
    assert "Het is opgelost" not in page, "he is asked to approve, not to solve"
    assert send(office, path, "solved", outcome="credited").status_code == 403
    assert len(office.entries()) == before, "nothing is done by looking"
    assert send(office, path, "approve").status_code == 200
    [passed] = written(office, CreditPassedOn)
    assert (passed.previous, passed.approver, str(passed.limit)) == (LEAD, HEAD, "500")
    assert office.entries()[-1].by == LEAD
    request = asked(office)[-1]
    assert (request.message, request.to) == (f"approval/{case}/2", (HEAD,))
    assert request.facts["approved_by"] == LEAD
    assert send(office, path, "approve").status_code == 403, "it is out of his hands"
    assert agenda(office, anna) == []
    assert send(office, link(office, case, HEAD), "approve").status_code == 200
    [item] = agenda(office, anna)
    assert (item["action"], item["why"][1]) == ("decide dispute", "a credit of 600.00 is approved")


def test_the_credit_note_is_asked_for_until_it_is_there(
    office: House, anna: Person, case: str
) -> None:
    for who in (LEAD, HEAD):
        send(office, link(office, case, who), "approve")
    decision = {"outcome": "credited", "credited": "600.00"}
    refused(
        anna.post(f"/disputes/{case}/resolve", decision | {"credited": "600.01"}),
        409,
        "refused",
        "/credited",
    )
    anna.does(f"/disputes/{case}/resolve", decision)
    [item] = agenda(office, anna)
    assert (item["action"], item["amount"]) == ("issue credit note", "600.00")
    note = {"credit_note": "CN-1", "amount": "600.00"}
    anna.does("/invoices/F-1/credit-notes", note)
    assert agenda(office, anna) == []
    told = [line["what"] for line in anna.get("/invoices/F-1/contact-log").json()]
    credit = [what for what in told if "redit" in what and "asked to" not in what][1:]
    assert credit == [
        f"A credit of 600.00 was requested from {LEAD}.",
        f"A credit of 600.00 is beyond the limit of {LEAD}, 500.00, who approves it:"
        f" {HEAD} was asked.",
        "A credit of 600.00 was approved.",
        "The dispute was resolved with a credit (600.00 credited, 610.00 still to be paid).",
        "Credit note CN-1 of 600.00 was issued for the dispute.",
    ]


def test_a_refusal_ends_it_and_everybody_sees_why(office: House, anna: Person, case: str) -> None:
    path = link(office, case, LEAD)
    office.client.headers["Accept-Language"] = "de-AT,de;q=0.9"
    empty = send(office, path, "refuse")
    assert empty.status_code == 422
    page = ElementTree.fromstring(empty.text)
    assert page.get("lang") == empty.headers["content-language"] == "de"
    [wrong] = [one.text for one in page.iter("p") if one.get("role") == "alert"]
    assert wrong == "Sagen Sie, warum es nicht genehmigt ist."
    assert send(office, path, "refuse", text="We agreed nothing.").status_code == 200
    [told] = written(office, CreditRefused)
    assert told.why == "We agreed nothing."
    mail = asked(office)[-1]
    assert (mail.message, mail.purpose, mail.to) == (
        f"credit-refusal/{case}/1",
        Purpose.CREDIT_REFUSAL,
        (SAM,),
    )
    assert mail.facts["why"] == "We agreed nothing."
    assert "abgelehnt: We agreed nothing." in office.client.get(link(office, case)).text
    [item] = agenda(office, anna)
    assert item["action"] == "decide dispute"
    assert "its credit was refused: We agreed nothing." in item["why"]


def test_by_a_key_nobody_approves_beyond_his_limit(office: House, anna: Person, case: str) -> None:
    path, yes = f"/disputes/{case}/decide-credit", {"decision": "approve"}
    stranger = refused(anna.post(path, yes), 409, "refused")
    assert stranger["detail"].startswith("anna may approve no credit (playbook: approvers)")
    lead, head = office.collector(name=LEAD), office.collector(name=HEAD)
    lead.does(path, yes)
    assert names(office)[-1] == f"approval/{case}/2", "the next is asked by the same write"
    beyond = refused(lead.post(path, yes), 409, "refused")
    assert (
        "the limit of lead@seller.example is 500 (playbook: approvers/0/up_to)"
        in (beyond["detail"])
    )
    head.does(path, yes)
    assert len(written(office, CreditApproved)) == 1
