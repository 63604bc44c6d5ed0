"""Invoices that a debtor was reminded of, and mails that come in about them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from api.inbox.manual_entry import assign_plan
from api.inbox.receive import Received, receive_raw
from api.links.message_ids import message_id
from api.session import TenantSession
from commands.context import Context
from commands.debtors.registration import RegisterDebtor
from commands.execute import execute
from commands.inbox.triage import AssignInbound
from commands.invoices.contacts import RecordReminder
from commands.messages.outbox import RecordMessageSent, RequestMessage
from ledger.facts.books import DEBTOR, INVOICE, MESSAGE
from ledger.facts.codes import Channel, Purpose
from ledger.facts.outbound import InvoiceSnapshot
from projections.inbox import InboxRow, waiting
from support.creditor import Creditor, invoice
from support.given import TODAY, day, moment
from support.mail_samples import mail

ADDRESS = "invoices@seller.example"
SERVER = "mx.seller.example"  # our mail server, which examines who sends
JANSEN = "jan@bakery.example"
SAM = "sam@seller.example"


@dataclass(frozen=True)
class MailboxCase:
    """A creditor, and what their mailbox receives."""

    creditor: Creditor

    @property
    def session(self) -> TenantSession:
        return TenantSession(self.creditor.pool, self.creditor.ledger, lambda: moment(TODAY))

    def receive(self, raw: bytes, at: datetime | None = None, level: bool = True) -> Received:
        if level:
            with self.creditor.reading():
                pass
        return receive_raw(self.session, raw, ADDRESS, at)

    def assigns(self, wish: AssignInbound, at: datetime) -> None:
        """A person says what a mail is about."""
        execute(self.creditor.ledger, assign_plan(self.session, wish), Context("anna", at))

    def events(self, number: str, kind: Any = INVOICE) -> list[Any]:
        ledger = self.creditor.ledger
        return [entry.event for entry in ledger.history(ledger.id_of(kind, number))]

    def of_debtor(self, number: str = "D-7") -> list[Any]:
        return self.events(number, DEBTOR)

    def topics(self, number: str) -> list[str]:
        return [event.topic for event in self.events(number)]

    def receipts(self) -> list[Any]:
        every = self.creditor.ledger.since(0, 10_000)
        asked = [entry.event for entry in every if entry.event.topic == "message-asked.v1"]
        return [event for event in asked if event.message.startswith("receipt/")]

    def inbox(self) -> list[InboxRow]:
        with self.creditor.reading() as conn:
            return waiting(self.creditor.tenant, limit=1000).fetch(conn)

    def send(
        self, name: str, purpose: Purpose, *numbers: str, own_id: str = "", **more: Any
    ) -> str:
        """Record a message that we sent, and return its Message-ID."""
        ledger = self.creditor.ledger
        about = tuple(
            InvoiceSnapshot(
                number, Decimal(100), Decimal(100), "EUR", day("2026-02-01"), day("2026-02-28")
            )
            for number in numbers
        )
        facts = {"to": (JANSEN,), "debtor": "D-7"} | more
        command = RequestMessage(
            message=name,
            purpose=purpose,
            channel=Channel.EMAIL,
            template=purpose.value,
            language="en",
            about=about,
            **facts,
        )
        id_ = own_id or self.message_id(name)
        sent = RecordMessageSent(
            message=name,
            message_id=f"<{id_}>",
            subject="Reminder",
            document="0" * 64,
            to=command.to,
        )
        execute(ledger, [command, sent], Context("postman", moment(TODAY)))
        return id_

    def message_id(self, name: str) -> str:
        """Return the Message-ID that the postman gives to a message of ours."""
        pool, tenant = self.creditor.pool, self.creditor.tenant
        return message_id(pool, tenant, self.id_of(name), "seller.example", moment(TODAY))

    def id_of(self, name: str) -> UUID:
        return self.creditor.ledger.id_of(MESSAGE, name)


def open_mailbox(creditor: Creditor, *numbers: str) -> MailboxCase:
    """Register debtor D-7 with these invoices, and a reminder of each."""
    creditor.applies_the_playbook()
    creditor.execute(
        RegisterDebtor(
            on="2026-01-01", debtor="D-7", name="Bakery Jansen", email=JANSEN, language="nl"
        )
    )
    for number in numbers:
        creditor.execute(invoice(number), RecordReminder(invoice=number, channel=Channel.EMAIL))
    return MailboxCase(creditor)


def letter(
    text: str = "We look into it.",
    *fields: str,
    from_: str = JANSEN,
    id_: str = "m1@bakery",
    found: str | None = None,
) -> bytes:
    """Return a mail to us, as our mail server hands it on: it ``found`` its sender authentic."""
    found = authentic(from_) if found is None else found
    head = (f"From: {from_}", f"To: {ADDRESS}", f"Message-ID: <{id_}>")
    examined = (f"Authentication-Results: {SERVER}; {found}",) if found else ()
    return mail(*examined, *head, "Date: Mon, 2 Mar 2026 10:00:00 +0100", *fields, text=text)


def bounce(to: str, status: str, id_: str, nth: int = 1) -> bytes:
    """Return the notice of a mail server that our message ``id_`` could not be delivered."""
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


def authentic(from_: str) -> str:
    """Return what a mail server finds of a mail that its domain signed."""
    domain = from_.rpartition("@")[2].strip(">")
    return f"dkim=pass header.d={domain}; dmarc=pass (p=reject) header.from={domain}"


LATER = datetime(2026, 3, 3, 9, tzinfo=UTC)
