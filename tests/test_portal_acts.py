"""What a debtor lets us know from the page of an invoice: a promise, a payment, a message."""

from contextlib import closing
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from msgspec.structs import replace as but

from commands.context import Context
from commands.execute import execute
from commands.playbook import ApplyPlaybook
from ledger.facts.codes import Channel
from ledger.facts.invoice.follow_up import ContactLogged
from ledger.facts.invoice.payments import PaymentReceived
from ledger.facts.invoice.promises import PromiseMade
from ledger.facts.invoice.registration import DocumentAttached
from ledger.facts.playbook_rules import OwnPromises
from ledger.policy.playbook.in_force import shipped
from ledger.store.ledger import Ledger
from support.desk import faults, plain
from support.http_clients import HttpClients, Person
from support.portal import JAN, DebtorAtForm, hidden_fields, link_to, set_up_portal


@pytest.fixture
def bakery(http: HttpClients, anna: Person) -> DebtorAtForm:
    http.client.app.state.portals = frozenset({"default"})  # type: ignore[attr-defined]
    set_up_portal(http, anna)
    return DebtorAtForm(http, link_to(http))


def test_all_of_it_on_a_day(http: HttpClients, bakery: DebtorAtForm) -> None:
    sent = bakery.send("/promise", **{"day-0": "2026-04-10"})
    assert sent.status_code == 303, faults(sent.text)
    [made] = http.recorded(PromiseMade)
    assert (made.amount, made.promised_for, made.who) == (1210, date(2026, 4, 10), JAN)
    page = plain(http.client.get(sent.headers["location"]).text)
    assert "Your promise is recorded." in page
    assert "promised for 10 April" in page
    again = plain(bakery.page("/promise"))
    assert "You promised €1,210.00 by 10 April 2026." in again
    assert "Write to us to agree on another day." in again
    second = bakery.post("/promise", {"form": str(uuid4()), "day-0": "2026-04-20"})
    assert second.status_code == 422
    assert len(http.recorded(PromiseMade)) == 1


def test_in_parts_and_once(http: HttpClients, bakery: DebtorAtForm) -> None:
    amounts = {"amount-0": "500", "amount-1": "€ 210,50"}
    days = {"day-0": "2026-03-20", "day-1": "2026-04-20", "day-2": "2026-04-30"}
    form = hidden_fields(bakery.page("/promise")) | amounts | days
    first, second = bakery.post("/promise", form), bakery.post("/promise", form)
    assert (first.status_code, second.status_code) == (303, 303)
    assert [(one.amount, one.promised_for) for one in http.recorded(PromiseMade)] == [
        (Decimal(500), date(2026, 3, 20)),
        (Decimal("210.50"), date(2026, 4, 20)),
        (Decimal("499.50"), date(2026, 4, 30)),
    ]


@pytest.mark.parametrize(
    ("fields", "field", "text"),
    [
        ({}, "day-0", "Choose a day."),
        ({"amount-0": "100"}, "day-0", "Choose a day."),
        ({"day-0": "2026-03-01"}, "day-0", "from today to 1 May 2026"),
        ({"day-0": "2026-05-02"}, "day-0", "from today to 1 May 2026"),
        ({"day-0": "2026-03-09", "amount-0": "x"}, "amount-0", "x"),
        ({"day-0": "2026-03-09", "amount-0": "1210.01"}, "amount-0", "Only €1,210.00"),
        (
            {"day-0": "2026-03-09", "day-1": "2026-03-10"},
            "amount-1",
            "above zero",
        ),
        ({"day-0": "2026-03-09", "amount-0": "0.001"}, "page", ""),
        ({"form": "x", "day-0": "2026-03-09"}, "page", "could not be read"),
    ],
)
def test_a_promise_that_cannot_be_meant(
    http: HttpClients, bakery: DebtorAtForm, fields: Any, field: str, text: str
) -> None:
    answer = bakery.send("/promise", **fields)
    assert answer.status_code == 422
    summary = answer.text.partition('id="errors"')[2].partition("</div>")[0]
    assert f'href="#{field}"' in summary, summary
    assert text in plain(summary)
    for value in fields.values():
        assert value in answer.text or value == "x"
    assert http.recorded(PromiseMade) == []


def test_how_much_is_promised_alone_is_a_rule_of_the_playbook(
    http: HttpClients, bakery: DebtorAtForm
) -> None:
    def own(**limits: int) -> None:
        rules = but(shipped(), own_promises=OwnPromises(**limits))
        with closing(Ledger(http.pool)) as ledger:
            execute(ledger, [ApplyPlaybook(rules=rules)], Context("pat", http.clock()))

    own(days=10, parts=2)
    page = bakery.page("/promise")
    assert "Choose a day until 12 March 2026." in plain(page)
    assert 'name="day-1"' in page
    assert 'name="day-2"' not in page
    late = bakery.send("/promise", **{"day-0": "2026-03-13"})
    assert "Choose a day from today to 12 March 2026." in " ".join(faults(late.text))
    own(days=0)
    assert "Write to us to agree on another day." in plain(bakery.page("/promise"))
    own(parts=1)
    assert "In parts" not in plain(bakery.page("/promise"))
    assert bakery.send("/promise", **{"day-0": "2026-03-13"}).status_code == 303


