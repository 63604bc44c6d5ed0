"""A mail server that is down, slow, refuses, or hangs up: nothing lost, nothing twice on record."""

import signal
import socket
from collections import Counter

import psycopg
import pytest

from api.postman.email.smtp import Server, ServerDown, SmtpConnection, server_of
from api.postman.outbox import exclusive
from api.postman.send_emails import send_emails
from api.postman.settings import Settings
from commands.messages.outbox import MAX_ATTEMPTS
from support.cli import CliUser
from support.creditor import invoice
from support.postman_case import FOLLOW_UP, PostmanCase, ask
from support.smtp import US, SmtpServer, run_smtp_server
from support.waiting import wait_for


@pytest.fixture(autouse=True)
def two_more(postman: PostmanCase) -> None:
    """Invoices A-3 and A-4."""
    postman.creditor.execute(invoice("A-3"), invoice("A-4"))


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def four(postman: PostmanCase) -> list[str]:
    names = [f"reminder/{n}" for n in range(1, 5)]
    postman.creditor.execute(*(ask(name, f"A-{n}") for n, name in enumerate(names, 1)))
    return names


def nothing_twice(postman: PostmanCase, sent: int) -> None:
    """Each message once in the log, and each mail once in its invoice's book."""
    messages = Counter(entry.book_id for entry in postman.lines("message-sent"))
    mails = Counter(entry.event.message for entry in postman.lines("email-sent"))
    assert len(messages) == len(mails) == sent
    assert {*messages.values(), *mails.values()} == {1}


def test_a_server_that_is_down_for_an_hour_is_one_trouble_and_then_everything_goes(
    postman: PostmanCase,
) -> None:
    names, port = four(postman), free_port()
    down = Settings(Server("127.0.0.1", port, "smtp", timeout=5), US, None)
    for _ in range(6):
        with pytest.raises(ServerDown, match=str(port)):
            postman.send(down)
        postman.later(minutes=10)
    assert postman.lines("message-delayed") == postman.lines("message-failed") == []
    assert {postman.message(name).status for name in names} == {"asked"}
    with run_smtp_server(port) as smtp:
        assert postman.send(down) == 4
        assert len(set(smtp.ids)) == len(smtp.ids) == 4
    nothing_twice(postman, 4)


def test_a_slow_server_is_waited_for(postman: PostmanCase, smtp: SmtpServer) -> None:
    names = four(postman)
    smtp.slow = 0.2
    assert postman.send(smtp.settings()) == len(names)
    nothing_twice(postman, 4)


def test_one_too_slow_is_asked_again_with_the_same_message_id(
    postman: PostmanCase, smtp: SmtpServer
) -> None:
    postman.creditor.execute(ask())
    smtp.slow = 60
    assert postman.send(smtp.settings(timeout=0.3)) == 0
    message = postman.message(FOLLOW_UP)
    assert (message.status, message.tries) == ("asked", 1)
    assert "it may have arrived" in message.why
    smtp.slow = 0
    assert postman.send(smtp.settings()) == 0  # not before its time
    postman.later(minutes=5)
    assert postman.send(smtp.settings()) == 1
    assert smtp.ids == [postman.message(FOLLOW_UP).message_id] * 2
    nothing_twice(postman, 1)


def test_one_refused_recipient_of_several_is_told_and_the_others_get_it(
    postman: PostmanCase, smtp: SmtpServer
) -> None:
    smtp.refused = {"cfo@bakery.example": "550 5.1.1 No such user"}
    both = ("ap@bakery.example", "cfo@bakery.example")
    postman.creditor.execute(ask(to=both, copy_to=("nobody",)))
    assert postman.send(smtp.settings()) == 1
    [sent] = [entry.event for entry in postman.lines("message-sent")]
    assert sent.to == ("ap@bakery.example",)
    assert sent.refused == {
        "cfo@bakery.example": "550 5.1.1 No such user",
        "nobody": "no mail address",
    }
    assert [recipients for recipients, _ in smtp.came] == [("ap@bakery.example",)]


def test_who_is_refused_for_good_fails_with_an_agenda_item_and_the_others_go(
    postman: PostmanCase, smtp: SmtpServer
) -> None:
    smtp.refused = {"gone@bakery.example": "550 5.1.1 No such user"}
    postman.creditor.execute(ask("reminder/1", "A-1", to=("gone@bakery.example",)))
    postman.creditor.execute(ask("reminder/2", "A-2"))
    assert postman.send(smtp.settings()) == 1
    assert postman.message("reminder/1").status == "failed"
    assert "No such user" in postman.message("reminder/1").why
    [failed] = [entry.event for entry in postman.lines("email-failed")]
    assert (failed.message, failed.to) == ("reminder/1", ("gone@bakery.example",))
    with postman.reading() as conn:
        asked = "select invoice from agenda where action = 'mail failed'"
        assert conn.execute(asked).fetchall() == [("A-1",)]
    assert postman.send(smtp.settings()) == 0


def test_a_text_that_is_refused_for_good_fails(postman: PostmanCase, smtp: SmtpServer) -> None:
    smtp.answers = ["554 5.7.1 Spam"]
    postman.creditor.execute(ask())
    assert postman.send(smtp.settings()) == 0
    assert postman.message(FOLLOW_UP).why == "554 5.7.1 Spam"
    assert postman.message(FOLLOW_UP).status == "failed"


