"""What comes in by mail: what it is found to be about, and what follows. Nothing is lost."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from api.mail.message import Kind, Message
from api.mail.parse import read
from api.mailbox.address import reply_address
from api.mailbox.by_hand import assign
from api.mailbox.intake import take_in
from api.mailbox.keywords import answer_of
from api.wiring import Desk
from commands.debtors import RegisterDebtor
from commands.disputes import AssignResolver, OpenDispute
from commands.incoming import AssignMail
from commands.invoices import RegisterInvoice
from ledger import documents
from ledger import invoice_events as ev
from ledger.books import INCOMING, MESSAGE
from ledger.codes import Answer, Purpose, Reason
from ledger.incoming import MailMatched, MailReceived, Rule, Sender
from ledger.message import MessageAsked
from ledger.pool import Pool
from ledger.store import Ledger
from support.creditor import invoice, new_office
from support.examples import CASE
from support.given import TODAY, day, moment
from support.mail_samples import FOLDERS, mail, mails
from support.mailbox_case import ADDRESS, JANSEN, LATER, SAM, Letterbox, letter, letterbox

KEY = "a secret of this office"


@pytest.fixture
def box(pool: Pool) -> Iterator[Letterbox]:
    with new_office(pool) as office:
        yield letterbox(office, "F-2026-01", "F-2026-02")


def matched(taken: object) -> MailMatched:
    [found] = [e.event for e in taken.entries if isinstance(e.event, MailMatched)]  # type: ignore[attr-defined]
    return found


def test_a_number_of_the_senders_own_is_logged_rests_and_is_received(box: Letterbox) -> None:
    taken = box.take(letter("Your F 2026 01 is being paid.\n\n> old words", "Subject: Payment"))
    assert (taken.outcome, matched(taken).rule) == ("matched", Rule.NUMBER)
    contact, held = box.happened("F-2026-01")[-2:]
    assert isinstance(contact, ev.ContactLogged)
    assert (contact.who, contact.summary) == (JANSEN, "Your F 2026 01 is being paid.")
    assert contact.message_id == "m1@bakery"
    assert contact.time == "10:00+01:00", "ours, in our time zone"
    assert isinstance(held, ev.FollowUpHeld)
    assert (held.reason, held.until) == ("reply", day("2026-03-09"))  # five working days
    assert "follow-up-held.v1" not in box.topics("F-2026-02")
    [receipt] = box.receipts()
    assert (receipt.to, receipt.language, receipt.debtor) == ((JANSEN,), "nl", "D-7")
    assert [one.invoice for one in receipt.about] == ["F-2026-01"]
    assert receipt.facts["in_reply_to"] == "<m1@bakery>"
    assert box.inbox() == []


def test_the_mail_and_its_attachments_are_kept(box: Letterbox) -> None:
    raw = mail(
        f"From: {JANSEN}",
        "Message-ID: <a@b>",
        "Content-Type: multipart/mixed; boundary=x",
        text="--x\r\n\r\nF-2026-01\r\n--x\r\nContent-Type: application/pdf; name=offer.pdf"
        "\r\n\r\nPDF\r\n--x--",
    )
    contact = next(e for e in box.take(raw).entries if isinstance(e.event, ev.ContactLogged))
    with box.office.pool.connection() as conn:
        whole, pdf = (
            documents.fetch(conn, box.office.tenant, one) for one in contact.event.documents
        )
    assert whole == raw
    assert pdf == b"PDF"
    [named] = [e for e in box.happened("F-2026-01") if isinstance(e, ev.DocumentAttached)]
    assert (named.name, named.media_type, named.size) == ("offer.pdf", "application/pdf", 3)
    assert named.sha256 == contact.event.documents[1]
    box.office.does(
        *assign(box.desk.ledger, AssignMail(mail="a@b", invoices=("F-2026-02",)), LATER)
    )
    assert named in box.happened("F-2026-02")


def test_the_same_mail_is_taken_in_once(box: Letterbox) -> None:
    raw = letter("F-2026-01")
    assert box.take(raw).outcome == "matched"
    before = len(box.office.ledger.since(0, 1000))
    again = b"Received: by another server\r\n" + raw
    assert [box.take(one).outcome for one in (raw, again)] == ["known", "known"]
    assert len(box.office.ledger.since(0, 1000)) == before


def test_another_mail_with_the_same_id_is_another_mail(box: Letterbox) -> None:
    box.take(letter("F-2026-01"))
    other = letter("F-2026-01: no, we do not pay.")
    assert box.take(other).outcome == "matched"
    assert box.take(other).outcome == "known"
    assert box.topics("F-2026-01").count("contact-logged.v1") == 2


def test_a_mail_without_id_is_named_by_its_bytes(box: Letterbox) -> None:
    raw = mail(f"From: {JANSEN}", text="About F-2026-01.")
    assert [box.take(raw).outcome for _ in "12"] == ["matched", "known"]
    assert box.office.ledger.book(INCOMING, read(raw).sha256).state.known


def test_a_reply_is_known_by_the_message_it_names(box: Letterbox) -> None:
    id_ = box.asks("follow-up/D-7/1", Purpose.REMINDER, "F-2026-01", "F-2026-02")
    older = box.asks("follow-up/D-7/0", Purpose.REMINDER, "F-2026-02")
    taken = box.take(letter("Next week.", f"References: <{older}> <{id_}>"))
    assert matched(taken).rule is Rule.REFERENCE
    assert matched(taken).invoices == ("F-2026-01", "F-2026-02")
    assert matched(taken).messages == ("follow-up/D-7/1",)
    ours = ("Subject: Re: Reminder: F-2026-01, F-2026-02", f"In-Reply-To: <{id_}>")
    only = box.take(letter("F-2026-02 is wrong\n\n> F-2026-01", *ours, id_="m2@bakery"))
    assert matched(only).invoices == ("F-2026-02",)
    both = box.take(letter("We pay next week.", *ours, id_="m3@bakery"))
    assert matched(both).invoices == ("F-2026-01", "F-2026-02")


def test_a_reply_is_known_by_our_signed_address(
    box: Letterbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    box.asks("follow-up/D-7/1", Purpose.REMINDER, "F-2026-02")
    tenant, id_ = box.office.tenant, box.id_of("follow-up/D-7/1")
    signed = reply_address(KEY.encode(), tenant, id_, ADDRESS)
    assert len(signed.partition("@")[0]) <= 64
    assert box.take(letter("Unset.", f"Cc: {signed}", id_="0@b")).outcome == "waiting"
    monkeypatch.setenv("DOSSIER_REPLY_SECRET", KEY)
    taken = box.take(letter("We pay.", f"Cc: {signed.upper()}", id_="1@b"))
    assert (matched(taken).rule, matched(taken).invoices) == (Rule.REPLY_ADDRESS, ("F-2026-02",))
    forged = reply_address(b"another", tenant, id_, ADDRESS)
    assert box.take(letter("We pay.", f"Cc: {forged}", id_="2@b")).outcome == "waiting"


def test_a_reply_of_a_stranger_is_logged_flagged_and_changes_nothing(box: Letterbox) -> None:
    id_ = box.asks("follow-up/D-7/1", Purpose.REMINDER, "F-2026-01")
    taken = box.take(letter("All paid!", f"In-Reply-To: <{id_}>", from_="mallory@evil.example"))
    assert taken.outcome == "waiting"
    contact = box.happened("F-2026-01")[-1]
    assert contact.who == "mallory@evil.example (not known to be theirs)"
    assert box.receipts() == []
    [row] = box.inbox()
    assert (row.flags, row.invoices) == (["unknown sender"], ["F-2026-01"])
    assert "really" in row.why


def test_a_number_from_a_stranger_waits_with_a_suggestion(box: Letterbox) -> None:
    assert box.take(letter("F-2026-01 is paid", from_="x@elsewhere.example")).outcome == "waiting"
    [row] = box.inbox()
    assert (row.suggested_invoices, row.suggested_debtors) == (["F-2026-01"], ["D-7"])
    assert "contact-logged.v1" not in box.topics("F-2026-01")


def test_a_sender_without_a_number_is_logged_with_him_and_waits(box: Letterbox) -> None:
    assert box.take(letter("We pay everything soon.")).outcome == "waiting"
    assert box.of_debtor()[-1].summary == "We pay everything soon."
    [row] = box.inbox()
    assert (row.debtor, row.suggested_invoices) == ("D-7", ["F-2026-01", "F-2026-02"])
    assert box.receipts() == []


def test_several_invoices_in_one_mail_are_in_all_their_books(box: Letterbox) -> None:
    taken = box.take(letter("Both f2026-01 and F-2026-02 were paid."))
    assert matched(taken).invoices == ("F-2026-01", "F-2026-02")
    assert box.topics("F-2026-01")[-2:] == box.topics("F-2026-02")[-2:]
    assert len(box.receipts()) == 1


def test_a_purchase_order_or_payment_is_as_good_as_a_number(box: Letterbox) -> None:
    wish = RegisterInvoice(
        on="2026-02-01",
        invoice="F-2026-03",
        amount="5",
        due_on="2026-02-28",
        debtor="D-7",
        purchase_order="PO-4711",
    )
    box.office.does(wish)
    taken = box.take(letter("The goods of PO 4711 never came."))
    assert (matched(taken).rule, matched(taken).invoices) == (Rule.PAYMENT, ("F-2026-03",))


def test_of_debtors_with_one_address_the_customer_number_tells(box: Letterbox) -> None:
    box.office.does(RegisterDebtor(on="2026-01-01", debtor="D-88", name="Shop", email=JANSEN))
    assert box.take(letter("Hello.", id_="1@b")).outcome == "waiting"
    taken = box.take(letter("Our number is D-88.", id_="2@b"))
    assert (matched(taken).rule, matched(taken).debtor) == (Rule.CUSTOMER, "D-88")


def test_the_longer_number_is_meant(box: Letterbox) -> None:
    box.office.does(invoice("2026-01"))
    assert matched(box.take(letter("About F-2026-01."))).invoices == ("F-2026-01",)


def test_one_receipt_a_day_and_no_second_rest_while_one_lasts(box: Letterbox) -> None:
    for nth in range(3):
        box.take(letter(f"F-2026-01, once more: {nth}", id_=f"{nth}@b"))
    assert len(box.receipts()) == 1
    assert box.topics("F-2026-01").count("follow-up-held.v1") == 1
    assert box.topics("F-2026-01").count("contact-logged.v1") == 3


@pytest.mark.parametrize(
    ("sign", "kind"),
    [
        ("Auto-Submitted: auto-replied", "an automatic answer"),
        ("List-Id: <news.bakery>", "a mailing list"),
        ("Return-Path: <>", "an automatic answer"),
    ],
)
def test_what_no_person_wrote_is_logged_and_changes_nothing(
    box: Letterbox, sign: str, kind: str
) -> None:
    id_ = box.asks("follow-up/D-7/1", Purpose.REMINDER, "F-2026-01")
    taken = box.take(letter("I am away. F-2026-01", sign, f"In-Reply-To: <{id_}>"))
    assert taken.outcome == "matched"
    contact = box.happened("F-2026-01")[-1]
    assert isinstance(contact, ev.ContactLogged)
    assert contact.who == f"{JANSEN} ({kind})"
    assert box.receipts() == []
    assert "follow-up-held.v1" not in box.topics("F-2026-01")


def test_no_receipt_for_a_receipt_nor_for_ourselves(box: Letterbox) -> None:
    id_ = box.asks("receipt/contact/1", Purpose.RECEIPT, "F-2026-01")
    box.take(letter("Thank you.", f"In-Reply-To: <{id_}>"))
    reminder = box.asks("follow-up/D-7/1", Purpose.REMINDER, "F-2026-02")
    own = letter("Fine.", f"In-Reply-To: <{reminder}>", from_=ADDRESS, id_="own@seller")
    box.take(own)
    assert [one.message for one in box.receipts()] == ["receipt/contact/1"]
    assert "follow-up-held.v1" not in box.topics("F-2026-02")


def bounce(to: str, status: str, id_: str, nth: int = 1) -> bytes:
    report = f"Final-Recipient: rfc822; {to}\r\nAction: failed\r\nStatus: {status}"
    return mail(
        "From: MAILER-DAEMON@relay.example",
        "Subject: Undelivered Mail Returned to Sender",
        f"Message-ID: <bounce{nth}@relay.example>",
        'Content-Type: multipart/report; report-type="delivery-status"; boundary=x',
        text="--x\r\n\r\nSorry.\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Reporting-MTA: dns; relay.example\r\n\r\n{report}\r\n\r\n--x\r\n"
        f"Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{id_}>\r\n--x--\r\n",
    )


def test_what_came_back_for_good_is_told_to_its_books(box: Letterbox) -> None:
    id_ = box.asks("follow-up/D-7/1", Purpose.REMINDER, "F-2026-01", "F-2026-02")
    assert box.take(bounce(JANSEN, "4.2.2", id_, 1)).outcome == "matched"
    notice = "mailer-daemon@relay.example (an automatic notice of a mail server)"
    assert box.happened("F-2026-01")[-1].who == notice
    assert box.office.ledger.book(MESSAGE, "follow-up/D-7/1").state.status == "sent"
    assert box.take(bounce(JANSEN, "5.1.1", id_, 2)).outcome == "matched"
    assert box.office.ledger.book(MESSAGE, "follow-up/D-7/1").state.status == "failed"
    for number in ("F-2026-01", "F-2026-02"):
        failed = box.happened(number)[-1]
        assert isinstance(failed, ev.EmailFailed)
        assert (failed.to, failed.why) == ((JANSEN,), "5.1.1")
    assert box.take(bounce(JANSEN, "5.1.1", id_, 3)).outcome == "matched"
    assert box.topics("F-2026-01").count("email-failed.v1") == 1
    assert "follow-up-held.v1" not in box.topics("F-2026-01")


def test_an_invoice_that_came_back_was_not_delivered(box: Letterbox) -> None:
    id_ = box.asks("copy/1", Purpose.INVOICE_COPY, "F-2026-01")
    box.take(bounce(JANSEN, "5.1.1", id_))
    assert box.topics("F-2026-01")[-1] == "delivery-failed.v1"


def test_a_bounce_of_nobody_knows_what_waits_with_its_debtor(box: Letterbox) -> None:
    assert box.take(bounce(JANSEN, "5.1.1", "gone@elsewhere")).outcome == "waiting"
    [row] = box.inbox()
    assert (row.sender, row.debtor) == ("bounce", "D-7")


@pytest.fixture
def disputed(box: Letterbox) -> str:
    """Message-ID of the question to Sam."""
    box.office.does(
        OpenDispute(invoice="F-2026-01", case_id=CASE, reason=Reason.PRICE, comment="Too much."),
        AssignResolver(invoice="F-2026-01", case_id=CASE, resolver=SAM, follow_up_on="2026-03-09"),
    )
    return box.asks(f"request/{CASE}/1", Purpose.REQUEST, "F-2026-01", to=(SAM,), case_id=CASE)


def test_a_resolvers_words_are_logged_and_left_to_a_person(box: Letterbox, disputed: str) -> None:
    taken = box.take(letter("I ask the depot.", f"In-Reply-To: <{disputed}>", from_=SAM))
    assert (taken.outcome, matched(taken).case_id) == ("waiting", CASE)
    assert box.topics("F-2026-01")[-1] == "contact-logged.v1"
    [row] = box.inbox()
    assert row.why == "the resolver wrote: is it his answer?"
    assert box.receipts() == []


def test_a_resolvers_unmistakable_word_is_his_answer(box: Letterbox, disputed: str) -> None:
    said = "Opgelost.\nTwo boxes are to be credited."
    assert box.take(letter(said, f"In-Reply-To: <{disputed}>", from_=SAM)).outcome == "matched"
    answer = box.happened("F-2026-01")[-1]
    assert isinstance(answer, ev.ResolverAnswered)
    assert (answer.answer, answer.text) == (Answer.SOLVED, said)


def test_a_resolvers_mail_that_is_assigned_stays_his(box: Letterbox, disputed: str) -> None:
    box.take(letter("I ask the depot.", f"In-Reply-To: <{disputed}>", from_=SAM))
    before = len(box.happened("F-2026-02"))
    wish = AssignMail(mail="m1@bakery", invoices=("F-2026-01", "F-2026-02"))
    box.office.does(*assign(box.desk.ledger, wish, LATER))
    mail = box.office.ledger.book(INCOMING, "m1@bakery").state
    assert (mail.status, mail.matched and mail.matched.case_id) == ("matched", CASE)
    [contact] = box.happened("F-2026-02")[before:]
    assert isinstance(contact, ev.ContactLogged)
    assert not contact.awaits_answer
    assert "follow-up-held.v1" not in box.topics("F-2026-01")
    assert box.receipts() == []


def test_the_debtors_mail_that_answers_the_resolvers_is_the_debtors(
    box: Letterbox, disputed: str
) -> None:
    box.take(letter("We wait for you.", f"In-Reply-To: <{disputed}>"))
    wish = AssignMail(mail="m1@bakery", invoices=("F-2026-02",))
    box.office.does(*assign(box.desk.ledger, wish, LATER))
    contact, held = box.happened("F-2026-02")[-2:]
    assert (contact.awaits_answer, held.topic) == (True, "follow-up-held.v1")


def test_one_mail_is_received_once_whatever_the_day_it_is_assigned(box: Letterbox) -> None:
    box.take(letter("F-2026-01 is paid."))
    box.take(letter("We pay everything soon.", id_="m2@bakery"))
    for name, number in (("m1", "F-2026-02"), ("m2", "F-2026-01"), ("m2", "F-2026-02")):
        wish = AssignMail(mail=f"{name}@bakery", invoices=(number,))
        box.office.does(*assign(box.desk.ledger, wish, LATER), on=str(LATER.date()))
    received = [one.facts["in_reply_to"] for one in box.receipts()]
    assert received == ["<m1@bakery>", "<m2@bakery>"]


def test_a_colleague_who_got_a_copy_does_not_answer_for_him(box: Letterbox, disputed: str) -> None:
    copy = box.asks(
        f"copy/{CASE}/1", Purpose.COPY, "F-2026-01", to=("jane@seller.example",), case_id=CASE
    )
    taken = box.take(letter("Solved.", f"In-Reply-To: <{copy}>", from_="jane@seller.example"))
    assert taken.outcome == "matched"
    assert box.topics("F-2026-01")[-1] == "contact-logged.v1"
    assert box.receipts() == []


def test_the_debtor_cannot_answer_for_the_resolver(box: Letterbox, disputed: str) -> None:
    taken = box.take(letter("Solved.", f"In-Reply-To: <{disputed}>"))
    assert taken.outcome == "waiting"
    assert "resolver-answered.v1" not in box.topics("F-2026-01")


def test_wording_of_a_dispute_is_suggested_and_a_person_decides(box: Letterbox) -> None:
    taken = box.take(letter("Hello.\nOver F-2026-01: drie dozen zijn nooit ontvangen. Jan"))
    assert taken.outcome == "waiting"
    assert "dispute-opened.v1" not in box.topics("F-2026-01")
    assert box.topics("F-2026-01")[-1] == "follow-up-held.v1"
    [row] = box.inbox()
    assert row.why == "it sounds like a dispute"
    assert (row.suggested_invoices, row.suggested_reasons) == (["F-2026-01"], ["not_delivered"])
    says = "Over F-2026-01: drie dozen zijn nooit ontvangen."
    assert row.suggestions == [f"says: {says} (nl, not delivered: “niet/nooit ontvangen”)"]


def test_what_is_disputed_already_is_not_suggested_again(box: Letterbox, disputed: str) -> None:
    assert (
        box.take(letter("The price of F-2026-01 was never the agreed price.")).outcome == "matched"
    )


def test_only_a_whole_line_is_an_answer() -> None:
    assert answer_of("\n  NOT   mine!\nAsk Eva.") is Answer.NOT_MINE
    assert answer_of("Solved? Not at all.") is None
    assert answer_of("") is None


def test_it_happened_when_the_mail_server_got_it(box: Letterbox) -> None:
    taken = box.take(letter("F-2026-01"), at=moment("2026-02-27"))
    assert {one.event.on for one in taken.entries if one.event.topic == "contact-logged.v1"} == {
        day("2026-02-27")
    }
    late = box.take(letter("F-2026-02", id_="2@b"), at=LATER)  # its clock is ahead of ours
    assert late.entries[0].event.on == day(TODAY)


def test_one_mail_by_several_at_once_is_taken_in_once(box: Letterbox) -> None:
    with box.office.looking():
        pass
    raw, ledgers = letter("F-2026-01"), [box.office.ledger]
    ledgers += [Ledger(box.office.pool, box.office.tenant) for _ in range(3)]
    desks = [Desk(box.office.pool, ledger, lambda: moment(TODAY)) for ledger in ledgers]
    try:
        with ThreadPoolExecutor(4) as several:
            taken = list(several.map(lambda desk: take_in(desk, raw, ADDRESS), desks * 4))
    finally:
        for ledger in ledgers[1:]:
            ledger.close()
    assert sorted(one.outcome for one in taken) == ["known"] * 15 + ["matched"]
    assert box.topics("F-2026-01").count("contact-logged.v1") == 1
    assert len(box.receipts()) == 1


def test_a_mail_too_large_to_read_is_kept_and_waits(
    box: Letterbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.mailbox.intake.LONGEST", 1000)
    raw = letter("F-2026-01 " * 200)
    assert box.take(raw).outcome == "waiting"
    [row] = box.inbox()
    assert row.flags == [f"unread: {len(raw):,} bytes"]
    with box.office.pool.connection() as conn:
        assert documents.fetch(conn, box.office.tenant, row.document) == raw


def test_nothing_of_the_real_mails_is_lost_and_no_machine_changes_anything(
    box: Letterbox, data: Path
) -> None:
    """Each as it is, and once more as an answer to a reminder, by one whom we expect it from."""
    files = [path for folder in FOLDERS for path in mails(data, folder)]
    raws = [path.read_bytes() for path in files]
    senders = {one.mail for raw in raws for one in read(raw).from_[:1] if one.mail.strip()}
    id_ = box.asks("follow-up/D-7/1", Purpose.REMINDER, "F-2026-01", to=tuple(sorted(senders)))
    with box.office.looking():
        pass
    raws += [
        f"In-Reply-To: <{id_}>\nMessage-ID: <{n}@a>\n".encode() + r for n, r in enumerate(raws)
    ]
    slow, lost, wrong = [], [], []
    for raw in raws:
        mail, start = read(raw), time.process_time()
        taken = take_in(box.desk, raw, ADDRESS)
        if (spent := time.process_time() - start) > 2:
            slow.append((mail.id, spent))
        received = [one.event for one in taken.entries if isinstance(one.event, MailReceived)]
        if not received and not _in_a_book(box, mail):
            lost.append(mail.id)
        changed = (ev.FollowUpHeld, MessageAsked)
        if mail.kind is not Kind.PERSON:
            wrong += [one for one in taken.entries if isinstance(one.event, changed)]
    assert (slow, lost, wrong) == ([], [], [])
    every = [entry.event for entry in box.office.ledger.since(0, 100_000)]
    came = [event for event in every if isinstance(event, MailReceived)]
    print(f"{len(raws)} mails in {len(came)} books")  # noqa: T201
    assert {one.sender for one in came} == set(Sender)
    assert not [one for one in came for flag in one.flags if "could not be logged" in flag]


def _in_a_book(box: Letterbox, mail: Message) -> bool:
    """The same mail came before, under its own name or that of its bytes."""
    names = (mail.id, mail.sha256)
    there = [box.office.ledger.book(INCOMING, name).state.received for name in names]
    said = (mail.subject, mail.reply)
    return said in [(one.subject, one.text) for one in there if one]
