"""The contact log: a row for each entry, flags and documents shown, read back in order."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from ledger.database.pool import Conn, Pool
from ledger.engine.projector import Projector
from ledger.engine.rebuild import prepare
from ledger.facts import debtor_events as dev
from ledger.facts.books import book_id
from ledger.facts.codes import Channel, Purpose
from ledger.facts.entry import Entry
from ledger.facts.invoice.follow_up import EmailFailed, EmailSent
from ledger.facts.invoice.payments import PaymentReceived
from ledger.facts.invoice.registration import DocumentAttached, InvoiceSent, NoteAdded
from ledger.policy.visibility import EVERYTHING
from ledger.store.ledger import Ledger
from projections.contact_log.log import (
    CONTACT_LOG,
    DebtorContact,
    LogEntry,
    of_book,
    of_debtor,
    show,
)
from projections.invoices import INVOICES
from support.contact_log_examples import called, eur, registered
from support.given import BOOK, day, given, moment

ON = day("2026-03-02")


def contact(line: int, event: Any, what: str, **more: Any) -> LogEntry:
    columns: dict[str, Any] = {"channel": None, "direction": None, "flags": []} | more
    at = moment(str(event.on))
    return LogEntry(BOOK, line, line, event.on, at, "anna", event.topic, what=what, **columns)


def test_a_row_for_each_entry_and_two_on_one_day_keep_their_order() -> None:
    first, second = NoteAdded(on=ON, text="First"), NoteAdded(on=ON, text="Second")
    given(first, second).shows(CONTACT_LOG).then(
        contact(1, first, "Note: “First”."), contact(2, second, "Note: “Second”.")
    )


def test_flags_are_shown() -> None:
    event = PaymentReceived(on=ON, reference="R1", amount=eur("0"))
    entry = Entry(BOOK, 1, moment("2026-03-05"), "anna", event, 9, flags=("zero_amount", "late"))
    row = show(entry)
    assert row.flags == ["zero_amount", "late"]
    assert (row.position, row.happened_on, row.at) == (9, ON, moment("2026-03-05"))


def test_a_document_and_a_contact_with_documents() -> None:
    document = DocumentAttached(
        on=ON, sha256="a1" * 32, name="Photo 1", media_type="image/png", size=2048
    )
    mail = called("See.", message_id="<7@b.nl>", documents=("a1" * 32, "b2" * 32))
    whole = f"image/png, 2048 bytes, SHA-256 fingerprint {'a1' * 32}"
    given(document, mail).shows(CONTACT_LOG).then(
        contact(1, document, f"Document “Photo 1” was attached: {whole}."),
        contact(
            2,
            mail,
            "Phone call from Jan, message id <7@b.nl>, with 2 documents"
            " (a1a1a1a1a1a1… and b2b2b2b2b2b2…): “See.”",
            channel="phone",
            direction="in",
        ),
    )


def test_what_we_send_goes_out() -> None:
    row = show(given(InvoiceSent(on=ON, channel=Channel.EMAIL)).entries()[0])
    assert (row.channel, row.direction) == ("e-mail", "out")
    row = show(given(InvoiceSent(on=ON)).entries()[0])
    assert (row.channel, row.direction) == (None, None)
    mail: dict[str, Any] = {"on": ON, "message": "m", "purpose": Purpose.REMINDER, "to": ("a@b",)}
    sent = EmailSent(
        subject="S", message_id="<m@s>", document="0" * 64, open_amount=Decimal(1), **mail
    )
    for event in (sent, EmailFailed(why="5.1.1", **mail)):
        row = show(given(event).entries()[0])
        assert (row.channel, row.direction) == ("e-mail", "out")


F1, F2, F3 = (book_id("default", "invoice", number) for number in ("F1", "F2", "F3"))
D42 = book_id("default", "debtor", "0042")


@pytest.fixture
def conn(pool: Pool, ledger: Ledger) -> Iterator[Conn]:
    """A ledger of two debtors, followed by the contact log and the invoices."""
    models, at = (CONTACT_LOG, INVOICES), moment("2026-03-02")
    prepare(pool, models, at)
    told = [
        (F1, 1, registered("F1")),
        (D42, 1, dev.DebtorRegistered(on=ON, number="0042", name="Jansen BV")),
        (F2, 1, registered("F2", debtor="0043")),
        (F3, 1, registered("F3")),
        (D42, 2, dev.DebtorNoteAdded(on=ON, text="Moves.")),
        (F1, 2, called()),
    ]
    for book, line, event in told:
        ledger.write([Entry(book, line, at, "anna", event, flags=("odd",))])
    Projector(pool, "default", models, "test", lambda: at).catch_up()
    with pool.connection() as conn:
        yield conn


def test_of_a_book_in_line_order(conn: Conn) -> None:
    rows = of_book("default", F1).fetch(conn)
    assert [(row.line, row.position) for row in rows] == [(1, 1), (2, 6)]
    assert rows[1] == LogEntry(
        book_id=F1,
        line=2,
        position=6,
        happened_on=ON,
        at=moment("2026-03-02"),
        by="anna",
        topic="contact-logged.v1",
        what="Phone call from Jan: “Will pay.”",
        channel="phone",
        direction="in",
        flags=["odd"],
    )


def of_0042(conn: Conn, **page: Any) -> list[DebtorContact]:
    return of_debtor("default", D42, "0042", **page, scope=EVERYTHING).fetch(conn)


def test_of_a_debtor_with_all_his_invoices_in_recorded_order(conn: Conn) -> None:
    rows = of_0042(conn)
    assert [(row.position, row.invoice) for row in rows] == [
        (1, "F1"),
        (2, None),
        (4, "F3"),
        (5, None),
        (6, "F1"),
    ]
    assert rows[3].what == "Note: “Moves.”"


def test_of_a_debtor_a_page_at_a_time(conn: Conn) -> None:
    first = of_0042(conn, limit=2)
    assert [row.position for row in first] == [1, 2]
    assert [row.position for row in of_0042(conn, after_position=2, limit=2)] == [4, 5]
    assert of_0042(conn, after_position=6) == []


def test_another_tenant_sees_nothing(conn: Conn) -> None:
    assert of_book("other", F1).fetch(conn) == []
    assert of_debtor("other", D42, "0042", scope=EVERYTHING).fetch(conn) == []
