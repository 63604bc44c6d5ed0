"""A mail server that is down, slow, refuses, or hangs up: nothing lost, nothing twice on record."""

import signal
import socket
from collections import Counter
from collections.abc import Iterator

import psycopg
import pytest

from api.postman.send import carry
from api.postman.settings import Settings
from api.postman.smtp import Away, Post, Server, server_of
from api.postman.waiting import alone
from commands.messages import MOST_TRIES
from ledger.pool import Pool
from ledger.store import Ledger
from support.postman_case import Mailing, Posting, ask, mailing
from support.smtp import US, MailServer, mail_server, wait_for

FOLLOW_UP = "follow-up/D-7/2026-03-02"


@pytest.fixture
def office(pool: Pool, ledger: Ledger) -> Mailing:
    return mailing(pool, ledger, invoices=4)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def four(office: Mailing) -> list[str]:
    names = [f"reminder/{n}" for n in range(1, 5)]
    office.office.does(*(ask(name, f"A-{n}") for n, name in enumerate(names, 1)))
    return names


def nothing_twice(office: Mailing, sent: int) -> None:
    """Each message once in the log, and each mail once in its invoice's book."""
    messages = Counter(entry.book_id for entry in office.lines("message-sent"))
    mails = Counter(entry.event.message for entry in office.lines("email-sent"))
    assert len(messages) == len(mails) == sent
    assert {*messages.values(), *mails.values()} == {1}


def test_a_server_that_is_down_for_an_hour_is_one_trouble_and_then_everything_goes(
    office: Mailing,
) -> None:
    names, port = four(office), free_port()
    down = Settings(Server("127.0.0.1", port, "smtp", timeout=5), US, None)
    for _ in range(6):
        with pytest.raises(Away, match=str(port)):
            office.posts(down)
        office.later(minutes=10)
    assert office.lines("message-delayed") == office.lines("message-failed") == []
    assert {office.message(name).status for name in names} == {"asked"}
    with mail_server(port) as server:
        assert office.posts(down) == 4
        assert len(set(server.ids)) == len(server.ids) == 4
    nothing_twice(office, 4)


def test_a_slow_server_is_waited_for(office: Mailing, server: MailServer) -> None:
    names = four(office)
    server.slow = 0.2
    assert office.posts(server.settings()) == len(names)
    nothing_twice(office, 4)


def test_one_too_slow_is_asked_again_with_the_same_message_id(
    office: Mailing, server: MailServer
) -> None:
    office.office.does(ask())
    server.slow = 60
    assert office.posts(server.settings(timeout=0.3)) == 0
    message = office.message(FOLLOW_UP)
    assert (message.status, message.tries) == ("asked", 1)
    assert "it may have arrived" in message.why
    server.slow = 0
    assert office.posts(server.settings()) == 0  # not before its time
    office.later(minutes=5)
    assert office.posts(server.settings()) == 1
    assert server.ids == [office.message(FOLLOW_UP).message_id] * 2
    nothing_twice(office, 1)


def test_one_refused_recipient_of_several_is_told_and_the_others_get_it(
    office: Mailing, server: MailServer
) -> None:
    server.refused = {"cfo@bakery.example": "550 5.1.1 No such user"}
    both = ("ap@bakery.example", "cfo@bakery.example")
    office.office.does(ask(to=both, copy_to=("nobody",)))
    assert office.posts(server.settings()) == 1
    [sent] = [entry.event for entry in office.lines("message-sent")]
    assert sent.to == ("ap@bakery.example",)
    assert sent.refused == {
        "cfo@bakery.example": "550 5.1.1 No such user",
        "nobody": "no mail address",
    }
    assert [recipients for recipients, _ in server.came] == [("ap@bakery.example",)]


def test_who_is_refused_for_good_fails_with_an_agenda_item_and_the_others_go(
    office: Mailing, server: MailServer
) -> None:
    server.refused = {"gone@bakery.example": "550 5.1.1 No such user"}
    office.office.does(ask("reminder/1", "A-1", to=("gone@bakery.example",)))
    office.office.does(ask("reminder/2", "A-2"))
    assert office.posts(server.settings()) == 1
    assert office.message("reminder/1").status == "failed"
    assert "No such user" in office.message("reminder/1").why
    [failed] = [entry.event for entry in office.lines("email-failed")]
    assert (failed.message, failed.to) == ("reminder/1", ("gone@bakery.example",))
    with office.looking() as conn:
        asked = "select invoice from agenda where action = 'mail failed'"
        assert conn.execute(asked).fetchall() == [("A-1",)]
    assert office.posts(server.settings()) == 0


def test_a_text_that_is_refused_for_good_fails(office: Mailing, server: MailServer) -> None:
    server.answers = ["554 5.7.1 Spam"]
    office.office.does(ask())
    assert office.posts(server.settings()) == 0
    assert office.message(FOLLOW_UP).why == "554 5.7.1 Spam"
    assert office.message(FOLLOW_UP).status == "failed"


def test_a_refusal_for_now_waits_longer_each_time_and_fails_in_the_end(
    office: Mailing, server: MailServer
) -> None:
    office.office.does(ask(purpose="receipt", template="receipt"))
    server.refused = {"ap@bakery.example": "450 4.2.0 Greylisted"}
    waits, before = list[float](), office.at
    while office.message(FOLLOW_UP).status == "asked":
        assert office.posts(server.settings()) == 0
        message = office.message(FOLLOW_UP)
        if message.status == "asked":
            assert message.until
            waits.append((message.until - before).total_seconds() / 60)
            before = office.at = message.until
    assert waits == [5, 10, 20, 40, 80, 160, *[240] * 5]
    assert len(waits) == MOST_TRIES - 1
    assert office.message(FOLLOW_UP).why.startswith("after 12 tries: ap@bakery.example: 450")
    assert len(office.lines("email-failed")) == 1


