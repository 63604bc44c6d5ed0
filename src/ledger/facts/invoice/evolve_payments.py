"""How payments, credit notes, charges and write-offs change an invoice."""

from typing import assert_never

from ledger.facts.invoice import payment_events as ev
from ledger.facts.invoice.evolve_dispute_endings import credited
from ledger.facts.invoice.state import Invoice, with_case, with_money


def evolve_payment(invoice: Invoice, event: ev.PaymentEvent) -> Invoice:
    match event:
        case ev.PaymentReceived() as e:
            return with_money(
                invoice,
                e.on,
                paid=invoice.paid + e.amount,
                payments={**invoice.payments, e.reference: e.amount},
                reversed_refs=invoice.reversed_refs - {e.reference},
            )
        case ev.PaymentReversed() as e:
            return with_money(
                invoice,
                e.on,
                paid=invoice.paid - e.amount,
                reversed={**invoice.reversed, e.reference: e.on},
                reversed_refs=invoice.reversed_refs | {e.reference},
            )
        case ev.CreditNoteIssued() as e:
            if e.case_id and e.case_id in invoice.disputes:
                invoice = with_case(invoice, credited(invoice.disputes[e.case_id], e.amount, e.on))
            total, notes = invoice.credited + e.amount, {**invoice.credit_notes, e.number: e.amount}
            return with_money(invoice, e.on, credited=total, credit_notes=notes)
        case ev.WrittenOff() as e:
            return with_money(invoice, e.on, written_off=invoice.written_off + e.amount)
        case ev.LateFeeCharged() | ev.LateFeeWaived() as e:
            fee = e.amount if isinstance(e, ev.LateFeeCharged) else -e.amount
            charges = invoice.charges + fee
            return with_money(invoice, e.on, charges=charges, late_fees=invoice.late_fees + fee)
        case ev.InterestCharged() | ev.InterestWaived() as e:
            interest = e.amount if isinstance(e, ev.InterestCharged) else -e.amount
            charges = invoice.charges + interest
            return with_money(invoice, e.on, charges=charges, interest=invoice.interest + interest)
        case ev.SettledPerErp() | ev.ClosedPerErp() as e:
            return with_money(invoice, e.on, settled_per_erp=invoice.settled_per_erp + e.amount)
        case _:
            assert_never(event)
