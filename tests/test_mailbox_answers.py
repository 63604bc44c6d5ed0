"""Who wrote is answered once by us, never twice, and never a machine; what we write answers him."""

from datetime import timedelta

import pytest
from msgspec.structs import replace as but

from api.inbox.receive import receive_raw
from api.postman.email.compose import compose
from api.postman.sender import Sender
from api.postman.templates import Templates
from api.session import TenantSession
from commands.disputes.opening import OpenDispute
from commands.disputes.resolutions import ResolveDispute
from commands.playbook import ApplyPlaybook
from ledger.database.pool import Pool
from ledger.facts.books import INVOICE, MESSAGE
from ledger.facts.codes import Direction, Outcome, Purpose, Reason
from ledger.facts.invoice.follow_up import ContactLogged
from ledger.facts.outbound import MessageAsked
from ledger.policy.playbook.in_force import shipped
from ledger.policy.visibility import EVERYTHING
from projections.agenda import list_due
from support.creditor import new_creditor
from support.examples import CASE
from support.given import TODAY, day, moment
from support.mailbox_case import ADDRESS, JANSEN, SAM, MailboxCase, letter, open_mailbox

OURS = Sender(ADDRESS, "Seller BV")


def asked_of(mailbox: MailboxCase, name: str) -> MessageAsked:
    asked: MessageAsked | None = mailbox.creditor.ledger.book(MESSAGE, name).state.asked
    assert asked is not None
    return asked


def as_it_goes(mailbox: MailboxCase, name: str) -> bytes:
    """A message of ours as the postman sends it."""
    at = moment(TODAY)
    book, own_id = mailbox.id_of(name), mailbox.message_id(name)
    return compose(
        asked_of(mailbox, name), book, own_id, at, OURS, "Bakery Jansen", Templates()
    ).raw


def agenda(mailbox: MailboxCase) -> list[tuple[str, str]]:
    with mailbox.creditor.reading() as conn:
        rows = list_due(
            mailbox.creditor.tenant, day(TODAY), {"collector": "anna"}, scope=EVERYTHING
        ).fetch(conn)
    return [(row.item.action, row.item.invoice) for row in rows]


def test_the_collector_is_told_until_somebody_of_us_answers_by_mail(mailbox: MailboxCase) -> None:
    mailbox.receive(letter("Who is to be called about F-2026-01?"))
    assert ("answer debtor", "F-2026-01") in agenda(mailbox)
    assert ("answer debtor", "F-2026-02") not in agenda(mailbox)
    answer = letter(
        "Call Eva. F-2026-02 is not meant: what never arrived is not disputed.",
        "In-Reply-To: <m1@bakery>",
        f"Cc: {JANSEN}",
        from_=ADDRESS,
        id_="a1@seller",
    )
    assert mailbox.receive(answer).outcome == "matched"
    contact = mailbox.events("F-2026-01")[-1]
    assert (contact.direction, contact.awaits_answer) == (Direction.OUT, False)
    assert JANSEN in contact.who
    assert ("answer debtor", "F-2026-01") not in agenda(mailbox)
    assert "contact-logged.v1" not in mailbox.topics("F-2026-02")
    assert mailbox.inbox() == []
    assert len(mailbox.receipts()) == 1


@pytest.mark.parametrize(
    "fields",
    [
        ("In-Reply-To: <m1@bakery>",),  # to the mailbox alone
        ("In-Reply-To: <m1@bakery>", "Cc: eva@elsewhere.example"),
        (f"Cc: {JANSEN}",),  # it names nothing
        ("In-Reply-To: <m1@bakery>", f"Cc: {JANSEN}", "Auto-Submitted: auto-replied"),
    ],
)
def test_what_only_says_that_it_is_from_us_answers_nothing(
    mailbox: MailboxCase, fields: tuple[str, ...]
) -> None:
    mailbox.receive(letter("About F-2026-01."))
    mailbox.receive(letter("All is well. F-2026-01", *fields, from_=ADDRESS, id_="a1@seller"))
    assert "follow-up-resumed.v1" not in mailbox.topics("F-2026-01")
    assert ("answer debtor", "F-2026-01") in agenda(mailbox)
    assert len(mailbox.receipts()) == 1


def test_nobody_is_to_be_answered_whom_we_do_not_know_or_who_is_no_debtor(
    mailbox: MailboxCase,
) -> None:
    id_ = mailbox.send("follow-up/D-7/1", Purpose.REMINDER, "F-2026-01")
    reply = f"In-Reply-To: <{id_}>"
    mailbox.receive(letter("All paid!", reply, from_="mallory@evil.example", id_="1@b"))
    mailbox.receive(letter("I am away.", reply, "Auto-Submitted: auto-replied", id_="2@b"))
    request = mailbox.send(
        f"request/{CASE}/1", Purpose.REQUEST, "F-2026-01", to=(SAM,), case_id=CASE
    )
    mailbox.receive(letter("I ask.", f"In-Reply-To: <{request}>", from_=SAM, id_="3@b"))
    copy = mailbox.send(f"copy/{CASE}/1", Purpose.COPY, "F-2026-01", to=(SAM,), case_id=CASE)
    mailbox.receive(letter("Look at it.", f"In-Reply-To: <{copy}>", from_=SAM, id_="5@b"))
    contacts = [one for one in mailbox.events("F-2026-01") if isinstance(one, ContactLogged)]
    assert [one.awaits_answer for one in contacts] == [False] * 4
    answer = ("In-Reply-To: <3@b>", f"Cc: {SAM}")
    mailbox.receive(letter("Thanks, Sam.", *answer, from_=ADDRESS, id_="4@b"))
    assert mailbox.events("F-2026-01")[-1].direction is Direction.IN  # no answer to the debtor


