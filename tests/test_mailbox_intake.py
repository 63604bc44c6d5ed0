"""What comes in by mail: what it is found to be about, and what follows. Nothing is lost."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from api.inbox.receive import MAX_MAIL_BYTES, receive_raw
from api.links.reply_address import reply_address
from api.mail.parse import read
from api.session import TenantSession
from commands.debtors.registration import RegisterDebtor
from commands.disputes.opening import OpenDispute
from commands.disputes.resolvers import AssignResolver, EscalateDispute, RecordAnswer
from commands.inbox.message import MessageKind, ParsedMessage
from commands.inbox.triage import AssignInbound
from commands.invoices.registration import RegisterInvoice
from ledger.database import documents
from ledger.facts.books import INCOMING, INVOICE, MESSAGE
from ledger.facts.codes import Answer, Purpose, Reason, TaskKind
from ledger.facts.debtor_events import DebtorAddressRefused
from ledger.facts.inbound import MailMatched, MailReceived, MatchRule, Sender
from ledger.facts.invoice.dispute_handling import ResolverAnswered
from ledger.facts.invoice.follow_up import ContactLogged, EmailFailed
from ledger.facts.invoice.holds import FollowUpHeld
from ledger.facts.invoice.registration import DocumentAttached
from ledger.facts.outbound import MessageAsked
from ledger.policy.disputes.deadlines import answer_overdue
from ledger.policy.disputes.detection import answer_keyword
from ledger.policy.tasks.invoice import tasks_for
from ledger.policy.visibility import EVERYTHING
from ledger.store.ledger import Ledger
from projections.agenda import list_due
from support.creditor import invoice
from support.examples import CASE
from support.given import TODAY, day, moment
from support.mail_samples import FOLDERS, mail, mails
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

KEY = "a secret of this office"


def matched(taken: object) -> MailMatched:
    [found] = [e.event for e in taken.entries if isinstance(e.event, MailMatched)]  # type: ignore[attr-defined]
    return found


def test_a_number_of_the_senders_own_is_logged_rests_and_is_received(mailbox: MailboxCase) -> None:
    taken = mailbox.receive(
        letter("Your F 2026 01 is being paid.\n\n> old words", "Subject: Payment")
    )
    assert (taken.outcome, matched(taken).rule) == ("matched", MatchRule.NUMBER)
    contact = mailbox.events("F-2026-01")[-1]
    assert isinstance(contact, ContactLogged)
    assert (contact.who, contact.summary) == (JANSEN, "Your F 2026 01 is being paid.")
    assert contact.message_id == "m1@bakery"
    assert contact.time == "10:00+01:00", "ours, in our time zone"
    assert (contact.awaits_answer, contact.rests_until) == (True, None)
    assert "contact-logged.v1" not in mailbox.topics("F-2026-02")
    [receipt] = mailbox.receipts()
    assert (receipt.to, receipt.language, receipt.debtor) == ((JANSEN,), "nl", "D-7")
    assert [one.invoice for one in receipt.about] == ["F-2026-01"]
    assert receipt.facts["in_reply_to"] == "<m1@bakery>"
    assert mailbox.inbox() == []


def test_the_mail_and_its_attachments_are_kept(mailbox: MailboxCase) -> None:
    raw = mail(
        f"Authentication-Results: {SERVER}; {authentic(JANSEN)}",
        f"From: {JANSEN}",
        "Message-ID: <a@b>",
        "Content-Type: multipart/mixed; boundary=x",
        text="--x\r\n\r\nF-2026-01\r\n--x\r\nContent-Type: application/pdf; name=offer.pdf"
        "\r\n\r\nPDF\r\n--x--",
    )
    contact = next(e for e in mailbox.receive(raw).entries if isinstance(e.event, ContactLogged))
    with mailbox.creditor.pool.connection() as conn:
        whole, pdf = (
            documents.fetch(conn, mailbox.creditor.tenant, one) for one in contact.event.documents
        )
    assert whole == raw
    assert pdf == b"PDF"
    [named] = [e for e in mailbox.events("F-2026-01") if isinstance(e, DocumentAttached)]
    assert (named.name, named.media_type, named.size) == ("offer.pdf", "application/pdf", 3)
    assert named.sha256 == contact.event.documents[1]
    mailbox.assigns(AssignInbound(mail="a@b", invoices=("F-2026-02",)), LATER)
    assert named in mailbox.events("F-2026-02")


def test_the_same_mail_is_taken_in_once(mailbox: MailboxCase) -> None:
    raw = letter("F-2026-01")
    assert mailbox.receive(raw).outcome == "matched"
    before = len(mailbox.creditor.ledger.since(0, 1000))
    again = b"Received: by another server\r\n" + raw
    assert [mailbox.receive(one).outcome for one in (raw, again)] == ["known", "known"]
    assert len(mailbox.creditor.ledger.since(0, 1000)) == before


def test_another_mail_with_the_same_id_is_another_mail(mailbox: MailboxCase) -> None:
    mailbox.receive(letter("F-2026-01"))
    other = letter("F-2026-01: no, we do not pay.")
    assert mailbox.receive(other).outcome == "matched"
    assert mailbox.receive(other).outcome == "known"
    assert mailbox.topics("F-2026-01").count("contact-logged.v1") == 2


def test_a_mail_without_id_is_named_by_its_bytes(mailbox: MailboxCase) -> None:
    examined = f"Authentication-Results: {SERVER}; {authentic(JANSEN)}"
    raw = mail(examined, f"From: {JANSEN}", text="About F-2026-01.")
    assert [mailbox.receive(raw).outcome for _ in "12"] == ["matched", "known"]
    assert mailbox.creditor.ledger.book(INCOMING, read(raw).sha256).state.known


def test_a_reply_is_known_by_the_message_it_names(mailbox: MailboxCase) -> None:
    id_ = mailbox.send("follow-up/D-7/1", Purpose.REMINDER, "F-2026-01", "F-2026-02")
    older = mailbox.send("follow-up/D-7/0", Purpose.REMINDER, "F-2026-02")
    taken = mailbox.receive(letter("Next week.", f"References: <{older}> <{id_}>"))
    assert matched(taken).rule is MatchRule.REFERENCE
    assert matched(taken).invoices == ("F-2026-01", "F-2026-02")
    assert matched(taken).messages == ("follow-up/D-7/1",)
    ours = ("Subject: Re: Reminder: F-2026-01, F-2026-02", f"In-Reply-To: <{id_}>")
    only = mailbox.receive(letter("F-2026-02 is wrong\n\n> F-2026-01", *ours, id_="m2@bakery"))
    assert matched(only).invoices == ("F-2026-02",)
    both = mailbox.receive(letter("We pay next week.", *ours, id_="m3@bakery"))
    assert matched(both).invoices == ("F-2026-01", "F-2026-02")


def test_a_reply_is_known_by_our_signed_address(
    mailbox: MailboxCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox.send("follow-up/D-7/1", Purpose.REMINDER, "F-2026-02")
    tenant, id_ = mailbox.creditor.tenant, mailbox.id_of("follow-up/D-7/1")
    signed = reply_address(KEY.encode(), tenant, id_, ADDRESS)
    assert len(signed.partition("@")[0]) <= 64
    assert mailbox.receive(letter("Unset.", f"Cc: {signed}", id_="0@b")).outcome == "waiting"
    monkeypatch.setenv("DOSSIER_REPLY_SECRET", KEY)
    taken = mailbox.receive(letter("We pay.", f"Cc: {signed.upper()}", id_="1@b"))
    assert (matched(taken).rule, matched(taken).invoices) == (
        MatchRule.REPLY_ADDRESS,
        ("F-2026-02",),
    )
    forged = reply_address(b"another", tenant, id_, ADDRESS)
    assert mailbox.receive(letter("We pay.", f"Cc: {forged}", id_="2@b")).outcome == "waiting"


def test_a_reply_of_a_stranger_is_logged_flagged_and_changes_nothing(mailbox: MailboxCase) -> None:
    id_ = mailbox.send("follow-up/D-7/1", Purpose.REMINDER, "F-2026-01")
    taken = mailbox.receive(
        letter("All paid!", f"In-Reply-To: <{id_}>", from_="mallory@evil.example")
    )
    assert taken.outcome == "waiting"
    contact = mailbox.events("F-2026-01")[-1]
    assert contact.who == "mallory@evil.example (not known to be theirs)"
    assert mailbox.receipts() == []
    [row] = mailbox.inbox()
    assert (row.flags, row.invoices) == (["unknown sender"], ["F-2026-01"])
    assert "really" in row.why


def test_a_number_from_a_stranger_waits_with_a_suggestion(mailbox: MailboxCase) -> None:
    assert (
        mailbox.receive(letter("F-2026-01 is paid", from_="x@elsewhere.example")).outcome
        == "waiting"
    )
    [row] = mailbox.inbox()
    assert (row.suggested_invoices, row.suggested_debtors) == (["F-2026-01"], ["D-7"])
    assert "contact-logged.v1" not in mailbox.topics("F-2026-01")


def test_a_sender_without_a_number_is_logged_with_him_and_waits(mailbox: MailboxCase) -> None:
    assert mailbox.receive(letter("We pay everything soon.")).outcome == "waiting"
    assert mailbox.of_debtor()[-1].summary == "We pay everything soon."
    [row] = mailbox.inbox()
    assert (row.debtor, row.suggested_invoices) == ("D-7", ["F-2026-01", "F-2026-02"])
    assert mailbox.receipts() == []


def test_several_invoices_in_one_mail_are_in_all_their_books(mailbox: MailboxCase) -> None:
    taken = mailbox.receive(letter("Both f2026-01 and F-2026-02 were paid."))
    assert matched(taken).invoices == ("F-2026-01", "F-2026-02")
    assert mailbox.topics("F-2026-01")[-2:] == mailbox.topics("F-2026-02")[-2:]
    assert len(mailbox.receipts()) == 1


def test_a_purchase_order_or_payment_is_as_good_as_a_number(mailbox: MailboxCase) -> None:
    wish = RegisterInvoice(
        on="2026-02-01",
        invoice="F-2026-03",
        amount="5",
        due_on="2026-02-28",
        debtor="D-7",
        purchase_order="PO-4711",
    )
    mailbox.creditor.execute(wish)
    taken = mailbox.receive(letter("The goods of PO 4711 never came."))
    assert (matched(taken).rule, matched(taken).invoices) == (MatchRule.PAYMENT, ("F-2026-03",))


def test_of_debtors_with_one_address_the_customer_number_tells(mailbox: MailboxCase) -> None:
    mailbox.creditor.execute(
        RegisterDebtor(on="2026-01-01", debtor="D-88", name="Shop", email=JANSEN)
    )
    assert mailbox.receive(letter("Hello.", id_="1@b")).outcome == "waiting"
    taken = mailbox.receive(letter("Our number is D-88.", id_="2@b"))
    assert (matched(taken).rule, matched(taken).debtor) == (MatchRule.CUSTOMER, "D-88")


def test_the_longer_number_is_meant(mailbox: MailboxCase) -> None:
    mailbox.creditor.execute(invoice("2026-01"))
    assert matched(mailbox.receive(letter("About F-2026-01."))).invoices == ("F-2026-01",)


def test_one_receipt_a_day(mailbox: MailboxCase) -> None:
    for nth in range(3):
        mailbox.receive(letter(f"F-2026-01, once more: {nth}", id_=f"{nth}@b"))
    assert len(mailbox.receipts()) == 1
    assert mailbox.topics("F-2026-01").count("contact-logged.v1") == 3


@pytest.mark.parametrize(
    ("sign", "kind"),
    [
        ("Auto-Submitted: auto-replied", "an automatic answer"),
        ("List-Id: <news.bakery>", "a mailing list"),
        ("Return-Path: <>", "an automatic answer"),
    ],
)
def test_what_no_person_wrote_is_logged_and_changes_nothing(
    mailbox: MailboxCase, sign: str, kind: str
) -> None:
    id_ = mailbox.send("follow-up/D-7/1", Purpose.REMINDER, "F-2026-01")
    taken = mailbox.receive(letter("I am away. F-2026-01", sign, f"In-Reply-To: <{id_}>"))
    assert taken.outcome == "matched"
    contact = mailbox.events("F-2026-01")[-1]
    assert isinstance(contact, ContactLogged)
    assert contact.who == f"{JANSEN} ({kind})"
    assert mailbox.receipts() == []
    assert not contact.awaits_answer


def test_no_receipt_for_a_receipt_nor_for_ourselves(mailbox: MailboxCase) -> None:
    id_ = mailbox.send("receipt/contact/1", Purpose.RECEIPT, "F-2026-01")
    mailbox.receive(letter("Thank you.", f"In-Reply-To: <{id_}>"))
    reminder = mailbox.send("follow-up/D-7/1", Purpose.REMINDER, "F-2026-02")
    own = letter("Fine.", f"In-Reply-To: <{reminder}>", from_=ADDRESS, id_="own@seller")
    mailbox.receive(own)
    assert [one.message for one in mailbox.receipts()] == ["receipt/contact/1"]
    assert mailbox.creditor.ledger.book(INVOICE, "F-2026-02").state.replies == ()


def test_what_came_back_for_good_is_told_to_its_books(mailbox: MailboxCase) -> None:
    id_ = mailbox.send("follow-up/D-7/1", Purpose.REMINDER, "F-2026-01", "F-2026-02")
    assert mailbox.receive(bounce(JANSEN, "4.2.2", id_, 1)).outcome == "matched"
    notice = "mailer-daemon@relay.example (an automatic notice of a mail server)"
    assert mailbox.events("F-2026-01")[-1].who == notice
    assert mailbox.creditor.ledger.book(MESSAGE, "follow-up/D-7/1").state.status == "sent"
    assert mailbox.receive(bounce(JANSEN, "5.1.1", id_, 2)).outcome == "matched"
    assert mailbox.creditor.ledger.book(MESSAGE, "follow-up/D-7/1").state.status == "failed"
    for number in ("F-2026-01", "F-2026-02"):
        failed = mailbox.events(number)[-1]
        assert isinstance(failed, EmailFailed)
        assert (failed.to, failed.why) == ((JANSEN,), "5.1.1")
    assert mailbox.receive(bounce(JANSEN, "5.1.1", id_, 3)).outcome == "matched"
    assert mailbox.topics("F-2026-01").count("email-failed.v1") == 1
    refused = mailbox.of_debtor()[-1]
    assert isinstance(refused, DebtorAddressRefused)
    assert (refused.address, refused.why) == (JANSEN, "5.1.1")


def test_a_bounce_of_nobody_knows_what_waits_with_its_debtor(mailbox: MailboxCase) -> None:
    assert mailbox.receive(bounce(JANSEN, "5.1.1", "gone@elsewhere")).outcome == "waiting"
    [row] = mailbox.inbox()
    assert (row.sender, row.debtor) == ("bounce", "D-7")


@pytest.fixture
def disputed(mailbox: MailboxCase) -> str:
    """Message-ID of the question to Sam."""
    mailbox.creditor.execute(
        OpenDispute(invoice="F-2026-01", case_id=CASE, reason=Reason.PRICE, comment="Too much."),
        AssignResolver(invoice="F-2026-01", case_id=CASE, resolver=SAM, follow_up_on="2026-03-09"),
    )
    return mailbox.send(f"request/{CASE}/1", Purpose.REQUEST, "F-2026-01", to=(SAM,), case_id=CASE)


def test_a_resolvers_words_are_an_answer_for_the_collector_to_judge(
    mailbox: MailboxCase, disputed: str
) -> None:
    words = "40 bags were delivered, see the slip.\nThe invoice is right."
    taken = mailbox.receive(letter(words, f"In-Reply-To: <{disputed}>", from_=SAM))
    assert (taken.outcome, matched(taken).case_id) == ("matched", CASE)
    answer = mailbox.events("F-2026-01")[-1]
    assert (answer.answer, answer.resolver, answer.text) == (Answer.IN_WORDS, SAM, words)
    invoice = mailbox.creditor.ledger.book(INVOICE, "F-2026-01").state
    dispute = invoice.disputes[CASE]
    assert not answer_overdue(invoice, dispute, day("2026-04-01")), "they are not reminded"
    with mailbox.creditor.reading() as conn:
        chosen = {"action": "judge answer"}
        due = list_due(mailbox.creditor.tenant, day(TODAY), chosen, scope=EVERYTHING)
        rows = due.fetch(conn)
    [task] = [row.item for row in rows]
    said = "40 bags were delivered, see the slip. The invoice is right."
    assert (task.invoice, task.why[-1]) == ("F-2026-01", f"{SAM} answered: {said}")
    assert mailbox.inbox() == [], "one matter, one task"
    assert mailbox.receipts() == []


def test_the_collector_judges_what_the_words_mean(mailbox: MailboxCase, disputed: str) -> None:
    mailbox.receive(letter("I ask the depot.", f"In-Reply-To: <{disputed}>", from_=SAM))
    mailbox.creditor.execute(
        RecordAnswer(
            invoice="F-2026-01", case_id=CASE, answer="not_solved", follow_up_on="2026-03-20"
        )
    )
    invoice = mailbox.creditor.ledger.book(INVOICE, "F-2026-01").state
    [task] = [task for task in tasks_for(invoice) if task.dispute]
    assert (task.action, task.on) == (TaskKind.CHASE_RESOLVER, day("2026-03-20"))


@pytest.mark.parametrize("now_asked", ["eva@seller.example", "Eva of the depot"])
def test_words_of_somebody_who_is_not_asked_any_more_wait(
    mailbox: MailboxCase, disputed: str, now_asked: str
) -> None:
    mailbox.creditor.execute(AssignResolver(invoice="F-2026-01", case_id=CASE, resolver=now_asked))
    taken = mailbox.receive(letter("Solved.", f"In-Reply-To: <{disputed}>", from_=SAM))
    assert taken.outcome == "waiting"
    assert "resolver-answered.v1" not in mailbox.topics("F-2026-01")
    [row] = mailbox.inbox()
    assert row.why == "a colleague wrote about a case that does not wait for their answer"


def test_an_absence_is_no_answer(mailbox: MailboxCase, disputed: str) -> None:
    away = ("Auto-Submitted: auto-replied", f"In-Reply-To: <{disputed}>")
    mailbox.receive(letter("I am away until Monday.", *away, from_=SAM))
    assert "resolver-answered.v1" not in mailbox.topics("F-2026-01")


def test_who_it_was_escalated_to_answers_under_their_own_name(
    mailbox: MailboxCase, disputed: str
) -> None:
    boss = "Boss@seller.example"
    mailbox.creditor.execute(
        EscalateDispute(invoice="F-2026-01", case_id=CASE, to=boss, why="It takes long.")
    )
    mail_id = mailbox.send(
        f"escalation/{CASE}/1", Purpose.ESCALATION, "F-2026-01", to=(boss,), case_id=CASE
    )
    mailbox.receive(letter("Credit it.", f"In-Reply-To: <{mail_id}>", from_=boss))
    answer = mailbox.events("F-2026-01")[-1]
    assert (answer.answer, answer.resolver) == (Answer.IN_WORDS, boss)


def test_a_resolvers_unmistakable_word_is_his_answer(mailbox: MailboxCase, disputed: str) -> None:
    said = "Opgelost.\nTwo boxes are to be credited."
    assert (
        mailbox.receive(letter(said, f"In-Reply-To: <{disputed}>", from_=SAM)).outcome == "matched"
    )
    answer = mailbox.events("F-2026-01")[-1]
    assert isinstance(answer, ResolverAnswered)
    assert (answer.answer, answer.text) == (Answer.SOLVED, said)


def test_a_resolvers_mail_that_is_assigned_stays_his(mailbox: MailboxCase, disputed: str) -> None:
    mailbox.receive(letter("I ask the depot.", f"In-Reply-To: <{disputed}>", from_=SAM))
    before = len(mailbox.events("F-2026-02"))
    wish = AssignInbound(mail="m1@bakery", invoices=("F-2026-01", "F-2026-02"))
    mailbox.assigns(wish, LATER)
    mail = mailbox.creditor.ledger.book(INCOMING, "m1@bakery").state
    assert (mail.status, mail.matched and mail.matched.case_id) == ("matched", CASE)
    [contact] = mailbox.events("F-2026-02")[before:]
    assert isinstance(contact, ContactLogged)
    assert not contact.awaits_answer
    assert mailbox.receipts() == []


def test_the_debtors_mail_that_answers_the_resolvers_is_the_debtors(
    mailbox: MailboxCase, disputed: str
) -> None:
    mailbox.receive(letter("We wait for you.", f"In-Reply-To: <{disputed}>"))
    wish = AssignInbound(mail="m1@bakery", invoices=("F-2026-02",))
    mailbox.assigns(wish, LATER)
    assert mailbox.events("F-2026-02")[-1].awaits_answer


def test_one_mail_is_received_once_whatever_the_day_it_is_assigned(mailbox: MailboxCase) -> None:
    mailbox.receive(letter("F-2026-01 is paid."))
    mailbox.receive(letter("We pay everything soon.", id_="m2@bakery"))
    for name, number in (("m1", "F-2026-02"), ("m2", "F-2026-01"), ("m2", "F-2026-02")):
        wish = AssignInbound(mail=f"{name}@bakery", invoices=(number,))
        mailbox.assigns(wish, LATER)
    received = [one.facts["in_reply_to"] for one in mailbox.receipts()]
    assert received == ["<m1@bakery>", "<m2@bakery>"]


def test_a_colleague_who_got_a_copy_does_not_answer_for_him(
    mailbox: MailboxCase, disputed: str
) -> None:
    copy = mailbox.send(
        f"copy/{CASE}/1", Purpose.COPY, "F-2026-01", to=("jane@seller.example",), case_id=CASE
    )
    taken = mailbox.receive(
        letter("Solved.", f"In-Reply-To: <{copy}>", from_="jane@seller.example")
    )
    assert taken.outcome == "matched"
    assert mailbox.topics("F-2026-01")[-1] == "contact-logged.v1"
    assert mailbox.receipts() == []


def test_the_debtor_cannot_answer_for_the_resolver(mailbox: MailboxCase, disputed: str) -> None:
    taken = mailbox.receive(letter("Solved.", f"In-Reply-To: <{disputed}>"))
    assert taken.outcome == "waiting"
    assert "resolver-answered.v1" not in mailbox.topics("F-2026-01")


def test_wording_of_a_dispute_is_suggested_and_a_person_decides(mailbox: MailboxCase) -> None:
    taken = mailbox.receive(letter("Hello.\nOver F-2026-01: drie dozen zijn nooit ontvangen. Jan"))
    assert taken.outcome == "waiting"
    assert "dispute-opened.v1" not in mailbox.topics("F-2026-01")
    assert mailbox.events("F-2026-01")[-1].awaits_answer
    [row] = mailbox.inbox()
    assert row.why == "it sounds like a dispute"
    assert (row.suggested_invoices, row.suggested_reasons) == (["F-2026-01"], ["not_delivered"])
    says = "Over F-2026-01: drie dozen zijn nooit ontvangen."
    assert row.suggestions == [f"text: {says} (nl, not delivered: “dozen + nooit + ontvangen”)"]


def test_what_is_disputed_already_is_not_suggested_again(
    mailbox: MailboxCase, disputed: str
) -> None:
    assert (
        mailbox.receive(letter("The price of F-2026-01 was never the agreed price.")).outcome
        == "matched"
    )


APPLE = "> On 22 Aug 2026, at 19:21, Sam <sam@seller.example> wrote:\n> \n> Hi\n"


def test_what_stands_above_a_quoted_header_is_heard(mailbox: MailboxCase, disputed: str) -> None:
    told = letter(f"Solved\n\n{APPLE}", f"In-Reply-To: <{disputed}>", from_=SAM)
    assert mailbox.receive(told).outcome == "matched"
    assert isinstance(mailbox.events("F-2026-01")[-1], ResolverAnswered)
    words = "Wij hebben deze goederen nooit ontvangen"
    mailbox.receive(letter(f"{words}\n\n{APPLE}", "Subject: F-2026-02", id_="2@b"))
    [row] = mailbox.inbox()
    assert row.text == words
    assert "sounds like a dispute" in row.why


def test_a_mail_in_which_nothing_new_is_found_is_kept_whole_and_says_so(
    mailbox: MailboxCase,
) -> None:
    forward = "-----Original Message-----\nFrom: x@y.example\nSent: Monday\nTo: Jan\n\nSee this."
    mailbox.receive(letter(forward, "Subject: F-2026-01"))
    contact = mailbox.events("F-2026-01")[-1]
    assert isinstance(contact, ContactLogged)
    assert (contact.summary, contact.awaits_answer) == (forward, True)
    assert contact.who == f"{JANSEN} (nothing new was found in it: the whole text is kept)"


def test_only_a_whole_line_is_an_answer() -> None:
    assert answer_keyword("\n  NOT   mine!\nAsk Eva.") is Answer.NOT_MINE
    assert answer_keyword("Solved? Not at all.") is None
    assert answer_keyword("") is None


def test_it_happened_when_the_mail_server_got_it(mailbox: MailboxCase) -> None:
    taken = mailbox.receive(letter("F-2026-01"), at=moment("2026-02-27"))
    assert {one.event.on for one in taken.entries if one.event.topic == "contact-logged.v1"} == {
        day("2026-02-27")
    }
    late = mailbox.receive(letter("F-2026-02", id_="2@b"), at=LATER)  # its clock is ahead of ours
    assert late.entries[0].event.on == day(TODAY)


def test_one_mail_by_several_at_once_is_taken_in_once(mailbox: MailboxCase) -> None:
    with mailbox.creditor.reading():
        pass
    raw, ledgers = letter("F-2026-01"), [mailbox.creditor.ledger]
    ledgers += [Ledger(mailbox.creditor.pool, mailbox.creditor.tenant) for _ in range(3)]
    desks = [
        TenantSession(mailbox.creditor.pool, ledger, lambda: moment(TODAY)) for ledger in ledgers
    ]
    try:
        with ThreadPoolExecutor(4) as several:
            taken = list(several.map(lambda desk: receive_raw(desk, raw, ADDRESS), desks * 4))
    finally:
        for ledger in ledgers[1:]:
            ledger.close()
    assert sorted(one.outcome for one in taken) == ["known"] * 15 + ["matched"]
    assert mailbox.topics("F-2026-01").count("contact-logged.v1") == 1
    assert len(mailbox.receipts()) == 1


def test_a_mail_too_large_to_read_is_kept_and_waits(mailbox: MailboxCase) -> None:
    raw = letter("F-2026-01 " * (MAX_MAIL_BYTES // 10))
    assert mailbox.receive(raw).outcome == "waiting"
    [row] = mailbox.inbox()
    assert row.flags == [f"unread: {len(raw):,} bytes", "unauthenticated sender"]
    with mailbox.creditor.pool.connection() as conn:
        assert documents.fetch(conn, mailbox.creditor.tenant, row.document) == raw


def test_nothing_of_the_real_mails_is_lost_and_no_machine_changes_anything(
    mailbox: MailboxCase, data: Path
) -> None:
    """Each as it is, and once more as an answer to a reminder, by one whom we expect it from."""
    files = [path for folder in FOLDERS for path in mails(data, folder)]
    raws = [path.read_bytes() for path in files]
    senders = {one.mail for raw in raws for one in read(raw).from_[:1] if one.mail.strip()}
    id_ = mailbox.send("follow-up/D-7/1", Purpose.REMINDER, "F-2026-01", to=tuple(sorted(senders)))
    with mailbox.creditor.reading():
        pass
    raws += [
        f"In-Reply-To: <{id_}>\nMessage-ID: <{n}@a>\n".encode() + r for n, r in enumerate(raws)
    ]
    slow, lost, wrong = [], [], []
    for raw in raws:
        mail, start = read(raw), time.process_time()
        taken = receive_raw(mailbox.session, raw, ADDRESS)
        if (spent := time.process_time() - start) > 2:
            slow.append((mail.id, spent))
        received = [one.event for one in taken.entries if isinstance(one.event, MailReceived)]
        if not received and not _in_a_book(mailbox, mail):
            lost.append(mail.id)
        changed = (FollowUpHeld, MessageAsked)
        if mail.kind is not MessageKind.PERSON:
            wrong += [one for one in taken.entries if isinstance(one.event, changed)]
    assert (slow, lost, wrong) == ([], [], [])
    every = [entry.event for entry in mailbox.creditor.ledger.since(0, 100_000)]
    came = [event for event in every if isinstance(event, MailReceived)]
    print(f"{len(raws)} mails in {len(came)} books")  # noqa: T201
    assert {one.sender for one in came} == set(Sender)
    assert not [one for one in came for flag in one.flags if "could not be logged" in flag]


def _in_a_book(mailbox: MailboxCase, mail: ParsedMessage) -> bool:
    """The same mail came before, under its own name or that of its bytes."""
    names = (mail.id, mail.sha256)
    there = [mailbox.creditor.ledger.book(INCOMING, name).state.received for name in names]
    said = (mail.subject, mail.reply)
    return said in [(one.subject, one.text) for one in there if one]
