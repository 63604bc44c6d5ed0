"""The invoice itself: registered, corrected, sent, delivered, documented."""

from decimal import Decimal
from typing import assert_never

from msgspec.structs import replace as but

from ledger.facts.codes import ZERO, Channel
from ledger.facts.document_names import is_sha256
from ledger.facts.entry import Event, Personal
from ledger.facts.invoice.dispute_endings import credited, sole_case_awaiting_credit
from ledger.facts.invoice.original import REGISTERED
from ledger.facts.invoice.parts import Instalment, InvoiceLine, Originals
from ledger.facts.invoice.state import Invoice, with_case, with_money


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


class CollectorAssigned(Event, topic="collector-assigned.v1"):
    """The playbook gave the invoice a collector, or took them away: an empty name is nobody."""

    collector: str
    playbook: int  # version
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
    | CollectorAssigned
    | InvoiceSent
    | InvoiceDelivered
    | DeliveryFailed
    | NoteAdded
    | DocumentAttached
)


def evolve_registration(invoice: Invoice, event: RegistrationEvent) -> Invoice:
    match event:
        case InvoiceRegistered() as e:
            return with_money(
                invoice,
                e.on,
                number=e.number,
                debtor=e.debtor,
                business_unit=e.business_unit,
                collector=e.collector,
                purchase_order=e.purchase_order,
                currency=e.currency,
                issued_on=e.on,
                instalments=e.instalments,
                lines=e.lines,
                amount=e.amount,
                originals=Originals({REGISTERED: e.document} if is_sha256(e.document) else {}),
            )
        case InvoiceSent() as e:
            charges = invoice.charges + (e.charge or ZERO)
            return with_money(invoice, e.on, sent_on=invoice.sent_on or e.on, charges=charges)
        case InvoiceDelivered() as e:
            return but(invoice, delivered_on=invoice.delivered_on or e.on, delivery_failed_on=None)
        case DeliveryFailed() as e:
            return but(invoice, delivery_failed_on=e.on)
        case NoteAdded():
            return invoice
        case DocumentAttached() as e:
            return but(invoice, documents=invoice.documents | {e.sha256})
        case InvoiceCorrected() as e:
            return with_money(
                _credited_by(invoice, e),
                e.on,
                amount=invoice.amount if e.amount is None else e.amount,
                instalments=e.instalments or _rescaled(invoice, e.amount),
                debtor=invoice.debtor if e.debtor is None else e.debtor,
                business_unit=e.business_unit or invoice.business_unit,
                collector=e.collector or invoice.collector,
                collector_by_rule=invoice.collector_by_rule and not e.collector,
                purchase_order=e.purchase_order or invoice.purchase_order,
            )
        case CollectorAssigned() as e:
            return but(invoice, collector=e.collector, collector_by_rule=True)
        case InvoiceCancelled() as e:
            return with_money(invoice, e.on, cancelled=True)
        case _:
            assert_never(event)


def _credited_by(invoice: Invoice, e: InvoiceCorrected) -> Invoice:
    """Count a lower amount as the credit of the only case with a pending credit note."""
    less = ZERO if e.amount is None else invoice.amount - e.amount
    case_id = sole_case_awaiting_credit(invoice)
    if less <= 0 or case_id is None:
        return invoice
    return with_case(invoice, credited(invoice.disputes[case_id], less, e.on))


def _rescaled(invoice: Invoice, amount: Decimal | None) -> tuple[Instalment, ...]:
    """Fit the instalments to a new amount: the last take the difference."""
    if amount is None or not invoice.instalments:
        return invoice.instalments
    left, kept = amount, list[Instalment]()
    for due in invoice.instalments[:-1]:
        kept.append(Instalment(due.due_on, min(due.amount, left)))
        left -= kept[-1].amount
    return (*kept, Instalment(invoice.instalments[-1].due_on, left))
