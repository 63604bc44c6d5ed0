"""A credit goes up the approval limits, by one click in a mail or by a key."""

from typing import Any
from xml.etree import ElementTree

import pytest

from ledger.facts.codes import Purpose
from ledger.facts.invoice.dispute_handling import CreditApproved, CreditPassedOn, CreditRefused
from support.disputing import (
    SAM,
    case_link,
    case_of,
    message_names,
    requested_messages,
    run_dispute,
    send_answer,
    set_up_disputes,
)
from support.http_clients import HttpClients, Person, refused

LEAD, HEAD = "lead@seller.example", "head@seller.example"
APPROVERS = f'approvers: [{{approver: {LEAD}, up_to: "500"}}, {{approver: {HEAD}}}]\n'


@pytest.fixture(autouse=True)
def credit_limits(http: HttpClients, anna: Person) -> None:
    """The playbook says who may approve how much."""
    set_up_disputes(http, anna, APPROVERS)


@pytest.fixture
def proposal(http: HttpClients, anna: Person) -> str:
    """Of 1210.00, of which its resolver proposes to credit 600.00."""
    proposal = case_of(run_dispute(anna, "F-1", comment="Half of it is broken."))
    fields = {"outcome": "credited", "credited-0": "600"}
    assert send_answer(http, case_link(http, proposal), "solved", **fields).status_code == 200
    return proposal


def agenda(http: HttpClients, anna: Person) -> list[Any]:
    on = http.entries()[-1].position
    items: list[Any] = anna.get(f"/agenda?at_least={on}").json()
    return items


def test_what_the_first_may_not_give_alone_is_asked_of_the_next(
    http: HttpClients, anna: Person, proposal: str
) -> None:
    request = requested_messages(http)[-1]
    assert (request.message, request.to) == (f"approval/{proposal}/1", (LEAD,))
    assert request.facts["credit"] == "600.00 EUR"
    assert request.facts["resolver"] == SAM
    assert request.facts["reason_name"] == "Wrong price", "as it stands in the reminder too"
    path, before = case_link(http, proposal, LEAD), len(http.entries())
    page = http.client.get(path).text
    assert "€\xa0600,00" in page
    assert "U mag tot €\xa0500,00 goedkeuren" in page
    assert "Het is opgelost" not in page, "he is asked to approve, not to solve"
    assert send_answer(http, path, "solved", outcome="credited").status_code == 403
    assert len(http.entries()) == before, "nothing is done by looking"
    assert send_answer(http, path, "approve").status_code == 200
    [passed] = http.recorded(CreditPassedOn)
    assert (passed.previous, passed.approver, str(passed.limit)) == (LEAD, HEAD, "500")
    assert http.entries()[-1].by == LEAD
    request = requested_messages(http)[-1]
    assert (request.message, request.to) == (f"approval/{proposal}/2", (HEAD,))
    assert request.facts["approved_by"] == LEAD
    assert send_answer(http, path, "approve").status_code == 403, "it is out of his hands"
    assert agenda(http, anna) == []
    assert send_answer(http, case_link(http, proposal, HEAD), "approve").status_code == 200
    [item] = agenda(http, anna)
    assert (item["action"], item["why"][1]) == ("decide dispute", "a credit of 600.00 is approved")


def test_the_credit_note_is_asked_for_until_it_is_there(
    http: HttpClients, anna: Person, proposal: str
) -> None:
    for who in (LEAD, HEAD):
        send_answer(http, case_link(http, proposal, who), "approve")
    decision = {"outcome": "credited", "credited": "600.00"}
    refused(
        anna.post(f"/disputes/{proposal}/resolve", decision | {"credited": "600.01"}),
        409,
        "refused",
        "/credited",
    )
    anna.record(f"/disputes/{proposal}/resolve", decision)
    [item] = agenda(http, anna)
    assert (item["action"], item["amount"]) == ("issue credit note", "600.00")
    note = {"credit_note": "CN-1", "amount": "600.00"}
    anna.record("/invoices/F-1/credit-notes", note)
    assert agenda(http, anna) == []
    told = [line["what"] for line in anna.get("/invoices/F-1/contact-log").json()]
    credit = [what for what in told if "redit" in what and "asked to" not in what][1:]
    assert credit == [
        f"A credit of 600.00 was requested from {LEAD}.",
        f"The credit of 600.00 exceeds the approval limit of {LEAD} (500.00), so {HEAD} has to"
        " approve it.",
        "A credit of 600.00 was approved.",
        "The dispute was resolved with a credit (600.00 credited, 610.00 still to be paid).",
        "Credit note CN-1 of 600.00 was issued for the dispute.",
    ]


def test_a_refusal_ends_it_and_everybody_sees_why(
    http: HttpClients, anna: Person, proposal: str
) -> None:
    path = case_link(http, proposal, LEAD)
    http.client.headers["Accept-Language"] = "de-AT,de;q=0.9"
    empty = send_answer(http, path, "refuse")
    assert empty.status_code == 422
    page = ElementTree.fromstring(empty.text)
    assert page.get("lang") == empty.headers["content-language"] == "de"
    [wrong] = [one.text for one in page.iter("p") if one.get("role") == "alert"]
    assert wrong == "Sagen Sie, warum es nicht genehmigt ist."
    assert send_answer(http, path, "refuse", text="We agreed nothing.").status_code == 200
    [told] = http.recorded(CreditRefused)
    assert told.why == "We agreed nothing."
    mail = requested_messages(http)[-1]
    assert (mail.message, mail.purpose, mail.to) == (
        f"credit-refusal/{proposal}/1",
        Purpose.CREDIT_REFUSAL,
        (SAM,),
    )
    assert mail.facts["why"] == "We agreed nothing."
    assert "abgelehnt: We agreed nothing." in http.client.get(case_link(http, proposal)).text
    [item] = agenda(http, anna)
    assert item["action"] == "decide dispute"
    assert "its credit was refused: We agreed nothing." in item["why"]


def test_by_a_key_nobody_approves_beyond_his_limit(
    http: HttpClients, anna: Person, proposal: str
) -> None:
    path, yes = f"/disputes/{proposal}/decide-credit", {"decision": "approve"}
    stranger = refused(anna.post(path, yes), 409, "refused")
    assert stranger["detail"].startswith("anna may not approve credits (playbook: approvers)")
    lead, head = http.collector(name=LEAD), http.collector(name=HEAD)
    lead.record(path, yes)
    assert message_names(http)[-1] == f"approval/{proposal}/2", (
        "the next is asked by the same write"
    )
    beyond = refused(lead.post(path, yes), 409, "refused")
    assert (
        "the limit of lead@seller.example is 500 (playbook: approvers/0/up_to)"
        in (beyond["detail"])
    )
    head.record(path, yes)
    assert len(http.recorded(CreditApproved)) == 1
