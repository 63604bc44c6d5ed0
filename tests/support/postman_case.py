"""Messages of a creditor that wait, and a postman that sends them when a test asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from api.postman.send_emails import send_emails
from api.postman.settings import Settings
from api.session import TenantSession
from commands.debtors.registration import RegisterDebtor
from commands.messages.outbox import RequestMessage
from ledger.database.pool import Conn
from ledger.facts.books import INVOICE, MESSAGE
from ledger.facts.codes import Channel, Purpose
from ledger.facts.entry import Entry
from ledger.facts.invoice.follow_up import StepTaken
from ledger.facts.invoice.state import Invoice
from ledger.facts.outbound import InvoiceSnapshot, OutboundMessage
from support.creditor import Creditor, invoice
from support.given import TODAY, day, moment


@dataclass
class PostmanCase:
    """A creditor, and the postman at a time that a test sets."""

    creditor: Creditor
    at: datetime = field(default_factory=lambda: moment(TODAY))

    @property
    def session(self) -> TenantSession:
        return TenantSession(self.creditor.pool, self.creditor.ledger, lambda: self.at)

    def send(self, settings: Settings) -> int:
        """Send what may be sent, and return how many messages that were."""
        with self.creditor.reading():
            return send_emails(self.session, settings)

    def later(self, **more: float) -> None:
        self.at += timedelta(**more)

    def message(self, name: str) -> OutboundMessage:
        return self.creditor.ledger.book(MESSAGE, name).state

    def invoice(self, number: str) -> Invoice:
        return self.creditor.ledger.book(INVOICE, number).state

    def lines(self, topic: str) -> list[Entry]:
        """Return all entries of a topic, in order; ``email-sent`` stands for ``email-sent.v1``."""
        every = self.creditor.ledger.since(0, 100_000)
        return [entry for entry in every if entry.event.topic == f"{topic}.v1"]

    @contextmanager
    def reading(self) -> Iterator[Conn]:
        with self.creditor.reading() as conn:
            yield conn


def open_postman(creditor: Creditor, invoices: int = 2) -> PostmanCase:
    """Register debtor D-7 with invoices A-1, A-2, … of 100, due on 28 February."""
    creditor.applies_the_playbook()
    creditor.execute(
        RegisterDebtor(on=date(2026, 1, 1), debtor="D-7", name="Bakkerij Jansen", language="nl")
    )
    creditor.execute(*(invoice(f"A-{n}") for n in range(1, invoices + 1)))
    return PostmanCase(creditor)


def about(number: str, open_amount: str = "100") -> InvoiceSnapshot:
    return InvoiceSnapshot(
        number, Decimal(100), Decimal(open_amount), "EUR", day("2026-02-01"), day("2026-02-28")
    )


def ask(name: str = "follow-up/D-7/2026-03-02", *invoices: str, **more: Any) -> RequestMessage:
    """Return a reminder to D-7 about A-1, or what differs from it."""
    facts: dict[str, Any] = {
        "message": name,
        "purpose": Purpose.REMINDER,
        "channel": Channel.EMAIL,
        "to": ("ap@bakery.example",),
        "template": "reminder",
        "language": "nl",
        "about": tuple(about(one) for one in invoices or ("A-1",)),
        "debtor": "D-7",
    }
    return RequestMessage(**(facts | more))


FOLLOW_UP = "follow-up/D-7/2026-03-02"


def take_step(postman: PostmanCase, number: str) -> None:
    """Record the step, as the clock does together with asking for the message."""
    book, on = postman.invoice(number), day("2026-03-02")
    step = StepTaken(
        on=on, step="first reminder", times=1, planned_on=on, message=FOLLOW_UP, playbook=0
    )
    postman.creditor.ledger.write([Entry(book.id, book.line + 1, postman.at, "clock", step)])
