"""Events of the invoice itself: registered, corrected, sent, delivered, documented."""

from datetime import date
from decimal import Decimal

from msgspec import Struct

from ledger.facts.codes import Channel
from ledger.facts.entry import Event, Personal


class Instalment(Struct, frozen=True):
    """A part of the invoice with its own due date."""

    due_on: date
    amount: Decimal


class InvoiceLine(Struct, frozen=True):
    """A line of the invoice."""

    number: str
    description: str
    quantity: Decimal | None = None
    unit: str | None = None
    unit_price: Decimal | None = None
    amount: Decimal | None = None


class InvoiceRegistered(Event, topic="invoice-registered.v1"):
    """An invoice was registered. ``on`` is its issue date; an empty debtor is unknown."""

    number: str
    debtor: str
    business_unit: str
    collector: str
    amount: Decimal
    currency: str
    instalments: tuple[Instalment, ...]  # at least one, with the due date
    purchase_order: str | None = None
    lines: tuple[InvoiceLine, ...] = ()
    document: str | None = None


class InvoiceCorrected(Event, topic="invoice-corrected.v1"):
    """An invoice was corrected. A field that is None stays as it was."""

    why: str
    amount: Decimal | None = None
    instalments: tuple[Instalment, ...] | None = None
    debtor: str | None = None
    business_unit: str | None = None
    collector: str | None = None
    purchase_order: str | None = None


class InvoiceCancelled(Event, topic="invoice-cancelled.v1"):
    why: str


class InvoiceSent(Event, topic="invoice-sent.v1"):
    """An invoice was sent. ``charge`` is the cost of sending that the debtor pays."""

    channel: Channel | None = None
    to: Personal[str] | None = None
    charge: Decimal | None = None


class InvoiceDelivered(Event, topic="invoice-delivered.v1"):
    channel: Channel | None = None
    to: Personal[str] | None = None


class DeliveryFailed(Event, topic="delivery-failed.v1"):
    why: str
    channel: Channel | None = None
    to: Personal[str] | None = None


class NoteAdded(Event, topic="note-added.v1"):
    text: Personal[str]


class DocumentAttached(Event, topic="document-attached.v1"):
    sha256: str
    name: str
    media_type: str
    size: int  # bytes


RegistrationEvent = (
    InvoiceRegistered
    | InvoiceCorrected
    | InvoiceCancelled
    | InvoiceSent
    | InvoiceDelivered
    | DeliveryFailed
    | NoteAdded
    | DocumentAttached
)
