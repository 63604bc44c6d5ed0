"""Wishes about what became of a mail or letter of ours, told to the books of its invoices."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from pydantic import Field

from commands.command import DecisionContext, InvoiceCommand, RequiredText, Sha256, Text
from ledger.facts.codes import Purpose
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.follow_up_events import (
    EmailFailed,
    EmailSent,
    LetterFailed,
    LetterPrinted,
    StepWithdrawn,
)
from ledger.facts.invoice.state import Invoice


class RecordEmailSent(InvoiceCommand, frozen=True):
    """The mail server took a mail about this invoice."""

    message: RequiredText
    purpose: Purpose
    to: tuple[RequiredText, ...]
    subject: Text
    message_id: RequiredText
    document: Sha256
    open_amount: Decimal = Field(description="as the mail told it")
    step: Text = ""
    case_id: UUID | None = None
    attached: tuple[Sha256, ...] = ()

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        yield EmailSent(on=on, **_told(self, EmailSent))


class RecordEmailFailed(InvoiceCommand, frozen=True):
    """A mail about this invoice will not arrive; told once of a mail."""

    failed: ClassVar[type[EmailFailed | LetterFailed]] = EmailFailed
    message: RequiredText
    purpose: Purpose
    to: tuple[RequiredText, ...]
    why: Text
    case_id: UUID | None = None

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        if self.message not in invoice.undeliverable:
            yield self.failed(on=on, **_told(self, self.failed))


class RecordLetterPrinted(InvoiceCommand, frozen=True):
    """A letter about this invoice was printed."""

    message: RequiredText
    purpose: Purpose
    to: tuple[RequiredText, ...] = Field(description="name and address, line by line")
    subject: Text
    document: Sha256
    open_amount: Decimal = Field(description="as the letter told it")
    step: Text = ""
    case_id: UUID | None = None

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        yield LetterPrinted(on=on, **_told(self, LetterPrinted))


class RecordLetterFailed(RecordEmailFailed, frozen=True):
    """A letter about this invoice will not go; told once of a letter."""

    failed = LetterFailed


class WithdrawStep(InvoiceCommand, frozen=True):
    """The message of a step was not sent after all: the ladder stands where it stood before."""

    message: RequiredText
    why: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        for taken in invoice.steps:
            if taken.message == self.message:
                yield StepWithdrawn(on=on, step=taken.step, message=self.message, why=self.why)


def _told(command: InvoiceCommand, event: type[Any]) -> dict[str, Any]:
    """The fields of the event, which are the wish's own."""
    return {name: getattr(command, name) for name in event.__struct_fields__ if name != "on"}
