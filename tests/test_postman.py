"""The postman over a real mail server: what goes, what is withdrawn, and what is on record."""

from uuid import UUID

import pytest

from api.links.message_ids import book_of
from api.links.reply_address import reply_address
from api.mail.parse import read
from commands.debtors.holds import HoldDebtor
from commands.disputes.opening import OpenDispute
from commands.disputes.resolutions import ResolveDispute
from commands.invoices.registration import CancelInvoice
from commands.payments.payments import ReceivePayment
from ledger.database import documents
from ledger.facts.books import MESSAGE, book_id
from ledger.facts.codes import Outcome, Purpose, Reason
from projections import outbox
from support.postman_case import FOLLOW_UP, PostmanCase, about, ask, take_step
from support.smtp import SmtpServer

CASE = UUID(int=1)


def test_a_reminder_goes_once_and_is_in_the_books_of_all_its_invoices(
    postman: PostmanCase, smtp: SmtpServer
) -> None:
    postman.creditor.execute(ask(FOLLOW_UP, "A-1", "A-2", copy_to=("cfo@bakery.example",)))
    assert postman.send(smtp.settings()) == 1
    assert postman.send(smtp.settings()) == 0
    [(recipients, raw)] = smtp.came
    assert recipients == ("ap@bakery.example", "cfo@bakery.example")
    mail = read(raw)
    assert book_of(mail.id) == book_id("default", MESSAGE.name, FOLLOW_UP)
    assert "Bakkerij Jansen" in mail.text
    message = postman.message(FOLLOW_UP)
    assert (message.status, message.message_id) == ("sent", f"<{mail.id}>")
    [first, second] = [entry.event for entry in postman.lines("email-sent")]
    assert (first.message, first.open_amount) == (FOLLOW_UP, 100)
    assert first.subject == second.subject == mail.subject
    assert postman.invoice("A-1").reminders == postman.invoice("A-2").reminders == 1
    positions = [
        entry.position for topic in ("message-sent", "email-sent") for entry in postman.lines(topic)
    ]
    assert positions == [*range(positions[0], positions[0] + 3)]
    with postman.reading() as conn:
        assert documents.fetch(conn, "default", first.document).splitlines() == raw.splitlines()
        assert outbox.find("default").fetch(conn) == []
    assert {entry.by for entry in postman.lines("email-sent")} == {"postman"}


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("nl", "Herinnering: € 100,00 open, factuur A-1"),
        ("de", "Zahlungserinnerung: 100,00 € offen, Rechnung A-1"),
        ("fr", "Rappel : 100,00 € à payer, facture A-1"),
        ("en", "Reminder: €100.00 open, invoice A-1"),
    ],
)
def test_it_goes_in_the_language_of_who_gets_it(
    postman: PostmanCase, smtp: SmtpServer, language: str, subject: str
) -> None:
    postman.creditor.execute(ask(language=language))
    assert postman.send(smtp.settings()) == 1
    [mail] = [read(raw) for _, raw in smtp.came]
    assert " ".join(mail.subject.split()) == subject
    assert f'lang="{language}"' in mail.html


def test_what_it_says_is_what_was_asked_for(postman: PostmanCase, smtp: SmtpServer) -> None:
    postman.creditor.execute(ReceivePayment(invoice="A-1", reference="P1", amount="40"))
    postman.creditor.execute(ask(about=(about("A-1", "60"),)))
    assert postman.send(smtp.settings()) == 1
    said = " ".join(read(smtp.came[0][1]).text.split())
    assert "€ 60,00 open van € 100,00" in said
    assert "In totaal staat € 60,00 open" in said


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        (ReceivePayment(invoice="A-2", reference="P1", amount="100"), "not collectable"),
        (ReceivePayment(invoice="A-2", reference="P1", amount="1"), "only 99"),
        (CancelInvoice(invoice="A-2", why="Twice."), "not collectable"),
        (
            OpenDispute(invoice="A-2", case_id=CASE, reason=Reason.PRICE, comment="Less."),
            "100.00 is disputed",
        ),
        (HoldDebtor(debtor="D-7", reason="Talks."), "the debtor is held: Talks."),
    ],
)
def test_a_reminder_that_is_true_no_more_is_withdrawn_and_its_steps_come_again(
    postman: PostmanCase, smtp: SmtpServer, wish: object, why: str
) -> None:
    postman.creditor.execute(ask(FOLLOW_UP, "A-1", "A-2"))
    for number in ("A-1", "A-2"):
        take_step(postman, number)
    postman.creditor.execute(wish)  # type: ignore[arg-type]
    assert postman.send(smtp.settings()) == 0
    assert smtp.came == []
    message = postman.message(FOLLOW_UP)
    assert message.status == "withdrawn"
    assert why in message.why
    assert postman.invoice("A-1").steps == postman.invoice("A-2").steps == ()