def test_our_own_mail_that_comes_back_is_no_news(mailbox: MailboxCase) -> None:
    mailbox.receive(letter("About F-2026-01."))
    [receipt] = mailbox.receipts()
    before = mailbox.topics("F-2026-01")
    assert mailbox.receive(as_it_goes(mailbox, receipt.message)).outcome == "matched"
    assert (mailbox.topics("F-2026-01"), mailbox.inbox()) == (before, [])
    assert len(mailbox.receipts()) == 1
    other = as_it_goes(mailbox, receipt.message).replace(
        mailbox.message_id(receipt.message).encode(), b"x@seller.example"
    )
    assert mailbox.receive(other).outcome == "waiting"


def test_two_offices_that_write_to_each_other_fall_silent(pool: Pool, mailbox: MailboxCase) -> None:
    """The debtor has Dossier too, and our reminder is a mail of his creditor to it."""
    with new_creditor(pool) as creditor:
        theirs = open_mailbox(creditor, "F-2026-01")
        mailbox.send("follow-up/D-7/1", Purpose.REMINDER, "F-2026-01")
        there = as_it_goes(mailbox, "follow-up/D-7/1")
        assert b"Auto-Submitted: auto-generated" in there
        theirs.receive(
            there.replace(f"From: Seller BV <{ADDRESS}>".encode(), b"From: " + JANSEN.encode())
        )
        assert theirs.receipts() == []


@pytest.mark.parametrize("named", [True, False])
def test_a_machine_that_answers_everything_and_does_not_say_so_gets_one_receipt(
    mailbox: MailboxCase, named: bool
) -> None:
    last = mailbox.send("follow-up/D-7/1", Purpose.REMINDER, "F-2026-01")
    for nth in range(5):
        fields = (f"In-Reply-To: <{last}>",) if named else ()
        mailbox.receive(letter("We have your mail on F-2026-01.", *fields, id_=f"{nth}@bakery"))
        [receipt] = mailbox.receipts()
        last = mailbox.message_id(receipt.message)


@pytest.fixture
def decided(mailbox: MailboxCase) -> MailboxCase:
    """A dispute over the first invoice was rejected today."""
    mailbox.creditor.execute(
        OpenDispute(invoice="F-2026-01", case_id=CASE, reason=Reason.PRICE, comment="Too much."),
        ResolveDispute(invoice="F-2026-01", case_id=CASE, outcome=Outcome.REJECTED),
    )
    return mailbox


def test_who_writes_after_a_decision_may_take_it_up_again(decided: MailboxCase) -> None:
    decided.receive(letter("About F-2026-01: that is not what I said.", id_="1@b"))
    assert ("reopen dispute", "F-2026-01") in agenda(decided)
    assert "dispute-reopened.v1" not in decided.topics("F-2026-01")


def test_by_the_playbook_it_is_reopened_by_a_person_and_not_for_ever(decided: MailboxCase) -> None:
    rules = shipped()
    handling = but(rules.reasons[Reason.PRICE], reopen_on_reply=True, reopen_at_most=2)
    reasons = {**rules.reasons, Reason.PRICE: handling}
    decided.creditor.execute(ApplyPlaybook(rules=but(rules, reasons=reasons)))
    away = "Auto-Submitted: auto-replied"
    decided.receive(letter("I am away. F-2026-01", away, id_="0@b"))
    assert "dispute-reopened.v1" not in decided.topics("F-2026-01")
    for nth in range(1, 4):
        decided.receive(letter(f"No! F-2026-01 {nth}", id_=f"{nth}@b"))
        invoice = decided.creditor.ledger.book(INVOICE, "F-2026-01").state
        assert invoice.disputes[CASE].reopened == min(nth, 2)
        if nth < 3:
            again = ResolveDispute(invoice="F-2026-01", case_id=CASE, outcome=Outcome.REJECTED)
            decided.creditor.execute(again)
    assert ("answer debtor", "F-2026-01") in agenda(decided)


def test_who_writes_twice_waits_for_one_answer(mailbox: MailboxCase) -> None:
    mailbox.receive(letter("About F-2026-01."))
    later = moment(TODAY) + timedelta(days=10)
    desk = TenantSession(mailbox.creditor.pool, mailbox.creditor.ledger, lambda: later)
    receive_raw(desk, letter("Hello? F-2026-01", id_="2@b"), ADDRESS)
    first, second = mailbox.creditor.ledger.book(INVOICE, "F-2026-01").state.replies
    assert (first.on, second.on) == (day(TODAY), later.date())
