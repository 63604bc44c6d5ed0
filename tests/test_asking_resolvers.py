"""How a resolver is asked: what stands in the mail, what another assignment keeps, reminders."""

from typing import Any

import pytest
from msgspec.structs import replace as but

from api.i18n.questions import QUESTIONS
from api.postman.template_context import render_message
from api.postman.templates import Templates
from ledger.facts.codes import Channel, Purpose
from ledger.facts.invoice.dispute_handling import (
    ResolverAnswered,
    ResolverAssigned,
    ResolverChanged,
    ResolverReminded,
)
from ledger.facts.outbound import MessageAsked
from ledger.policy.messages.languages import LANGUAGES
from ledger.policy.playbook.in_force import shipped
from projections.contact_log.sentences import sentence
from support.disputing import (
    EVA,
    SAM,
    case_of,
    message_names,
    requested_messages,
    run_dispute,
    set_up_disputes,
)
from support.http_clients import INVOICE, HttpClients, Person, refused

LINES = [
    {"number": "1", "description": "Flour T55", "quantity": "40", "unit": "PCE", "amount": "480"},
    {"number": "2", "description": "Transport", "amount": "730.00"},
]
PARTLY = "  payment_terms: {rests: disputed amount}\n"


@pytest.fixture
def asked_resolvers(http: HttpClients, anna: Person) -> None:
    """The playbook says who solves what."""
    set_up_disputes(http, anna, PARTLY)


def text_of(asked: MessageAsked, language: str = "") -> str:
    asked = but(asked, language=language or asked.language)
    return render_message(asked, "Acme BV", "Bakkerij Jansen", Templates()).text


def last_request(http: HttpClients) -> MessageAsked:
    return [one for one in requested_messages(http) if one.purpose is Purpose.REQUEST][-1]


def topics(made: Any) -> list[str]:
    return [entry["topic"].partition(".v")[0] for entry in made["entries"]]


@pytest.mark.usefixtures("asked_resolvers")
def test_the_request_says_what_is_disputed_and_who_asks(http: HttpClients, anna: Person) -> None:
    invoice = INVOICE | {"invoice": "F-9", "lines": LINES, "collector": "Anna de Vries"}
    anna.record("/invoices", invoice)
    part = {"invoice": "F-9", "lines": [{"number": "1", "quantity": "10"}], "tax": "2.50"}
    body = {"invoices": [part], "reason": "price", "comment": "Ten too many.", "run": True}
    anna.record("/disputes", body)
    asked = last_request(http)
    text = text_of(asked, "nl")
    assert "€ 122,50 betwist van € 1.210,00" in text.replace("\xa0", " ")
    assert "- Daarvan betwist: Regel 1: Flour T55, 10 PCE, € 120,00" in text.replace("\xa0", " ")
    assert "- Daarvan betwist: belasting, € 2,50" in text.replace("\xa0", " ")
    assert "Transport" not in text, "it is not disputed"
    assert "Anna de Vries leest het." in text
    assert text.rstrip().endswith("Anna de Vries\nAcme BV")
    for language in LANGUAGES:
        assert "Anna de Vries" in text_of(asked, language)


@pytest.mark.usefixtures("asked_resolvers")
def test_of_a_dispute_without_lines_the_request_shows_those_of_the_invoice(
    http: HttpClients, anna: Person
) -> None:
    anna.record("/invoices", INVOICE | {"invoice": "F-9", "lines": LINES})
    body = {"invoices": [{"invoice": "F-9"}], "reason": "price", "comment": "No.", "run": True}
    anna.record("/disputes", body)
    text = text_of(last_request(http), "en")
    assert "- Line 1: Flour T55, 40 PCE, €480.00\n- Line 2: Transport, €730.00" in text


