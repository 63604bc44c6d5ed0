"""Mailboxes on a real mail server: nothing is lost and nothing taken in twice, whatever happens."""

import itertools
import signal
import socket
from threading import Event, Thread
from typing import Any

import pytest
from imap_tools import BaseMailBox, MailBoxUnencrypted

from api.mailbox import imap as imap_module
from api.mailbox.imap import fetch, mailboxes, parse_mailbox, watch
from commands.context import Context
from commands.debtors.registration import RegisterDebtor
from commands.execute import execute
from commands.invoices.contacts import RecordReminder
from ledger.database.pool import open_pool
from ledger.facts.codes import Channel
from ledger.facts.inbound import MailReceived
from ledger.store.ledger import Ledger
from support.cli import CliUser
from support.creditor import invoice
from support.given import TODAY, moment
from support.imap import PASSWORD, USER, ImapServer
from support.mailbox_case import JANSEN, SERVER, MailboxCase, letter
from support.waiting import wait_for


def received(ledger: Ledger) -> list[str]:
    every = [entry.event for entry in ledger.since(0, 10_000)]
    return [event.mail for event in every if isinstance(event, MailReceived)]


def test_what_is_there_is_taken_in_once_and_left_as_it_is(
    imap: ImapServer, mailbox: MailboxCase
) -> None:
    imap.deliver(letter("F-2026-01", id_="1@b"), letter("F-2026-02", id_="2@b"))
    session, account = mailbox.session, parse_mailbox(imap.url)
    assert fetch(session, account) == 2
    assert fetch(session, account) == 0
    imap.deliver(letter("And again F-2026-01", id_="3@b"))
    assert fetch(session, account) == 1
    assert received(session.ledger) == ["1@b", "2@b", "3@b"]
    assert mailbox.topics("F-2026-01").count("contact-logged.v1") == 2
    assert len(mailbox.receipts()) == 1
    assert [flags for flags in imap.flags() if rb"\Seen" in flags or rb"\Deleted" in flags] == []
    assert len(imap.flags()) == 3


def test_uids_made_anew_bring_no_mail_twice(imap: ImapServer, mailbox: MailboxCase) -> None:
    imap.deliver(letter("F-2026-01", id_="1@b"), letter("F-2026-02", id_="2@b"))
    assert fetch(mailbox.session, parse_mailbox(imap.url)) == 2
    imap.renumber()
    assert fetch(mailbox.session, parse_mailbox(imap.url)) == 2
    assert received(mailbox.session.ledger) == ["1@b", "2@b"]


def test_news_is_heard_while_idle(imap: ImapServer, mailbox: MailboxCase) -> None:
    stop = Event()
    runs = Thread(target=watch, args=(mailbox.session, parse_mailbox(imap.url), stop))
    runs.start()
    try:
        for nth in range(3):
            imap.deliver(letter(f"F-2026-01, {nth}", id_=f"{nth}@b"))
            wait_for(lambda nth=nth: len(received(mailbox.session.ledger)) == nth + 1)
    finally:
        stop.set()
        runs.join()


