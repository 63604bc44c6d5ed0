"""Commands about the delivery of an invoice: sent, delivered, failed."""

from collections.abc import Iterator
from datetime import date

from pydantic import Field

from commands.command import DecisionContext, InvoiceCommand
from commands.fields import PositiveAmount, RequiredText, Text
from ledger.facts.codes import Channel
from ledger.facts.invoice import registration as ev
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.state import Invoice
from ledger.policy.money import in_cents


class RecordSending(InvoiceCommand, frozen=True):
    """Record that the invoice was sent to the debtor."""

    channel: Channel | None = None
    to: Text | None = None
    charge: PositiveAmount | None = Field(
        None, description="cost of sending, charged to the debtor"
    )

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        charge = self.charge and in_cents(self.charge, invoice.currency, "charge")
        yield ev.InvoiceSent(on=on, channel=self.channel, to=self.to, charge=charge)


class RecordDelivery(InvoiceCommand, frozen=True):
    """Record that the invoice was delivered."""

    channel: Channel | None = None
    to: Text | None = None

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        yield ev.InvoiceDelivered(on=on, channel=self.channel, to=self.to)


class RecordDeliveryFailure(InvoiceCommand, frozen=True):
    """Record that delivery of the invoice failed."""

    why: RequiredText
    channel: Channel | None = None
    to: Text | None = None

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        yield ev.DeliveryFailed(on=on, why=self.why, channel=self.channel, to=self.to)