@pytest.mark.usefixtures("asked_resolvers")
@pytest.mark.parametrize(("reason", "part"), [("payment_terms", True), ("price", False)])
def test_the_request_says_what_the_debtor_is_still_asked_for(
    http: HttpClients, anna: Person, reason: str, part: bool
) -> None:
    anna.record("/invoices", INVOICE | {"invoice": "F-9"})
    invoices = [{"invoice": "F-9", "contested": "121.00"}]
    body = {"invoices": invoices, "reason": reason, "comment": "No.", "run": True}
    anna.record("/disputes", body | {"resolver": SAM})
    text = text_of(last_request(http), "en")
    assert ("for the rest they are asked as usual: F-9: €1,089.00." in text) is part
    assert ("nobody asks the debtor for this money" in text) is not part


def test_the_shipped_questions_are_translated() -> None:
    rules = shipped()
    asks = {rules.disputes.asks, *(rules.handling(reason).asks for reason in rules.reasons)}
    assert asks == set(QUESTIONS)


@pytest.mark.usefixtures("asked_resolvers")
def test_a_question_of_ours_and_what_is_added_to_it(http: HttpClients, anna: Person) -> None:
    shipped_question = "Was the damage reported? What do we offer?"
    run_dispute(anna, "F-1", reason="damaged", expected=shipped_question, ask_also="Call me.")
    asked = last_request(http)
    assert asked.facts["asks"] == f"{shipped_question}\nCall me."
    assert "Is de schade gemeld? Wat bieden we aan?\nCall me." in text_of(asked, "nl")


@pytest.mark.usefixtures("asked_resolvers")
def test_the_mails_can_be_seen_before_they_go(http: HttpClients, anna: Person) -> None:
    anna.record("/invoices", INVOICE | {"invoice": "F-9"})
    before = len(http.entries())
    body = {"invoices": [{"invoice": "F-9"}], "reason": "price", "comment": "No."}
    answer = anna.post("/disputes/preview", body | {"expected": "Is it so?", "resolver": EVA})
    assert answer.status_code == 200, answer.text
    messages = {one["purpose"]: one for one in answer.json()["messages"]}
    assert sorted(messages) == ["copy", "receipt", "request"]
    request = messages["request"]
    assert request["to"] == [EVA]
    assert "Is it so?" in request["text"]
    assert "F-9" in request["subject"]
    assert len(http.entries()) == before, "nothing is written"
    refused(anna.post("/disputes/preview", body | {"invoices": [{"invoice": "?"}]}), 404, "unknown")


@pytest.mark.usefixtures("asked_resolvers")
def test_another_resolver_gets_the_same_question_and_day(http: HttpClients, anna: Person) -> None:
    case = case_of(run_dispute(anna, "F-1", expected="What do we offer?"))
    path = f"/disputes/{case}/assign"
    http.clock.advance(days=2)
    anna.record(path, {"resolver": EVA})
    [changed] = http.recorded(ResolverChanged)
    assert (changed.expected, str(changed.follow_up_on)) == ("What do we offer?", "2026-03-09")
    assert last_request(http).facts["asks"] == "What do we offer?"
    assert last_request(http).facts["answer_by"] == "2026-03-09"
    anna.record(path, {"resolver": SAM, "expected": "Wat bieden we aan?"})
    assert http.recorded(ResolverChanged)[-1].expected == "Wat bieden we aan?"
    assert last_request(http).facts["asks"] == "Wat bieden we aan?"
    http.clock.advance(days=10)
    anna.record(path, {"resolver": EVA})
    last = http.recorded(ResolverChanged)[-1]
    assert str(last.follow_up_on) == "2026-03-23", "the day before has passed"
    assert last.expected == "Wat bieden we aan?"


