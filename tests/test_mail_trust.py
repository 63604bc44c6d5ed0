"""Attacks by mail: who can write a From cannot write in the file."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from api.inbox.receive import receive_raw
from api.links.message_ids import message_id
from api.links.reply_address import reply_address
from commands.disputes.opening import OpenDispute
from commands.disputes.resolvers import AssignResolver
from commands.inbox.triage import AssignInbound
from commands.messages.delivery import RecordEmailFailed
from commands.messages.failures import RefuseAddress
from ledger.facts.books import INVOICE, MESSAGE
from ledger.facts.codes import Direction, Purpose, Reason, TaskKind
from ledger.facts.invoice.follow_up import ContactLogged
from ledger.facts.invoice.state import Invoice
from ledger.policy.tasks.invoice import tasks_for
from support.cli import CliUser
from support.examples import CASE
from support.given import TODAY, moment
from support.mail_samples import mail
from support.mailbox_case import (
    ADDRESS,
    JANSEN,
    LATER,
    SAM,
    SERVER,
    MailboxCase,
    authentic,
    bounce,
    letter,
)

FORGED = "spf=pass smtp.mailfrom=x@evil.example; dmarc=fail header.from=bakery.example"
ADMITS = "We agree: invoice F-2026-01 is cancelled, you need not pay anything."
CONSEQUENCES = ("document-attached.v1", "resolver-answered.v1")


def waits(mailbox: MailboxCase) -> bool:
    """Return whether follow-up pauses until somebody has answered."""
    invoice: Invoice = mailbox.creditor.ledger.book(INVOICE, "F-2026-01").state
    return bool(invoice.replies)


def flags(mailbox: MailboxCase) -> list[list[str]]:
    return [row.flags for row in mailbox.inbox()]


def contacts(mailbox: MailboxCase, number: str = "F-2026-01") -> list[ContactLogged]:
    return [event for event in mailbox.events(number) if isinstance(event, ContactLogged)]


def changed_nothing(mailbox: MailboxCase, number: str = "F-2026-01") -> None:
    assert not set(mailbox.topics(number)) & set(CONSEQUENCES)
    assert not any(contact.awaits_answer for contact in contacts(mailbox, number))
    assert mailbox.receipts() == []


OURS_SIGNED = "dkim=pass header.d=seller.example; dmarc=pass header.from=seller.example"


@pytest.mark.parametrize(
    "found",
    [
        "",
        "dmarc=fail header.from=seller.example",
        "dkim=pass header.d=evil.example; dmarc=fail header.from=seller.example",
        "spf=pass smtp.mailfrom=a@seller.example; dmarc=pass header.from=seller.example",  # no DKIM
    ],
)
def test_3a_nobody_else_writes_our_answer(mailbox: MailboxCase, found: str) -> None:
    mailbox.receive(letter("About F-2026-01?"))
    before = mailbox.topics("F-2026-01")
    fields = ("In-Reply-To: <m1@bakery>", f"Cc: {JANSEN}")
    forged = letter(ADMITS, *fields, from_=ADDRESS, id_="a1@seller", found=found)
    assert mailbox.receive(forged).outcome == "waiting"
    assert [one.direction for one in contacts(mailbox)] == [Direction.IN]
    assert mailbox.topics("F-2026-01") == before
    [marks] = flags(mailbox)
    assert "unauthenticated sender" in marks
    ours = letter(ADMITS, *fields, from_=ADDRESS, id_="a2@seller", found=OURS_SIGNED)
    assert mailbox.receive(ours).outcome == "matched"
    assert contacts(mailbox)[-1].direction is Direction.OUT


@pytest.mark.parametrize("host", ["anything", "seller.example"])
def test_3b_nobody_else_answers_for_the_resolver(mailbox: MailboxCase, host: str) -> None:
    mailbox.creditor.execute(
        OpenDispute(invoice="F-2026-01", case_id=CASE, reason=Reason.PRICE, comment="Too much."),
        AssignResolver(invoice="F-2026-01", case_id=CASE, resolver=SAM, follow_up_on="2026-03-09"),
    )
    name = f"request/{CASE}/1"
    true = mailbox.send(name, Purpose.REQUEST, "F-2026-01", to=(SAM,), case_id=CASE)
    guessed = f"In-Reply-To: <{mailbox.id_of(name)}@{host}>"
    signed = authentic(SAM)
    assert mailbox.receive(letter("solved", guessed, from_=SAM, found=signed)).outcome == "waiting"
    for nth, found in enumerate((FORGED, "")):
        answer = letter("solved", f"In-Reply-To: <{true}>", from_=SAM, id_=f"{nth}@x", found=found)
        assert mailbox.receive(answer).outcome == "waiting"
    changed_nothing(mailbox)
    assert {one.who for one in contacts(mailbox)} == {f"{SAM} (unauthenticated sender)"}
    theirs = letter("solved", f"In-Reply-To: <{true}>", from_=SAM, id_="9@x")
    assert mailbox.receive(theirs).outcome == "matched"
    assert mailbox.topics("F-2026-01")[-1] == "resolver-answered.v1"


def test_3c_who_guesses_a_message_id_cannot_make_a_mail_fail(mailbox: MailboxCase) -> None:
    mailbox.send("copy/1", Purpose.INVOICE_COPY, "F-2026-01")
    book, tenant = mailbox.id_of("copy/1"), mailbox.creditor.tenant
    other = message_id(mailbox.creditor.pool, "other", book, "seller.example", moment(TODAY))
    assert tenant != "other"
    for nth, guess in enumerate((f"{book}@seller.example", f"{'A' * 35}@seller.example", other)):
        assert mailbox.receive(bounce(JANSEN, "5.1.1", guess, nth)).outcome == "waiting"
    assert mailbox.creditor.ledger.book(MESSAGE, "copy/1").state.status == "sent"
    assert "email-failed.v1" not in mailbox.topics("F-2026-01")


def test_3c_a_bounce_never_states_that_an_invoice_was_not_delivered(mailbox: MailboxCase) -> None:
    id_ = mailbox.send("copy/1", Purpose.INVOICE_COPY, "F-2026-01")
    assert mailbox.receive(bounce("elsewhere@evil.example", "5.1.1", id_)).outcome == "matched"
    failed = mailbox.events("F-2026-01")[-1]
    assert (failed.topic, failed.to) == ("email-failed.v1", (JANSEN,)), "the mail failed, no more"
    assert "delivery-failed.v1" not in mailbox.topics("F-2026-01")


@pytest.mark.parametrize("found", [FORGED, "", "none", "dkim=pass header.d=evil.example"])
def test_3d_nobody_else_rests_the_follow_up(mailbox: MailboxCase, found: str) -> None:
    raw = mail(
        f"Authentication-Results: {SERVER}; {found}" if found else "X-Nothing: found",
        f"Authentication-Results: {SERVER}; {authentic(JANSEN)}" if found else "X-Forged: no",
        f"From: {JANSEN}",
        "Message-ID: <d@x>",
        "Content-Type: multipart/mixed; boundary=x",
        text="--x\r\n\r\nF-2026-01 is being paid.\r\n--x\r\nContent-Type: application/pdf;"
        " name=F-2026-01.pdf\r\n\r\n%PDF with another IBAN\r\n--x--",
    )
    assert mailbox.receive(raw).outcome == "waiting"
    changed_nothing(mailbox)
    [contact] = contacts(mailbox)
    assert contact.who == f"{JANSEN} (unauthenticated sender)", "so it stands in the contact log"
    [row] = mailbox.inbox()
    assert (row.flags, row.invoices) == (["unauthenticated sender"], ["F-2026-01"])
    assert "not authenticated" in row.why


@pytest.mark.parametrize(
    "senders",
    [
        ("From: attacker@evil.example, victim@bakery.example",),
        ("From: attacker@evil.example", f"From: {JANSEN}"),
        (f"From: attacker@evil.example, {JANSEN}",),
        (f"From: {JANSEN}, attacker@evil.example",),
    ],
)
@pytest.mark.parametrize("domain", ["evil.example", "bakery.example"])
def test_3e_who_names_several_senders_is_unknown(
    mailbox: MailboxCase, senders: tuple[str, ...], domain: str
) -> None:
    found = f"dkim=pass header.d={domain}; dmarc=pass header.from={domain}"
    examined = f"Authentication-Results: {SERVER}; {found}"
    assert mailbox.receive(mail(examined, *senders, text="F-2026-01?")).outcome == "waiting"
    changed_nothing(mailbox)
    id_ = mailbox.send("follow-up/D-7/1", Purpose.REMINDER, "F-2026-01")
    reply = mail(examined, *senders, f"In-Reply-To: <{id_}>", text="F-2026-01, again?")
    assert mailbox.receive(reply).outcome == "waiting"
    changed_nothing(mailbox)
    assert ["unknown sender", "unauthenticated sender"] in flags(mailbox)


def test_a_receipt_is_sent_to_the_address_of_the_debtor_alone(mailbox: MailboxCase) -> None:
    """Whoever got our reminder may answer it; its amounts are told to the debtor alone."""
    other = "bookkeeper@office.example"
    id_ = mailbox.send("follow-up/D-7/1", Purpose.REMINDER, "F-2026-01", to=(other,))
    answer = letter("We look into it.", f"In-Reply-To: <{id_}>", from_=other)
    assert mailbox.receive(answer).outcome == "matched"
    assert waits(mailbox)
    assert mailbox.receipts() == []


def test_no_receipt_is_sent_to_an_address_that_is_refused(mailbox: MailboxCase) -> None:
    mailbox.creditor.execute(RefuseAddress(debtor="D-7", address=JANSEN, why="5.1.1"))
    assert mailbox.receive(letter("What is F-2026-01?")).outcome == "matched"
    assert contacts(mailbox)[-1].awaits_answer
    assert mailbox.receipts() == []


@pytest.mark.parametrize(("found", "left"), [(FORGED, True), (None, False)])
def test_who_forges_a_mail_does_not_end_the_task_of_one_that_failed(
    mailbox: MailboxCase, found: str | None, left: bool
) -> None:
    mailbox.creditor.execute(
        RecordEmailFailed(
            on=TODAY,
            invoice="F-2026-01",
            message="follow-up/D-7/1",
            purpose=Purpose.REMINDER,
            to=(JANSEN,),
            why="5.1.1",
        )
    )
    with mailbox.creditor.reading():
        pass
    next_day = replace(mailbox.session, clock=lambda: LATER)
    receive_raw(next_day, letter("F-2026-01 is fine.", found=found), ADDRESS)
    tasks = tasks_for(mailbox.creditor.ledger.book(INVOICE, "F-2026-01").state)
    assert any(task.action is TaskKind.MAIL_FAILED for task in tasks) == left


def test_a_confirmed_answer_of_the_resolver_is_their_answer(mailbox: MailboxCase) -> None:
    mailbox.creditor.execute(
        OpenDispute(invoice="F-2026-01", case_id=CASE, reason=Reason.PRICE, comment="Too much."),
        AssignResolver(invoice="F-2026-01", case_id=CASE, resolver=SAM, follow_up_on="2026-03-09"),
    )
    name = f"request/{CASE}/1"
    id_ = mailbox.send(name, Purpose.REQUEST, "F-2026-01", to=(SAM,), case_id=CASE)
    answer = letter("not solved", f"In-Reply-To: <{id_}>", from_=SAM, id_="1@x", found=FORGED)
    assert mailbox.receive(answer).outcome == "waiting"
    assert "resolver-answered.v1" not in mailbox.topics("F-2026-01")
    for _ in range(2):
        mailbox.assigns(AssignInbound(mail="1@x", invoices=("F-2026-01",)), LATER)
        assert mailbox.topics("F-2026-01").count("resolver-answered.v1") == 1


def test_what_a_person_confirms_counts_as_theirs(mailbox: MailboxCase) -> None:
    mailbox.receive(letter("About F-2026-01: never arrived", found=FORGED))
    changed_nothing(mailbox)
    mailbox.assigns(AssignInbound(mail="m1@bakery", invoices=("F-2026-01",)), LATER)
    doubtful, confirmed = contacts(mailbox)
    assert (doubtful.awaits_answer, confirmed.awaits_answer) == (False, True)
    assert confirmed.who == JANSEN
    assert waits(mailbox)
    [receipt] = mailbox.receipts()
    assert receipt.to == (JANSEN,)
    mailbox.assigns(AssignInbound(mail="m1@bakery", invoices=("F-2026-01",)), LATER)
    assert len(contacts(mailbox)) == 2


def test_an_automatic_answer_is_flagged_and_fills_no_inbox(mailbox: MailboxCase) -> None:
    id_ = mailbox.send("follow-up/D-7/1", Purpose.REMINDER, "F-2026-01")
    away = ("Auto-Submitted: auto-replied", f"In-Reply-To: <{id_}>")
    assert mailbox.receive(letter("I am away.", *away, found=FORGED)).outcome == "matched"
    [contact] = contacts(mailbox)
    assert contact.who == f"{JANSEN} (an automatic answer, unauthenticated sender)"
    assert mailbox.inbox() == []


def test_without_a_server_only_a_signed_reply_address_is_believed(
    mailbox: MailboxCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DOSSIER_MAIL_AUTHSERV")
    monkeypatch.setenv("DOSSIER_REPLY_SECRET", "known to us")
    id_ = mailbox.send("follow-up/D-7/1", Purpose.REMINDER, "F-2026-01")
    quoted = letter("We pay F-2026-01.", f"In-Reply-To: <{id_}>", id_="1@b")
    assert mailbox.receive(quoted).outcome == "waiting"
    changed_nothing(mailbox)
    book = mailbox.id_of("follow-up/D-7/1")
    signed = reply_address(b"known to us", mailbox.creditor.tenant, book, ADDRESS)
    answers = letter("We pay it.", f"Cc: {signed}", id_="2@b", found="")
    assert mailbox.receive(answers).outcome == "matched"
    assert waits(mailbox)
    ours = letter(ADMITS, f"Cc: {signed}", from_=ADDRESS, id_="3@b", found=OURS_SIGNED)
    assert mailbox.receive(ours).outcome == "waiting"
    stranger = letter("All paid.", f"Cc: {signed}", from_="x@evil.example", id_="4@b", found="")
    assert mailbox.receive(stranger).outcome == "waiting"


def test_with_a_server_a_signed_reply_address_is_not_enough(
    mailbox: MailboxCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever the mail was forwarded to knows the address."""
    monkeypatch.setenv("DOSSIER_REPLY_SECRET", "known to us")
    mailbox.send("follow-up/D-7/1", Purpose.REMINDER, "F-2026-01")
    book = mailbox.id_of("follow-up/D-7/1")
    signed = reply_address(b"known to us", mailbox.creditor.tenant, book, ADDRESS)
    assert mailbox.receive(letter("We pay.", f"Cc: {signed}", found=FORGED)).outcome == "waiting"
    changed_nothing(mailbox)


