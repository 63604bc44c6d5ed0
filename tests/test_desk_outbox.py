"""The outbox on pages: a message is read before it is sent, and withdrawn."""

import re

import pytest

from api.http.auth.keys import Role
from api.postman.status import start_trouble
from ledger.facts.codes import Channel
from ledger.facts.outbound import MessageWithdrawn
from support.desk import DeskUser, desk_user, faults, notice, plain
from support.disputing import SAM, run_dispute, set_up_disputes
from support.http_clients import HttpClients, Person


@pytest.fixture
def sender(http: HttpClients, anna: Person) -> DeskUser:
    """A collector, with a dispute whose resolver is asked by a mail that waits."""
    set_up_disputes(http, anna)
    run_dispute(anna, "F-1")
    return desk_user(http, Role.COLLECTOR, "bram")


def messages(http: HttpClients, desk: DeskUser) -> list[str]:
    """Return the addresses of the messages that the page lists."""
    page = desk.page(f"/outbox?at_least={len(http.entries())}")
    return re.findall(r'href="(/outbox/[^"?]+)', page)


def test_a_message_is_shown_as_it_would_be_sent(http: HttpClients, sender: DeskUser) -> None:
    shown = [plain(sender.page(address)) for address in messages(http, sender)]
    [request] = [words for words in shown if f"To {SAM}" in words]
    assert "Ten per cent too much." in request
    assert "Which price was agreed?" in request
    assert "/a/" not in request.replace("/a/…", ""), "the token of its link is left out"


def test_the_page_says_why_nothing_is_sent(http: HttpClients, sender: DeskUser) -> None:
    with http.pool.connection() as conn:
        start_trouble(conn, "default", Channel.EMAIL, http.clock(), "connection refused")
    page = sender.page(f"/outbox?at_least={len(http.entries())}")
    assert "Nothing is sent by e-mail now. Connection refused" in plain(page)


def test_a_message_is_withdrawn_with_a_reason(http: HttpClients, sender: DeskUser) -> None:
    before = messages(http, sender)
    assert faults(sender.fill(f"{before[0]}/withdrawal").text)[-1] == "This is needed."
    page = sender.does(f"{before[0]}/withdrawal", why="I called them.")
    assert notice(page) == "The message is not sent: “I called them.”"
    [withdrawn] = http.recorded(MessageWithdrawn)
    assert withdrawn.why == "I called them."
    assert messages(http, sender) == before[1:]
    assert sender.get(before[0]).status_code == 404


def test_only_who_sees_all_units_reads_messages(http: HttpClients, sender: DeskUser) -> None:
    [address, *_] = messages(http, sender)
    south = desk_user(http, Role.COLLECTOR, "zoe", business_units=["south"])
    for path in (address, f"{address}/letter", f"{address}/withdrawal"):
        assert south.get(path).status_code == 404
    assert sender.get(f"{address}/letter").status_code == 404, "it is a mail"
