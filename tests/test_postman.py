"""The postman over a real mail server: what goes, what is withdrawn, and what is on record."""

from collections.abc import Iterator
from uuid import UUID

import pytest

from api.mail.parse import read
from api.mailbox.address import reply_address
from commands.debtors import HoldDebtor
from commands.disputes import OpenDispute
from commands.invoices import CancelInvoice
from commands.payments import ReceivePayment
from commands.resolutions import ResolveDispute
from ledger import documents
from ledger.books import MESSAGE, book_id
from ledger.codes import Outcome, Purpose, Reason
from ledger.events import Entry
from ledger.invoice_events import StepTaken
from ledger.pool import Pool
from ledger.store import Ledger
from projections import outbox
from support.given import day
from support.postman_case import Mailing, about, ask, mailing
from support.smtp import MailServer, mail_server

FOLLOW_UP = "follow-up/D-7/2026-03-02"
CASE = UUID(int=1)


@pytest.fixture
def office(pool: Pool, ledger: Ledger) -> Mailing:
    return mailing(pool, ledger)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


def test_a_reminder_goes_once_and_is_in_the_books_of_all_its_invoices(
    office: Mailing, server: MailServer
) -> None:
    office.office.does(ask(FOLLOW_UP, "A-1", "A-2", copy_to=("cfo@bakery.example",)))
    assert office.posts(server.settings()) == 1
    assert office.posts(server.settings()) == 0
    [(recipients, raw)] = server.came
    assert recipients == ("ap@bakery.example", "cfo@bakery.example")
    mail = read(raw)
    assert mail.id == f"{book_id('default', MESSAGE.name, FOLLOW_UP)}@seller.example"
    assert "Bakkerij Jansen" in mail.text
    message = office.message(FOLLOW_UP)
    assert (message.status, message.message_id) == ("sent", f"<{mail.id}>")
    [first, second] = [entry.event for entry in office.lines("email-sent")]
    assert (first.message, first.open_amount) == (FOLLOW_UP, 100)
    assert first.subject == second.subject == mail.subject
    assert office.invoice("A-1").reminders == office.invoice("A-2").reminders == 1
    positions = [
        entry.position for topic in ("message-sent", "email-sent") for entry in office.lines(topic)
    ]
    assert positions == [*range(positions[0], positions[0] + 3)]
    with office.looking() as conn:
        assert documents.fetch(conn, "default", first.document).splitlines() == raw.splitlines()
        assert outbox.find("default").fetch(conn) == []
    assert {entry.by for entry in office.lines("email-sent")} == {"postman"}


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
    office: Mailing, server: MailServer, language: str, subject: str
) -> None:
    office.office.does(ask(language=language))
    assert office.posts(server.settings()) == 1
    [mail] = [read(raw) for _, raw in server.came]
    assert " ".join(mail.subject.split()) == subject
    assert f'lang="{language}"' in mail.html


def test_what_it_says_is_what_was_asked_for(office: Mailing, server: MailServer) -> None:
    office.office.does(ReceivePayment(invoice="A-1", reference="P1", amount="40"))
    office.office.does(ask(about=(about("A-1", "60"),)))
    assert office.posts(server.settings()) == 1
    said = " ".join(read(server.came[0][1]).text.split())
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
            "is disputed: price",
        ),
        (HoldDebtor(debtor="D-7", reason="Talks."), "the debtor is held: Talks."),
    ],
)
def test_a_reminder_that_is_true_no_more_is_withdrawn_and_its_steps_come_again(
    office: Mailing, server: MailServer, wish: object, why: str
) -> None:
    office.office.does(ask(FOLLOW_UP, "A-1", "A-2"))
    for number in ("A-1", "A-2"):
        take_step(office, number)
    office.office.does(wish)  # type: ignore[arg-type]
    assert office.posts(server.settings()) == 0
    assert server.came == []
    message = office.message(FOLLOW_UP)
    assert message.status == "withdrawn"
    assert why in message.why
    assert office.invoice("A-1").steps == office.invoice("A-2").steps == ()


