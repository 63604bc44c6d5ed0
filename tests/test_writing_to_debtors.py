"""Writing to a debtor on a page: chosen invoices, a text, a preview, and the outbox."""

from typing import Any

import pytest

from api.http.auth.keys import Role
from ledger.engine.projector import Projector
from ledger.facts.books import book_id
from ledger.facts.outbound import MessageAsked
from projections import READ_MODELS
from support.desk import DeskUser, desk_user, faults, hidden, plain
from support.http_clients import HttpClients, Person

pytestmark = pytest.mark.no_worker

DEBTOR = f"/debtors/{book_id('default', 'debtor', 'D-7')}"
WRITE = f"{DEBTOR}/messages"


@pytest.fixture
def registrar(http: HttpClients) -> Person:
    found = http.collector(name="anna")
    http.applies_the_playbook()
    details = {"name": "Bakkerij Jansen", "email": "jo@jansen.example", "language": "nl"}
    found.record("/debtors", {"debtor": "D-7", **details})
    for number, amount in (("F-1", "1210.00"), ("F-2", "99.50")):
        found.record(
            "/invoices",
            {"invoice": number, "amount": amount, "on": "2026-01-02", "due_on": "2026-02-01",
             "debtor": "D-7"},
        )  # fmt: skip
    return found


@pytest.fixture
def writer(http: HttpClients, registrar: Person) -> DeskUser:
    Projector(http.pool, "default", READ_MODELS, "reader", http.clock).catch_up()
    return desk_user(http, Role.COLLECTOR, "bram")


def send(user: DeskUser, page: str, do: str = "preview", *numbers: str, **fields: str) -> Any:
    form = hidden(page) | {"template": "reminder", "channel": "email", "do": do} | fields
    return user.send(WRITE, {**form, "invoice": list(numbers or ("F-1", "F-2"))})


def asked(http: HttpClients) -> list[MessageAsked]:
    return [e.event for e in http.entries() if isinstance(e.event, MessageAsked)]


def test_a_message_is_previewed_and_sent_once(http: HttpClients, writer: DeskUser) -> None:
    assert WRITE in writer.page(DEBTOR)
    page = writer.page(WRITE)
    assert "Send it" not in plain(page), "nothing is sent unseen"
    shown = send(writer, page)
    words = plain(shown.text)
    assert "jo@jansen.example Herinnering: € 1.309,50 open" in words.replace("\xa0", " ")
    assert "Factuur F-1" in words
    assert asked(http) == []
    sent = send(writer, shown.text, "send")
    assert sent.status_code == 303
    [message] = asked(http)
    assert (message.template, message.debtor, message.to) == (
        *("reminder", "D-7", ("jo@jansen.example",)),
    )
    assert [about.invoice for about in message.about] == ["F-1", "F-2"]
    assert http.entries()[-1].by == "bram"
    assert "waits in the outbox" in plain(writer.page(f"{DEBTOR}?written=1"))
    again = send(writer, shown.text, "send")
    assert again.status_code == 409
    assert "was requested already" in " ".join(faults(again.text))
    assert len(asked(http)) == 1, "one message a debtor a day"


def test_what_changed_since_the_preview_is_shown_again(
    http: HttpClients, registrar: Person, writer: DeskUser
) -> None:
    shown = send(writer, writer.page(WRITE))
    registrar.record("/invoices/F-2/payments", {"amount": "50.00", "reference": "B-1"})
    answer = send(writer, shown.text, "send")
    assert answer.status_code == 409
    assert "It has changed since you saw it." in plain(answer.text)
    assert "1.259,50" in answer.text
    assert asked(http) == []
    assert send(writer, answer.text, "send").status_code == 303


def test_what_follow_up_would_not_send_is_refused(
    http: HttpClients, registrar: Person, writer: DeskUser
) -> None:
    page = writer.page(WRITE)
    dispute = {"reason": "price", "comment": "Too much.", "invoices": [{"invoice": "F-1"}]}
    registrar.record("/disputes", dispute)
    assert "F-1" in " ".join(faults(send(writer, page).text))
    assert send(writer, page, "preview", "F-2").status_code == 200
    nothing = writer.send(WRITE, hidden(page) | {"template": "reminder", "channel": "email"})
    assert "Select at least one invoice." in " ".join(faults(nothing.text))
    registrar.record("/debtors/D-7/holds", {"reason": "insolvency"})
    held = send(writer, page, "preview", "F-2")
    assert held.status_code == 409
    assert "insolvency" in " ".join(faults(held.text))
    letter = send(writer, page, "preview", "F-2", channel="letter")
    assert "No address of the debtor is known" in " ".join(faults(letter.text))
    assert asked(http) == []


def test_who_may_not_send_has_no_page(http: HttpClients, writer: DeskUser) -> None:
    north = desk_user(http, Role.COLLECTOR, "nora", business_units=["north"])
    for user in (north, desk_user(http, Role.AUDITOR, "gerda")):
        assert user.get(WRITE).status_code == 403
        form = hidden(user.page("/me")) | {"invoice": "F-1", "template": "reminder", "do": "send"}
        assert user.send(WRITE, form).status_code == 403
    assert asked(http) == []