def test_what_is_disputed_is_not_promised(
    http: HttpClients, anna: Person, bakery: DebtorAtForm
) -> None:
    part = {"invoice": "F-1", "contested": "210.00"}
    anna.record("/disputes", {"invoices": [part], "reason": "price", "comment": "x"})
    assert "To pay: €1,000.00." in plain(bakery.page("/promise"))
    assert bakery.send("/promise", **{"day-0": "2026-03-09"}).status_code == 303
    assert [one.amount for one in http.recorded(PromiseMade)] == [1000]


def test_after_two_broken_promises_a_person_judges(
    http: HttpClients, anna: Person, bakery: DebtorAtForm
) -> None:
    for day in ("2026-03-03", "2026-03-04"):
        anna.record("/invoices/F-1/promises", {"promised_for": day})
        anna.record("/invoices/F-1/promises/broken", {})
    assert "Write to us to agree on another day." in plain(bakery.page("/promise"))
    assert bakery.post("/promise", {"form": str(uuid4()), "day-0": "2026-04-20"}).status_code == 422


def test_a_payment_that_they_report_is_no_money_yet(
    http: HttpClients, bakery: DebtorAtForm
) -> None:
    proof = [("files", ("proof.pdf", b"PDF", "application/pdf"))]
    fields = {"day": "2026-02-27", "amount": "1210", "reference": "R-9", "words": "From our bank."}
    sent = bakery.send("/payment", proof, **fields)
    assert sent.status_code == 303, faults(sent.text)
    [contact] = http.recorded(ContactLogged)
    assert contact.summary == (
        "I paid €1,210.00 on 27 February 2026.\nReference of the payment: R-9\nFrom our bank."
    )
    assert (contact.channel, contact.awaits_answer) == (Channel.PORTAL, True)
    assert len(contact.documents) == len(http.recorded(DocumentAttached)) == 1
    assert http.recorded(PaymentReceived) == []
    page = plain(http.client.get(sent.headers["location"]).text)
    assert "we look for your payment" in page
    assert "You wrote to us I paid €1,210.00" in page


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"day": "", "amount": "5"}, "day"),
        ({"day": "2026-03-03", "amount": "5"}, "day"),
        ({"day": "2026-03-01", "amount": ""}, "amount"),
        ({"day": "2026-03-01", "amount": "5", "words": "x" * 10_001}, "words"),
    ],
)
def test_a_payment_that_cannot_be_meant(
    http: HttpClients, bakery: DebtorAtForm, fields: Any, field: str
) -> None:
    answer = bakery.send("/payment", **fields)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert http.recorded(ContactLogged) == []


def test_a_message_waits_for_an_answer_and_pauses(
    http: HttpClients, anna: Person, bakery: DebtorAtForm
) -> None:
    form = hidden_fields(bakery.page("/message")) | {"words": "Which order is it?"}
    first, second = bakery.post("/message", form), bakery.post("/message", form)
    assert (first.status_code, second.status_code) == (303, 303)
    [contact] = http.recorded(ContactLogged)
    assert contact.summary == "Which order is it?"
    at = http.entries()[-1].position
    rows = anna.get(f"/agenda?at_least={at}&on=2026-03-31").json()
    assert "answer debtor" in {row["action"] for row in rows}
    reply = {"channel": "phone", "direction": "out", "summary": "PO-1.", "who": "Jan"}
    anna.record("/invoices/F-1/contacts", reply)


def test_too_many_files_and_too_much_of_them_are_refused(
    http: HttpClients, bakery: DebtorAtForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    seven = [("files", (f"{n}.txt", b"x", "text/plain")) for n in range(7)]
    assert bakery.send("/message", seven, words="Hello.").status_code == 413
    monkeypatch.setenv("DOSSIER_LINK_BYTES", "10")
    large = [("files", ("a.txt", b"x" * 11, "text/plain"))]
    answer = bakery.send("/message", large, words="Hello.")
    assert answer.status_code == 422
    assert "Hello." in answer.text
    assert http.recorded(ContactLogged) == []


def test_a_form_of_nobody_s_page_is_refused(http: HttpClients, bakery: DebtorAtForm) -> None:
    answer = http.client.post(f"{bakery.path}/message", json={"words": "x"})
    assert answer.status_code == 422
    assert http.recorded(ContactLogged) == []


def test_one_file_too_many_is_named_as_such(http: HttpClients, bakery: DebtorAtForm) -> None:
    files = [("files", (f"{nth}.jpg", b"JPEG", "image/jpeg")) for nth in range(7)]
    answer = bakery.send("/message", files, words="x")
    assert answer.status_code == 413
    assert "At most 6 files, 20 MB together." in plain(answer.text)
    assert bakery.send("/message", files[:6], words="x").status_code == 303
    assert len(http.recorded(DocumentAttached)) == 1, "the same photo six times"


def test_a_form_that_is_changed_and_sent_again_counts_again(
    http: HttpClients, bakery: DebtorAtForm
) -> None:
    form = hidden_fields(bakery.page("/message"))
    for words in ("One box.", "Two boxes.", "Two boxes."):
        assert bakery.post("/message", form | {"words": words}).status_code == 303
        http.clock.advance(minutes=1)
    assert [e.summary for e in http.recorded(ContactLogged)] == ["One box.", "Two boxes."]
    form = hidden_fields(bakery.page("/promise"))
    assert bakery.post("/promise", form | {"day-0": "2026-03-20"}).status_code == 303
    other_day = bakery.post("/promise", form | {"day-0": "2026-03-30"})
    assert other_day.status_code == 422, "it is not taken for the second tap of the first"
    assert "Write to us to agree on another day." in plain(other_day.text)