def take_step(office: Mailing, number: str) -> None:
    """As the clock does together with asking for the message."""
    book, on = office.invoice(number), day("2026-03-02")
    step = StepTaken(
        on=on, step="first reminder", times=1, planned_on=on, message=FOLLOW_UP, playbook=0
    )
    office.office.ledger.write([Entry(book.id, book.line + 1, office.at, "clock", step)])


def test_a_request_of_a_case_that_is_over_is_withdrawn_its_outcome_is_told(
    office: Mailing, server: MailServer
) -> None:
    office.office.does(
        OpenDispute(invoice="A-1", case_id=CASE, reason=Reason.PRICE, comment="Less.")
    )
    more = {"case_id": CASE, "to": ("sam@seller.example",)}
    for purpose in (Purpose.REQUEST, Purpose.RESOLVER_REMINDER, Purpose.OUTCOME, Purpose.RECEIPT):
        template = purpose.value.replace(" ", "-")
        office.office.does(ask(f"{template}/1", purpose=purpose, template=template, **more))
    office.office.does(ResolveDispute(invoice="A-1", case_id=CASE, outcome=Outcome.REJECTED))
    assert office.posts(server.settings()) == 2
    assert office.message("request/1").status == "withdrawn"
    assert office.message("resolver-reminder/1").status == "withdrawn"
    assert office.message("outcome/1").status == office.message("receipt/1").status == "sent"


def test_an_invoice_that_nobody_knows_does_not_stand_in_the_way(
    office: Mailing, server: MailServer
) -> None:
    office.office.does(ask(FOLLOW_UP, "A-1", "X-9"))
    assert office.posts(server.settings()) == 1
    assert [entry.book_id for entry in office.lines("email-sent")] == [office.invoice("A-1").id]


def test_who_has_no_mail_address_is_on_the_agenda(office: Mailing, server: MailServer) -> None:
    office.office.does(ask(to=("sam",)))
    assert office.posts(server.settings()) == 0
    assert office.message(FOLLOW_UP).status == "failed"
    with office.looking() as conn:
        found = conn.execute("select action, why from agenda where invoice = 'A-1'").fetchall()
        assert ("mail failed", [f"{FOLLOW_UP} did not arrive on 2026-03-02"]) in found
        [row] = outbox.find("default", "failed").fetch(conn)
    assert row.why == "there is no mail address it could go to"


def test_a_request_has_a_link_that_nobody_else_gets_and_an_address_that_names_it(
    office: Mailing, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOSSIER_PUBLIC_URL", "https://dossier.example")
    monkeypatch.setenv("DOSSIER_REPLY_SECRET", "of ours")
    office.office.does(
        OpenDispute(invoice="A-1", case_id=CASE, reason=Reason.PRICE, comment="Less.")
    )
    more = {"purpose": Purpose.REQUEST, "template": "request", "case_id": CASE}
    office.office.does(ask("request/1", to=("sam@seller.example",), **more))
    told = {"purpose": Purpose.COPY, "template": "copy", "case_id": CASE}
    office.office.does(ask("copy/1", to=("leo@seller.example",), **told))
    office.office.does(ask("old", to=("sam@seller.example",), copy_to=("leo@x.nl",), **more))
    assert office.posts(server.settings()) == 3
    mails = {recipients[0]: read(raw) for recipients, raw in server.came if len(recipients) == 1}
    both = [read(raw).text for recipients, raw in server.came if len(recipients) == 2]
    assert not [text for text in (mails["leo@seller.example"].text, *both) if "/a/" in text]
    mail = mails["sam@seller.example"]
    assert "https://dossier.example/a/" in mail.text
    assert '<a href="https://dossier.example/a/' in mail.html
    with office.looking() as conn:
        sent = [entry.event.document for entry in office.lines("email-sent")]
        kept = [read(documents.fetch(conn, "default", one)) for one in sent]
    [filed] = [one for one in kept if "/a/" in one.text]
    assert "https://dossier.example/a/…" in filed.text, "who reads the file must not answer for him"
    assert "https://dossier.example/a/…" in filed.html
    [reply_to] = mail.reply_to
    assert reply_to.mail == reply_address(
        b"of ours", "default", office.message("request/1").id, "credit@seller.example"
    )