def test_greylisted_first_it_goes_at_the_second_try(office: Mailing, server: MailServer) -> None:
    office.office.does(ask())
    server.answers = ["451 4.3.0 Later"]
    assert office.posts(server.settings()) == 0
    office.later(minutes=5)
    assert office.posts(server.settings()) == 1
    nothing_twice(office, 1)


def test_hung_up_after_data_it_is_sent_again_with_the_same_message_id(
    office: Mailing, server: MailServer
) -> None:
    names = four(office)
    server.hang_up = 1
    assert office.posts(server.settings()) == 3
    delayed = [entry.event for entry in office.lines("message-delayed")]
    assert ["it may have arrived" in one.why for one in delayed] == [True]
    office.later(minutes=5)
    assert office.posts(server.settings()) == 1
    ids = Counter(server.ids)
    assert {office.message(name).message_id for name in names} == set(ids)
    assert sorted(ids.values()) == [1, 1, 1, 2]
    twice = [raw for _, raw in server.came if ids[message_id_of(raw)] == 2]
    assert twice[0] == twice[1]
    nothing_twice(office, 4)


def message_id_of(raw: bytes) -> str:
    [line] = [line for line in raw.splitlines() if line.startswith(b"Message-ID: ")]
    return line.decode().removeprefix("Message-ID: ")


def test_a_server_that_always_hangs_up_is_in_trouble_and_the_others_wait(
    office: Mailing, server: MailServer
) -> None:
    four(office)
    server.hang_up = 100
    with pytest.raises(Away, match="hangs up"):
        office.posts(server.settings())
    assert len(office.lines("message-delayed")) == 2
    server.hang_up = 0
    assert office.posts(server.settings()) == 2
    office.later(minutes=5)
    assert office.posts(server.settings()) == 2
    nothing_twice(office, 4)


def test_one_sender_at_a_time(office: Mailing, server: MailServer) -> None:
    office.office.does(ask())
    with alone(office.office.pool, "default", "postman") as first:
        assert first
        with alone(office.office.pool, "default", "postman") as second, office.looking():
            assert not second
            assert carry(office.desk, server.settings()) == 0
    assert office.posts(server.settings()) == 1


def test_a_broken_template_delays_its_messages_and_no_others(
    office: Mailing, server: MailServer
) -> None:
    office.office.does(ask("reminder/1", "A-1", template="of ours"), ask("reminder/2", "A-2"))
    assert office.posts(server.settings()) == 1
    assert "no template nl/of-ours.txt" in office.message("reminder/1").why
    assert office.message("reminder/1").tries == 1


def test_killed_between_data_and_the_record_it_sends_again_and_records_once(
    office: Mailing, server: MailServer, database_url: str
) -> None:
    """The server has taken it; the head of the ledger is locked, so that nothing can be written."""
    office.office.does(ask())
    dossier = Posting(database_url, "default", server.environment())
    with psycopg.connect(database_url) as holding, psycopg.connect(database_url) as looking:
        looking.autocommit = True
        holding.execute("select * from ledger.tenant_head for update")
        with dossier.started("postman", "--once") as postman:
            waits = "select count(*) from pg_locks where not granted"
            wait_for(
                lambda: looking.execute(waits).fetchone() != (0,) or postman.poll() is not None
            )
            assert postman.poll() is None, postman.communicate()
            assert len(server.came) == 1
            postman.send_signal(signal.SIGKILL)
            postman.wait()
        gone = (
            "select pg_terminate_backend(pid) from pg_locks where not granted"
            " and pid <> pg_backend_pid()"
        )
        looking.execute(gone)
        holding.rollback()
        wait_for(lambda: looking.execute(waits).fetchone() == (0,))
    assert office.message(FOLLOW_UP).status == "asked"
    assert dossier.run("postman", "--once").ok().err.strip() == "Sent: 1."
    assert server.ids == [office.message(FOLLOW_UP).message_id] * 2
    nothing_twice(office, 1)
    assert dossier.run("postman", "--once").ok().err.strip() == "Sent: 0."


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", ("mail.example", 25, "smtp", "", "")),
        ("smtps://anna:p%40ss@mail.example", ("mail.example", 465, "smtps", "anna", "p@ss")),
        ("smtp+starttls://mail.example:2525", ("mail.example", 2525, "smtp+starttls", "", "")),
    ],
)
def test_the_address_of_a_mail_server(url: str, expected: tuple[object, ...]) -> None:
    found = server_of(url)
    assert (found.host, found.port, found.scheme, found.user, found.password) == expected
    assert "p@ss" not in repr(found)


@pytest.mark.parametrize(
    "url", ["mail.example", "http://x", "smtp://", "smtp://x:y", "smtp://x?timeout=0"]
)
def test_what_is_no_address_is_refused_without_the_password(url: str) -> None:
    with pytest.raises(ValueError, match="DOSSIER_SMTP_URL"):
        server_of(url)


def test_no_password_goes_over_an_open_line(server: MailServer) -> None:
    open_line = Server("127.0.0.2", server.port, "smtp", "anna", "secret", 5)
    with pytest.raises(Away):
        Post(open_line).send(b"", US.address, ["a@b.nl"])
    with pytest.raises(Away, match="STARTTLS"):
        Post(Server("127.0.0.1", server.port, "smtp+starttls", timeout=5)).send(b"", "a@b.nl", [])
