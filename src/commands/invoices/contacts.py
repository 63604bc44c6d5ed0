"""Commands that add to the file of an invoice: a contact, a reminder, a note, a document."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID, uuid4

from pydantic import AwareDatetime, Field, model_validator

from commands.command import DecisionContext, InvoiceCommand
from commands.fields import RequiredText, Sha256, Text
from ledger.facts.codes import Channel, Direction, DocumentKind
from ledger.facts.contact_ids import contact_id_of_message
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.follow_up import ContactLogged, ReminderSent
from ledger.facts.invoice.original import FILE_TYPES, OriginalNamed, type_of
from ledger.facts.invoice.registration import DocumentAttached, NoteAdded
from ledger.facts.invoice.state import Invoice
from ledger.policy.follow_up.replies import rests_until
from ledger.policy.refusal import Refused


def ensure_contact_id(data: Any) -> Any:
    """Return the fields of a contact, with the id of its message unless a contact id is given."""
    if isinstance(data, dict) and data.get("message_id") and "contact_id" not in data:
        return {**data, "contact_id": contact_id_of_message(str(data["message_id"]))}
    return data


class LogContact(InvoiceCommand, frozen=True):
    """Log a call or message with the debtor about an invoice."""

    depends_on_playbook = True
    channel: Channel
    direction: Direction
    summary: RequiredText
    who: Text = Field("", description="with whom")
    time: AwareDatetime | None = Field(None, description="when exactly, with offset")
    message_id: RequiredText | None = None
    documents: tuple[Sha256, ...] = ()
    contact_id: UUID = Field(default_factory=uuid4)
    awaits_answer: bool = Field(False, description="the incoming message needs an answer from us")
    resolved_case: UUID | None = Field(
        None, description="a resolved dispute that the contact may reopen"
    )

    @model_validator(mode="before")
    @classmethod
    def _message_is_contact(cls, data: Any) -> Any:
        return ensure_contact_id(data)

    @model_validator(mode="after")
    def _only_theirs(self) -> Self:
        if self.awaits_answer and self.direction is Direction.OUT:
            raise ValueError("awaits_answer applies only to incoming contacts")
        return self

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        if self.contact_id in invoice.contacts:
            return
        rests = rests_until(now.rules, now.today) if self.awaits_answer and now.rules else None
        yield self.event(ContactLogged, on, time=time_with_offset(self.time), rests_until=rests)


class RecordReminder(InvoiceCommand, frozen=True):
    """Record that a payment reminder was sent. ``anyway`` accepts a past one; it is flagged."""

    channel: Channel
    to: Text | None = None
    step: int | None = Field(None, ge=1, description="dunning level; the next when left out")
    anyway: bool = Field(
        False, description="accept a reminder for an invoice that is not collectable"
    )

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        if not invoice.collectable and not self.anyway:
            raise Refused("not-collectable", invoice=self.invoice)
        step = self.step or invoice.reminders + 1
        yield self.event(ReminderSent, on, step=step, open_amount=invoice.open_amount)


class AddNote(InvoiceCommand, frozen=True):
    """Add a note to the file of an invoice."""

    text: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        yield NoteAdded(on=on, text=self.text)


class AttachDocument(InvoiceCommand, frozen=True):
    """Attach a document, uploaded before under its SHA-256, to the file of an invoice."""

    sha256: Sha256
    name: RequiredText
    media_type: RequiredText = "application/octet-stream"
    size: int = Field(ge=0)
    document_kind: DocumentKind = Field(
        DocumentKind.OTHER, description="invoice: the invoice itself, which is sent to the debtor"
    )
    replaces: Sha256 | None = Field(
        None, description="of the invoice itself: the SHA-256 of the one that it replaces"
    )

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        if self.sha256 not in invoice.documents:
            yield self.event(DocumentAttached, on)
        if self.document_kind is DocumentKind.INVOICE:
            yield from self._as_original(invoice, on)
        elif self.replaces:
            raise Refused("replaces-no-invoice", "replaces")

    def _as_original(self, invoice: Invoice, on: date) -> Iterator[InvoiceEvent]:
        """Name the document as the invoice itself, unless it is that already, or waits to be."""
        sent = invoice.originals.sent.values()
        if type_of(self.name) not in FILE_TYPES:
            raise Refused("invoice-document-type", "name", name=self.name)
        if self.replaces and self.replaces not in sent:
            raise Refused("replaces-no-invoice", "replaces")
        waits = self.sha256 in invoice.originals.doubted and not self.replaces
        if not waits and self.sha256 not in sent:
            yield self.event(OriginalNamed, on, replaces=self.replaces or "")


def time_with_offset(moment: datetime | None) -> str | None:
    """Return the time of day with its offset; the day is the event's ``on``."""
    return moment.isoformat("T", "minutes").partition("T")[2] if moment else None