@pytest.mark.parametrize("moment", ["_until_news", "receive_raw"])
def test_what_comes_between_fetching_and_idling_is_not_waited_for(
    moment: str, imap: ImapServer, mailbox: MailboxCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told while something else was asked, or along with the leave to idle."""
    real, comes = getattr(imap_module, moment), iter([letter("F-2026-01", id_="late@b")])

    def just_before(*given: Any) -> Any:
        imap.deliver(*itertools.islice(comes, 1))
        return real(*given)

    monkeypatch.setattr(imap_module, moment, just_before)
    imap.deliver(letter("F-2026-01", id_="1@b"), letter("F-2026-01", id_="2@b"))
    stop = Event()
    runs = Thread(target=watch, args=(mailbox.session, parse_mailbox(imap.url), stop))
    runs.start()
    try:
        wait_for(lambda: received(mailbox.session.ledger) == ["1@b", "2@b", "late@b"])
    finally:
        stop.set()
        runs.join()


def test_a_wire_that_is_cut_while_idle_is_noticed_at_once(
    imap: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = imap_module._next_line

    def cut(client: BaseMailBox) -> bytes | None:
        client.client.socket().shutdown(socket.SHUT_RD)
        return real(client)

    monkeypatch.setattr(imap_module, "_next_line", cut)
    client = MailBoxUnencrypted("127.0.0.1", imap.port).login(USER, PASSWORD)
    client.client.response(imap_module.NEWS)
    with pytest.raises(imap_module.TROUBLE) as trouble:
        imap_module._until_news(client, Event())
    client.client.shutdown()
    assert "the mail server closed the connection" in str(trouble.getrepr(chain=True))


def test_a_server_that_cannot_tell_is_asked(
    imap: ImapServer, mailbox: MailboxCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.mailbox.imap.POLL", 0.1)
    monkeypatch.setattr("api.mailbox.imap.PUSH", "NO-SUCH-THING")
    stop = Event()
    runs = Thread(target=watch, args=(mailbox.session, parse_mailbox(imap.url), stop))
    runs.start()
    try:
        imap.deliver(letter("F-2026-01"))
        wait_for(lambda: received(mailbox.session.ledger) == ["m1@bakery"])
    finally:
        stop.set()
        runs.join()


def test_killed_anywhere_no_mail_is_lost_and_none_twice(
    imap: ImapServer, cli: CliUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOSSIER_MAILBOXES", imap.url)
    monkeypatch.setenv("DOSSIER_MAIL_AUTHSERV", SERVER)
    imap.deliver(*(letter(f"F-2026-01: {nth}", id_=f"{nth}@b") for nth in range(40)))
    with open_pool(cli.url) as pool:
        ledger = Ledger(pool)
        wishes = (
            RegisterDebtor(debtor="D-7", name="Bakery", email=JANSEN),
            invoice("F-2026-01"),
            RecordReminder(invoice="F-2026-01", channel=Channel.EMAIL),
        )
        execute(ledger, wishes, Context("anna", moment(TODAY)))
        before = 0
        while before < 20:
            with cli.started("mailbox") as process, cli.started("mailbox") as other:
                wait_for(lambda seen=before: len(received(ledger)) >= seen + 10)
                process.send_signal(signal.SIGKILL)
                other.send_signal(signal.SIGKILL)
            before = len(received(ledger))
        cli.run("mailbox", "--once").ok()
        assert sorted(received(ledger)) == sorted(f"{nth}@b" for nth in range(40))
        topics = [entry.event.topic for entry in ledger.since(0, 10_000)]
        assert topics.count("contact-logged.v1") == 40
        ledger.close()


def test_the_worker_reads_mail_too_and_waits_for_a_server_that_is_away(
    imap: ImapServer, cli: CliUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = "imap://nobody:pw@127.0.0.1:1/INBOX"
    monkeypatch.setenv("DOSSIER_MAILBOXES", f"{away} {imap.url}")
    imap.deliver(letter("Hello."))
    with open_pool(cli.url) as pool, cli.started("worker") as process:
        ledger = Ledger(pool)
        wait_for(lambda: received(ledger) == ["m1@bakery"])
        ledger.close()
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0


@pytest.mark.parametrize("url", ["intake:pw@host", "https://a:b@host", "imaps://host/INBOX"])
def test_what_is_no_mailbox_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOSSIER_MAILBOXES", url)
    with pytest.raises(ValueError, match="DOSSIER_MAILBOXES"):
        mailboxes()


def test_several_mailboxes_may_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    told = "imaps://anna%40seller.example:p%2Fw@mail.example imap://b:c@localhost:1143/Bills?tenant=north"
    monkeypatch.setenv("DOSSIER_MAILBOXES", told)
    one, other = mailboxes()
    assert (one.user, one.password, one.port, one.folder) == (
        "anna@seller.example",
        "p/w",
        993,
        "INBOX",
    )
    assert (one.address, one.tenant) == ("anna@seller.example", "default")
    assert (other.address, other.folder, other.tenant) == ("b@localhost", "Bills", "north")
    assert "p/w" not in one.name
