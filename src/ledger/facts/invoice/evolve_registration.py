"""How registration, correction and delivery change an invoice."""

from decimal import Decimal
from typing import assert_never

from msgspec.structs import replace as but

from ledger.facts.codes import ZERO
from ledger.facts.invoice import registration_events as ev
from ledger.facts.invoice.evolve_dispute_endings import credited
from ledger.facts.invoice.state import Invoice, with_case, with_money


def evolve_registration(invoice: Invoice, event: ev.RegistrationEvent) -> Invoice:
    match event:
        case ev.InvoiceRegistered() as e:
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
            )
        case ev.InvoiceSent() as e:
            charges = invoice.charges + (e.charge or ZERO)
            return with_money(invoice, e.on, sent_on=invoice.sent_on or e.on, charges=charges)
        case ev.InvoiceDelivered() as e:
            return but(invoice, delivered_on=invoice.delivered_on or e.on, delivery_failed_on=None)
        case ev.DeliveryFailed() as e:
            return but(invoice, delivery_failed_on=e.on)
        case ev.NoteAdded():
            return invoice
        case ev.DocumentAttached() as e:
            return but(invoice, documents=invoice.documents | {e.sha256})
        case ev.InvoiceCorrected() as e:
            return with_money(
                _credited_by(invoice, e),
                e.on,
                amount=invoice.amount if e.amount is None else e.amount,
                instalments=e.instalments or _rescaled(invoice, e.amount),
                debtor=invoice.debtor if e.debtor is None else e.debtor,
                business_unit=e.business_unit or invoice.business_unit,
                collector=e.collector or invoice.collector,
                purchase_order=e.purchase_order or invoice.purchase_order,
            )
        case ev.InvoiceCancelled() as e:
            return with_money(invoice, e.on, cancelled=True)
        case _:
            assert_never(event)


def _credited_by(invoice: Invoice, e: ev.InvoiceCorrected) -> Invoice:
    """Count a lower amount as the credit of the only case with a pending credit note."""
    less = ZERO if e.amount is None else invoice.amount - e.amount
    case_id = invoice.sole_case_awaiting_credit
    if less <= 0 or case_id is None:
        return invoice
    return with_case(invoice, credited(invoice.disputes[case_id], less, e.on))


def _rescaled(invoice: Invoice, amount: Decimal | None) -> tuple[ev.Instalment, ...]:
    """Fit the instalments to a new amount: the last take the difference."""
    if amount is None or not invoice.instalments:
        return invoice.instalments
    left, kept = amount, list[ev.Instalment]()
    for due in invoice.instalments[:-1]:
        kept.append(ev.Instalment(due.due_on, min(due.amount, left)))
        left -= kept[-1].amount
    return (*kept, ev.Instalment(invoice.instalments[-1].due_on, left))
