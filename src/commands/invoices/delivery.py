"""How an invoice was sent and whether it arrived."""

from collections.abc import Iterator
from datetime import date

from pydantic import Field

from commands.command import DecisionContext, InvoiceCommand, PositiveAmount, RequiredText, Text
from ledger.facts.codes import Channel
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.registration_events import DeliveryFailed, InvoiceDelivered, InvoiceSent
from ledger.facts.invoice.state import Invoice
from ledger.policy.money import in_cents


class RecordSending(InvoiceCommand, frozen=True):
    """The invoice was sent to the debtor."""

    channel: Channel | None = None
    to: Text | None = None
    charge: PositiveAmount | None = Field(None, description="cost of sending put on the account")

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        charge = self.charge and in_cents(self.charge, invoice.currency, "charge")
        yield InvoiceSent(on=on, channel=self.channel, to=self.to, charge=charge)


class RecordDelivery(InvoiceCommand, frozen=True):
    """The invoice arrived."""

    channel: Channel | None = None
    to: Text | None = None

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        yield InvoiceDelivered(on=on, channel=self.channel, to=self.to)


class RecordDeliveryFailure(InvoiceCommand, frozen=True):
    """The invoice came back."""

    why: RequiredText
    channel: Channel | None = None
    to: Text | None = None

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        yield DeliveryFailed(on=on, why=self.why, channel=self.channel, to=self.to)