@pytest.mark.usefixtures("asked_resolvers")
def test_the_same_resolver_is_asked_something_else(http: HttpClients, anna: Person) -> None:
    case = case_of(run_dispute(anna, "F-1"))
    path = f"/disputes/{case}/assign"
    assert topics(anna.record(path, {"resolver": SAM})) == []
    asked = {"resolver": SAM, "expected": "What do we offer?", "why": "They accept it."}
    made = topics(anna.record(path, asked))
    assert made == ["resolver-assigned", "message-asked", "message-asked"]
    assert topics(anna.record(path, asked)) == [], "it is so already"
    request = last_request(http)
    assert (request.to, request.facts["asks"]) == ((SAM,), "What do we offer?")
    assert "Why you are asked:\n\n> They accept it." in text_of(request, "en")
    made = topics(anna.record(path, {"resolver": SAM, "follow_up_on": "2026-03-25"}))
    assert made[0] == "resolver-assigned"
    assert http.recorded(ResolverAssigned)[-1].expected == "What do we offer?"
    assert last_request(http).facts["answer_by"] == "2026-03-25"


@pytest.mark.usefixtures("asked_resolvers")
def test_a_reopened_case_says_why_it_is_asked_again(http: HttpClients, anna: Person) -> None:
    case = case_of(run_dispute(anna, "F-1"))
    anna.record(f"/disputes/{case}/resolve", {"outcome": "rejected"})
    anna.record(f"/disputes/{case}/reopen", {"why": "They show the offer."})
    rendered = render_message(last_request(http), "Acme BV", "Bakkerij Jansen", Templates())
    assert rendered.subject.startswith("Opnieuw gevraagd, graag oplossen:")
    assert "Het was al beslist, en is heropend:\n\n> They show the offer." in rendered.text


@pytest.mark.usefixtures("asked_resolvers")
def test_a_reminder_is_a_mail(http: HttpClients, anna: Person) -> None:
    case = case_of(run_dispute(anna, "F-1"))
    path = f"/disputes/{case}/remind"
    assert topics(anna.record(path, {})) == ["resolver-reminded", "message-asked"]
    reminder = requested_messages(http)[-1]
    assert (reminder.purpose, reminder.to) == (Purpose.RESOLVER_REMINDER, (SAM,))
    assert reminder.facts["answer_by"] == "2026-03-05", "three working days, by the playbook"
    [event] = http.recorded(ResolverReminded)
    assert sentence(event).startswith(f"{SAM} was reminded by e-mail to solve the dispute")
    anna.record(path, {})
    assert message_names(http)[-2:] == [f"resolver-reminder/{case}/{n}" for n in (1, 2)]


@pytest.mark.usefixtures("asked_resolvers")
def test_what_is_not_sent_is_not_said_to_be(http: HttpClients, anna: Person) -> None:
    case = case_of(run_dispute(anna, "F-1", resolver="Sam of the depot"))
    path, before = f"/disputes/{case}/remind", message_names(http)
    problem = refused(anna.post(path, {}), 409, "refused", "/channel")
    assert "Nothing can be sent to Sam of the depot" in problem["detail"]
    [entry] = anna.record(path, {"channel": "phone"})["entries"]
    assert entry["data"]["channel"] == "phone"
    [entry] = anna.record(path, {"run": False})["entries"]
    assert entry["data"]["unsent"] == "it was only recorded, as the playbook did not react"
    called, recorded = http.recorded(ResolverReminded)
    assert called.channel is Channel.PHONE
    assert "was reminded by phone" in sentence(called)
    assert "nothing was sent: it was only recorded" in sentence(recorded)
    assert message_names(http) == before


@pytest.mark.usefixtures("asked_resolvers")
def test_an_answer_is_about_the_invoices_that_are_not_over(http: HttpClients, anna: Person) -> None:
    case = case_of(run_dispute(anna, "F-1", "F-2"))
    anna.record(f"/disputes/{case}/resolve", {"outcome": "rejected", "invoice": "F-1"})
    made = anna.record(f"/disputes/{case}/answer", {"answer": "solved", "text": "Credit it."})
    assert topics(made) == ["resolver-answered"]
    assert len(http.recorded(ResolverAnswered)) == 1
    anna.record(f"/disputes/{case}/resolve", {"outcome": "rejected", "invoice": "F-2"})
    over = anna.post(f"/disputes/{case}/answer", {"answer": "solved"})
    assert "resolved already" in refused(over, 409, "refused")["detail"]
