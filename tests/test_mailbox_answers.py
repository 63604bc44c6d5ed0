"""Who wrote is answered once by us, never twice, and never a machine; what we write answers him."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from msgspec.structs import replace as but

from api.mailbox.intake import take_in
from api.playbook.file import shipped
from api.postman.compose import Sender, compose
from api.wiring import Desk
from commands.disputes import OpenDispute
from commands.playbook import ApplyPlaybook
from commands.resolutions import ResolveDispute
from ledger import invoice_events as ev
from ledger.books import INVOICE, MESSAGE
from ledger.codes import Direction, Outcome, Purpose, Reason
from ledger.message import MessageAsked
from ledger.pool import Pool
from projections.agenda import due
from support.creditor import new_office
from support.examples import CASE
from support.given import TODAY, day, moment
from support.mailbox_case import ADDRESS, JANSEN, SAM, Letterbox, letter, letterbox

OURS = Sender(ADDRESS, "Seller BV")


@pytest.fixture
def box(pool: Pool) -> Iterator[Letterbox]:
    with new_office(pool) as office:
        yield letterbox(office, "F-2026-01", "F-2026-02")


def asked_of(box: Letterbox, name: str) -> MessageAsked:
    asked: MessageAsked | None = box.office.ledger.book(MESSAGE, name).state.asked
    assert asked is not None
    return asked


def as_it_goes(box: Letterbox, name: str) -> bytes:
    """A message of ours as the postman sends it."""
    at = moment(TODAY)
    return compose(asked_of(box, name), box.id_of(name), at, OURS, "Bakery Jansen", None).raw


def agenda(box: Letterbox) -> list[tuple[str, str]]:
    with box.office.looking() as conn:
        rows = due(box.office.tenant, day(TODAY), {"collector": "anna"}).fetch(conn)
    return [(row.item.action, row.item.invoice) for row in rows]


def test_the_collector_is_told_until_somebody_of_us_answers_by_mail(box: Letterbox) -> None:
    box.take(letter("Who is to be called about F-2026-01?"))
    assert ("answer debtor", "F-2026-01") in agenda(box)
    assert ("answer debtor", "F-2026-02") not in agenda(box)
    answer = letter(
        "Call Eva. F-2026-02 is not meant: what never arrived is not disputed.",
        "In-Reply-To: <m1@bakery>",
        f"Cc: {JANSEN}",
        from_=ADDRESS,
        id_="a1@seller",
    )
    assert box.take(answer).outcome == "matched"
    contact, resumed = box.happened("F-2026-01")[-2:]
    assert (contact.direction, contact.awaits_answer) == (Direction.OUT, False)
    assert JANSEN in contact.who
    assert isinstance(resumed, ev.FollowUpResumed)
    assert ("answer debtor", "F-2026-01") not in agenda(box)
    assert "contact-logged.v1" not in box.topics("F-2026-02")
    assert box.inbox() == []
    assert len(box.receipts()) == 1


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
    box: Letterbox, fields: tuple[str, ...]
) -> None:
    box.take(letter("About F-2026-01."))
    box.take(letter("All is well. F-2026-01", *fields, from_=ADDRESS, id_="a1@seller"))
    assert "follow-up-resumed.v1" not in box.topics("F-2026-01")
    assert ("answer debtor", "F-2026-01") in agenda(box)
    assert len(box.receipts()) == 1


def test_nobody_is_to_be_answered_whom_we_do_not_know_or_who_is_no_debtor(box: Letterbox) -> None:
    id_ = box.asks("follow-up/D-7/1", Purpose.REMINDER, "F-2026-01")
    reply = f"In-Reply-To: <{id_}>"
    box.take(letter("All paid!", reply, from_="mallory@evil.example", id_="1@b"))
    box.take(letter("I am away.", reply, "Auto-Submitted: auto-replied", id_="2@b"))
    request = box.asks(f"request/{CASE}/1", Purpose.REQUEST, "F-2026-01", to=(SAM,), case_id=CASE)
    box.take(letter("I ask.", f"In-Reply-To: <{request}>", from_=SAM, id_="3@b"))
    copy = box.asks(f"copy/{CASE}/1", Purpose.COPY, "F-2026-01", to=(SAM,), case_id=CASE)
    box.take(letter("Look at it.", f"In-Reply-To: <{copy}>", from_=SAM, id_="5@b"))
    contacts = [one for one in box.happened("F-2026-01") if isinstance(one, ev.ContactLogged)]
    assert [one.awaits_answer for one in contacts] == [False] * 4
    answer = ("In-Reply-To: <3@b>", f"Cc: {SAM}")
    box.take(letter("Thanks, Sam.", *answer, from_=ADDRESS, id_="4@b"))
    assert box.happened("F-2026-01")[-1].direction is Direction.IN  # no answer to the debtor


def test_our_own_mail_that_comes_back_is_no_news(box: Letterbox) -> None:
    box.take(letter("About F-2026-01."))
    [receipt] = box.receipts()
    before = box.topics("F-2026-01")
    assert box.take(as_it_goes(box, receipt.message)).outcome == "matched"
    assert (box.topics("F-2026-01"), box.inbox()) == (before, [])
    assert len(box.receipts()) == 1
    other = as_it_goes(box, receipt.message).replace(str(box.id_of(receipt.message)).encode(), b"x")
    assert box.take(other).outcome == "waiting"


def test_two_offices_that_write_to_each_other_fall_silent(pool: Pool, box: Letterbox) -> None:
    """The debtor has Dossier too, and our reminder is a mail of his creditor to it."""
    with new_office(pool) as office:
        theirs = letterbox(office, "F-2026-01")
        box.asks("follow-up/D-7/1", Purpose.REMINDER, "F-2026-01")
        there = as_it_goes(box, "follow-up/D-7/1")
        assert b"Auto-Submitted: auto-generated" in there
        theirs.take(
            there.replace(f"From: Seller BV <{ADDRESS}>".encode(), b"From: " + JANSEN.encode())
        )
        assert theirs.receipts() == []


@pytest.mark.parametrize("named", [True, False])
def test_a_machine_that_answers_everything_and_does_not_say_so_gets_one_receipt(
    box: Letterbox, named: bool
) -> None:
    last = box.asks("follow-up/D-7/1", Purpose.REMINDER, "F-2026-01")
    for nth in range(5):
        fields = (f"In-Reply-To: <{last}>",) if named else ()
        box.take(letter("We have your mail on F-2026-01.", *fields, id_=f"{nth}@bakery"))
        [receipt] = box.receipts()
        last = f"{box.id_of(receipt.message)}@seller.example"
    assert box.topics("F-2026-01").count("follow-up-held.v1") == 1


@pytest.fixture
def decided(box: Letterbox) -> Letterbox:
    """A dispute over the first invoice was rejected today."""
    box.office.does(
        OpenDispute(invoice="F-2026-01", case_id=CASE, reason=Reason.PRICE, comment="Too much."),
        ResolveDispute(invoice="F-2026-01", case_id=CASE, outcome=Outcome.REJECTED),
    )
    return box


def test_who_writes_after_a_decision_may_take_it_up_again(decided: Letterbox) -> None:
    decided.take(letter("About F-2026-01: that is not what I said.", id_="1@b"))
    assert ("reopen dispute", "F-2026-01") in agenda(decided)
    assert "dispute-reopened.v1" not in decided.topics("F-2026-01")


def test_by_the_playbook_it_is_reopened_by_a_person_and_not_for_ever(decided: Letterbox) -> None:
    rules = shipped()
    handling = but(rules.handling(Reason.PRICE), reopen_on_reply=True, reopen_at_most=2)
    reasons = {**rules.reasons, Reason.PRICE: handling}
    decided.office.does(ApplyPlaybook(rules=but(rules, reasons=reasons)))
    away = "Auto-Submitted: auto-replied"
    decided.take(letter("I am away. F-2026-01", away, id_="0@b"))
    assert "dispute-reopened.v1" not in decided.topics("F-2026-01")
    for nth in range(1, 4):
        decided.take(letter(f"No! F-2026-01 {nth}", id_=f"{nth}@b"))
        invoice = decided.office.ledger.book(INVOICE, "F-2026-01").state
        assert invoice.disputes[CASE].reopened == min(nth, 2)
        if nth < 3:
            again = ResolveDispute(invoice="F-2026-01", case_id=CASE, outcome=Outcome.REJECTED)
            decided.office.does(again)
    assert ("answer debtor", "F-2026-01") in agenda(decided)


def test_the_rest_ends_by_its_day_and_the_item_does_not(box: Letterbox) -> None:
    box.take(letter("About F-2026-01."))
    later = moment(TODAY) + timedelta(days=10)
    desk = Desk(box.office.pool, box.office.ledger, lambda: later)
    take_in(desk, letter("Hello? F-2026-01", id_="2@b"), ADDRESS)
    assert box.topics("F-2026-01").count("follow-up-held.v1") == 2
    reply = box.office.ledger.book(INVOICE, "F-2026-01").state.reply
    assert reply is not None
    assert (reply.since, reply.times) == (day(TODAY), 2)