def test_a_request_of_a_case_that_is_over_is_withdrawn_its_outcome_is_told(
    postman: PostmanCase, smtp: SmtpServer
) -> None:
    postman.creditor.execute(
        OpenDispute(invoice="A-1", case_id=CASE, reason=Reason.PRICE, comment="Less.")
    )
    more = {"case_id": CASE, "to": ("sam@seller.example",)}
    for purpose in (Purpose.REQUEST, Purpose.RESOLVER_REMINDER, Purpose.OUTCOME, Purpose.RECEIPT):
        template = purpose.value.replace(" ", "-")
        postman.creditor.execute(ask(f"{template}/1", purpose=purpose, template=template, **more))
    postman.creditor.execute(ResolveDispute(invoice="A-1", case_id=CASE, outcome=Outcome.REJECTED))
    assert postman.send(smtp.settings()) == 1
    for name in ("request/1", "resolver-reminder/1", "receipt/1"):
        assert postman.message(name).status == "withdrawn"
    assert postman.message("outcome/1").status == "sent"


def test_an_invoice_that_nobody_knows_does_not_stand_in_the_way(
    postman: PostmanCase, smtp: SmtpServer
) -> None:
    postman.creditor.execute(ask(FOLLOW_UP, "A-1", "X-9"))
    assert postman.send(smtp.settings()) == 1
    assert [entry.book_id for entry in postman.lines("email-sent")] == [postman.invoice("A-1").id]


def test_who_has_no_mail_address_is_on_the_agenda(postman: PostmanCase, smtp: SmtpServer) -> None:
    postman.creditor.execute(ask(to=("sam",)))
    assert postman.send(smtp.settings()) == 0
    assert postman.message(FOLLOW_UP).status == "failed"
    with postman.reading() as conn:
        found = conn.execute("select action, why from agenda where invoice = 'A-1'").fetchall()
        assert ("mail failed", [f"{FOLLOW_UP} did not arrive on 2026-03-02"]) in found
        [row] = outbox.find("default", "failed").fetch(conn)
    assert row.why == "there is no mail address to send it to"


def test_a_request_has_a_link_that_nobody_else_gets_and_an_address_that_names_it(
    postman: PostmanCase, smtp: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOSSIER_PUBLIC_URL", "https://dossier.example")
    monkeypatch.setenv("DOSSIER_REPLY_SECRET", "of ours")
    postman.creditor.execute(
        OpenDispute(invoice="A-1", case_id=CASE, reason=Reason.PRICE, comment="Less.")
    )
    more = {"purpose": Purpose.REQUEST, "template": "request", "case_id": CASE}
    postman.creditor.execute(ask("request/1", to=("sam@seller.example",), **more))
    told = {"purpose": Purpose.COPY, "template": "copy", "case_id": CASE}
    postman.creditor.execute(ask("copy/1", to=("leo@seller.example",), **told))
    postman.creditor.execute(ask("old", to=("sam@seller.example",), copy_to=("leo@x.nl",), **more))
    assert postman.send(smtp.settings()) == 3
    mails = {recipients[0]: read(raw) for recipients, raw in smtp.came if len(recipients) == 1}
    both = [read(raw).text for recipients, raw in smtp.came if len(recipients) == 2]
    assert not [text for text in (mails["leo@seller.example"].text, *both) if "/a/" in text]
    mail = mails["sam@seller.example"]
    assert "https://dossier.example/a/" in mail.text
    assert '<a href="https://dossier.example/a/' in mail.html
    with postman.reading() as conn:
        sent = [entry.event.document for entry in postman.lines("email-sent")]
        kept = [read(documents.fetch(conn, "default", one)) for one in sent]
    [filed] = [one for one in kept if "/a/" in one.text]
    assert "https://dossier.example/a/…" in filed.text, "who reads the file must not answer for him"
    assert "https://dossier.example/a/…" in filed.html
    [reply_to] = mail.reply_to
    assert reply_to.mail == reply_address(
        b"of ours", "default", postman.message("request/1").id, "credit@seller.example"
    )