def test_a_refusal_for_now_waits_longer_each_time_and_fails_in_the_end(
    postman: PostmanCase, smtp: SmtpServer
) -> None:
    postman.creditor.execute(ask(purpose="receipt", template="receipt"))
    smtp.refused = {"ap@bakery.example": "450 4.2.0 Greylisted"}
    waits, before = list[float](), postman.at
    while postman.message(FOLLOW_UP).status == "asked":
        assert postman.send(smtp.settings()) == 0
        message = postman.message(FOLLOW_UP)
        if message.status == "asked":
            assert message.until
            waits.append((message.until - before).total_seconds() / 60)
            before = postman.at = message.until
    assert waits == [5, 10, 20, 40, 80, 160, *[240] * 5]
    assert len(waits) == MAX_ATTEMPTS - 1
    assert postman.message(FOLLOW_UP).why.startswith("after 12 tries: ap@bakery.example: 450")
    assert len(postman.lines("email-failed")) == 1


def test_greylisted_first_it_goes_at_the_second_try(postman: PostmanCase, smtp: SmtpServer) -> None:
    postman.creditor.execute(ask())
    smtp.answers = ["451 4.3.0 Later"]
    assert postman.send(smtp.settings()) == 0
    postman.later(minutes=5)
    assert postman.send(smtp.settings()) == 1
    nothing_twice(postman, 1)


def test_hung_up_after_data_it_is_sent_again_with_the_same_message_id(
    postman: PostmanCase, smtp: SmtpServer
) -> None:
    names = four(postman)
    smtp.hang_up = 1
    assert postman.send(smtp.settings()) == 3
    delayed = [entry.event for entry in postman.lines("message-delayed")]
    assert ["it may have arrived" in one.why for one in delayed] == [True]
    postman.later(minutes=5)
    assert postman.send(smtp.settings()) == 1
    ids = Counter(smtp.ids)
    assert {postman.message(name).message_id for name in names} == set(ids)
    assert sorted(ids.values()) == [1, 1, 1, 2]
    twice = [raw for _, raw in smtp.came if ids[message_id_of(raw)] == 2]
    assert twice[0] == twice[1]
    nothing_twice(postman, 4)


def message_id_of(raw: bytes) -> str:
    [line] = [line for line in raw.splitlines() if line.startswith(b"Message-ID: ")]
    return line.decode().removeprefix("Message-ID: ")


def test_a_server_that_always_hangs_up_is_in_trouble_and_the_others_wait(
    postman: PostmanCase, smtp: SmtpServer
) -> None:
    four(postman)
    smtp.hang_up = 100
    with pytest.raises(ServerDown, match="closes the connection"):
        postman.send(smtp.settings())
    assert len(postman.lines("message-delayed")) == 2
    smtp.hang_up = 0
    assert postman.send(smtp.settings()) == 2
    postman.later(minutes=5)
    assert postman.send(smtp.settings()) == 2
    nothing_twice(postman, 4)


def test_one_sender_at_a_time(postman: PostmanCase, smtp: SmtpServer) -> None:
    postman.creditor.execute(ask())
    with exclusive(postman.creditor.pool, "default", "postman") as first:
        assert first
        with exclusive(postman.creditor.pool, "default", "postman") as second, postman.reading():
            assert not second
            assert send_emails(postman.session, smtp.settings()) == 0
    assert postman.send(smtp.settings()) == 1


def test_a_broken_template_delays_its_messages_and_no_others(
    postman: PostmanCase, smtp: SmtpServer
) -> None:
    postman.creditor.execute(ask("reminder/1", "A-1", template="of ours"), ask("reminder/2", "A-2"))
    assert postman.send(smtp.settings()) == 1
    assert "no template nl/of-ours.txt" in postman.message("reminder/1").why
    assert postman.message("reminder/1").tries == 1


def test_killed_between_data_and_the_record_it_sends_again_and_records_once(
    postman: PostmanCase, smtp: SmtpServer, database: str
) -> None:
    """The server has taken it; the head of the ledger is locked, so that nothing can be written."""
    postman.creditor.execute(ask())
    cli = CliUser(database, "default", smtp.environment())
    with psycopg.connect(database) as holding, psycopg.connect(database) as looking:
        looking.autocommit = True
        holding.execute("select * from ledger.tenant_head for update")
        with cli.started("postman", "--once") as process:
            waits = "select count(*) from pg_locks where not granted"
            wait_for(
                lambda: looking.execute(waits).fetchone() != (0,) or process.poll() is not None
            )
            assert process.poll() is None, process.communicate()
            assert len(smtp.came) == 1
            process.send_signal(signal.SIGKILL)
            process.wait()
        gone = (
            "select pg_terminate_backend(pid) from pg_locks where not granted"
            " and pid <> pg_backend_pid()"
        )
        looking.execute(gone)
        holding.rollback()
        wait_for(lambda: looking.execute(waits).fetchone() == (0,))
    assert postman.message(FOLLOW_UP).status == "asked"
    assert cli.run("postman", "--once").ok().err.strip() == "Sent: 1."
    assert smtp.ids == [postman.message(FOLLOW_UP).message_id] * 2
    nothing_twice(postman, 1)
    assert cli.run("postman", "--once").ok().err.strip() == "Sent: 0."


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


def test_no_password_goes_over_an_open_line(smtp: SmtpServer) -> None:
    open_line = Server("127.0.0.2", smtp.port, "smtp", "anna", "secret", 5)
    with pytest.raises(ServerDown):
        SmtpConnection(open_line).send(b"", US.address, ["a@b.nl"])
    with pytest.raises(ServerDown, match="STARTTLS"):
        SmtpConnection(Server("127.0.0.1", smtp.port, "smtp+starttls", timeout=5)).send(
            b"", "a@b.nl", []
        )
