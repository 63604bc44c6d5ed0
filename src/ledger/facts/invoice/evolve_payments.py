"""How money changes an invoice: paid, credited, charged, written off, settled elsewhere."""

from typing import assert_never

from ledger.facts.invoice.evolve_dispute_endings import credited
from ledger.facts.invoice.payment_events import (
    ClosedPerErp,
    CreditNoteIssued,
    InterestCharged,
    InterestWaived,
    LateFeeCharged,
    LateFeeWaived,
    PaymentEvent,
    PaymentReceived,
    PaymentReversed,
    SettledPerErp,
    WrittenOff,
)
from ledger.facts.invoice.state import Invoice, with_case, with_money


def evolve_payment(invoice: Invoice, event: PaymentEvent) -> Invoice:
    match event:
        case PaymentReceived() as e:
            paid, back = (
                {**invoice.payments, e.reference: e.amount},
                invoice.reversed_refs - {e.reference},
            )
            return with_money(
                invoice, e.on, paid=invoice.paid + e.amount, payments=paid, reversed_refs=back
            )
        case PaymentReversed() as e:
            days, back = (
                {**invoice.reversed, e.reference: e.on},
                invoice.reversed_refs | {e.reference},
            )
            return with_money(
                invoice, e.on, paid=invoice.paid - e.amount, reversed=days, reversed_refs=back
            )
        case CreditNoteIssued() as e:
            if e.case_id and e.case_id in invoice.disputes:
                invoice = with_case(invoice, credited(invoice.disputes[e.case_id], e.amount, e.on))
            notes = {**invoice.credit_notes, e.number: e.amount}
            return with_money(
                invoice, e.on, credited=invoice.credited + e.amount, credit_notes=notes
            )
        case WrittenOff() as e:
            return with_money(invoice, e.on, written_off=invoice.written_off + e.amount)
        case LateFeeCharged() | LateFeeWaived() as e:
            fee = e.amount if isinstance(e, LateFeeCharged) else -e.amount
            charges = invoice.charges + fee
            return with_money(invoice, e.on, charges=charges, late_fees=invoice.late_fees + fee)
        case InterestCharged() | InterestWaived() as e:
            more = e.amount if isinstance(e, InterestCharged) else -e.amount
            charges = invoice.charges + more
            return with_money(invoice, e.on, charges=charges, interest=invoice.interest + more)
        case SettledPerErp() | ClosedPerErp() as e:
            settled = invoice.settled_per_erp + e.amount
            return with_money(invoice, e.on, settled_per_erp=settled)
        case _:
            assert_never(event)