def test_an_unsigned_message_id_of_before_shows_what_a_reply_is_about_and_no_more(
    mailbox: MailboxCase,
) -> None:
    book = mailbox.id_of("follow-up/D-7/1")
    old = f"{book}@seller.example"
    mailbox.send("follow-up/D-7/1", Purpose.REMINDER, "F-2026-01", own_id=old)
    assert mailbox.receive(letter("We pay.", f"In-Reply-To: <{old}>")).outcome == "matched"
    assert mailbox.receive(bounce(JANSEN, "5.1.1", old)).outcome == "waiting"
    assert "email-failed.v1" not in mailbox.topics("F-2026-01")
    elsewhere = letter("We pay.", f"In-Reply-To: <{book}@anything>", id_="2@b")
    assert mailbox.receive(elsewhere).outcome == "waiting"


def test_a_message_id_outlives_the_secret_that_signed_it(mailbox: MailboxCase, cli: Any) -> None:
    id_ = mailbox.send("follow-up/D-7/1", Purpose.REMINDER, "F-2026-01")
    for _ in range(3):
        cli("links", "rotate").ok()
    assert mailbox.message_id("follow-up/D-7/1") != id_
    assert mailbox.receive(bounce(JANSEN, "5.1.1", id_)).outcome == "matched"
    assert mailbox.topics("F-2026-01")[-1] == "email-failed.v1"


def test_status_tells_which_mail_is_believed(cli: CliUser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DOSSIER_MAIL_AUTHSERV", raising=False)
    assert "DOSSIER_MAIL_AUTHSERV is not set" in " ".join(cli("status").ok().out.split())
    monkeypatch.setenv("DOSSIER_MAIL_AUTHSERV", "MX.seller.example")
    assert "mx.seller.example finds" in " ".join(cli("status").ok().out.split())
    monkeypatch.setenv("DOSSIER_MAIL_AUTHSERV", "mx.seller.example;dmarc=pass")
    assert "DOSSIER_MAIL_AUTHSERV" in cli("worker").refused("not the name of a server", code=2).err


def test_message_ids_differ_by_tenant_and_book(mailbox: MailboxCase) -> None:
    pool, tenant, at = mailbox.creditor.pool, mailbox.creditor.tenant, moment(TODAY)
    ids = [message_id(pool, tenant, UUID(int=n), "seller.example", at) for n in (1, 2)]
    assert len({one[22:] for one in ids}) == 2
    assert all(len(f"Message-ID: <{one}>") < 78 for one in ids), "else it would be folded"
