"""Commands that record in the books of invoices how our mails and letters fared."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from commands.command import DecisionContext, InvoiceCommand
from commands.fields import RequiredText, Sha256, Text
from ledger.facts.codes import Purpose
from ledger.facts.invoice import follow_up as ev
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.state import Invoice


class RecordEmailSent(InvoiceCommand, frozen=True):
    """Record that the mail server accepted a mail about the invoice."""

    message: RequiredText
    purpose: Purpose
    to: tuple[RequiredText, ...]
    subject: Text
    message_id: RequiredText
    document: Sha256
    open_amount: Decimal = Field(description="as stated in the mail")
    step: Text = ""
    case_id: UUID | None = None
    attached: tuple[Sha256, ...] = ()

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        yield self.event(ev.EmailSent, on)


class RecordEmailFailed(InvoiceCommand, frozen=True):
    """Record once that a mail about the invoice cannot be delivered."""

    failed: ClassVar[type[ev.EmailFailed | ev.LetterFailed]] = ev.EmailFailed
    message: RequiredText
    purpose: Purpose
    to: tuple[RequiredText, ...]
    why: Text
    case_id: UUID | None = None

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        if self.message not in invoice.undeliverable:
            yield self.event(self.failed, on)


class RecordLetterPrinted(InvoiceCommand, frozen=True):
    """Record that a letter about the invoice was printed."""

    message: RequiredText
    purpose: Purpose
    to: tuple[RequiredText, ...] = Field(description="name and address, line by line")
    subject: Text
    document: Sha256
    open_amount: Decimal = Field(description="as stated in the letter")
    step: Text = ""
    case_id: UUID | None = None

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        yield self.event(ev.LetterPrinted, on)


class RecordLetterFailed(RecordEmailFailed, frozen=True):
    """Record once that a letter about the invoice cannot be sent."""

    failed = ev.LetterFailed


class WithdrawStep(InvoiceCommand, frozen=True):
    """Withdraw a step whose message was not sent: the ladder returns to the step before."""

    message: RequiredText
    why: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        for taken in invoice.steps:
            if taken.message == self.message:
                yield ev.StepWithdrawn(on=on, step=taken.step, message=self.message, why=self.why)
