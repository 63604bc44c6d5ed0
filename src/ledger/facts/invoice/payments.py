"""Payments, credit notes, charges and settlements: events, and how they change an invoice."""

from decimal import Decimal
from typing import assert_never
from uuid import UUID

from ledger.facts.entry import Event, Personal
from ledger.facts.invoice.dispute_endings import credited
from ledger.facts.invoice.state import Invoice, with_case, with_money


class PaymentReceived(Event, topic="payment-received.v1"):
    reference: str
    amount: Decimal
    method: str | None = None
    payer_name: Personal[str] | None = None
    payer_iban: Personal[str] | None = None
    remittance: Personal[str] | None = None  # the payer's text
    reason_code: str | None = None  # of a deduction, as the payer's system gives it
    reason_list: str | None = None


class PaymentReversed(Event, topic="payment-reversed.v1"):
    reference: str
    amount: Decimal
    why: str


class CreditNoteIssued(Event, topic="credit-note-issued.v1"):
    number: str
    amount: Decimal
    case_id: UUID | None = None


class WrittenOff(Event, topic="written-off.v1"):
    amount: Decimal
    why: str


class LateFeeCharged(Event, topic="late-fee-charged.v1"):
    amount: Decimal
    why: str


class LateFeeWaived(Event, topic="late-fee-waived.v1"):
    amount: Decimal
    why: str


class InterestCharged(Event, topic="interest-charged.v1"):
    amount: Decimal
    why: str


class InterestWaived(Event, topic="interest-waived.v1"):
    amount: Decimal
    why: str


class SettledPerErp(Event, topic="settled-per-erp.v1"):
    """The creditor's ERP lists a lower open amount than recorded; ``source`` is file and line."""

    amount: Decimal
    source: str


class ClosedPerErp(Event, topic="closed-per-erp.v1"):
    """The ERP's list of open items no longer has the invoice; ``amount`` was open here."""

    amount: Decimal
    source: str


PaymentEvent = (
    PaymentReceived
    | PaymentReversed
    | CreditNoteIssued
    | WrittenOff
    | LateFeeCharged
    | LateFeeWaived
    | InterestCharged
    | InterestWaived
    | SettledPerErp
    | ClosedPerErp
)


def evolve_payment(invoice: Invoice, event: PaymentEvent) -> Invoice:
    match event:
        case PaymentReceived() as e:
            return with_money(
                invoice,
                e.on,
                paid=invoice.paid + e.amount,
                payments={**invoice.payments, e.reference: e.amount},
                reversed_refs=invoice.reversed_refs - {e.reference},
            )
        case PaymentReversed() as e:
            return with_money(
                invoice,
                e.on,
                paid=invoice.paid - e.amount,
                reversed={**invoice.reversed, e.reference: e.on},
                reversed_refs=invoice.reversed_refs | {e.reference},
            )
        case CreditNoteIssued() as e:
            if e.case_id and e.case_id in invoice.disputes:
                invoice = with_case(invoice, credited(invoice.disputes[e.case_id], e.amount, e.on))
            total, notes = invoice.credited + e.amount, {**invoice.credit_notes, e.number: e.amount}
            return with_money(invoice, e.on, credited=total, credit_notes=notes)
        case WrittenOff() as e:
            return with_money(invoice, e.on, written_off=invoice.written_off + e.amount)
        case LateFeeCharged() | LateFeeWaived() as e:
            fee = e.amount if isinstance(e, LateFeeCharged) else -e.amount
            charges = invoice.charges + fee
            return with_money(invoice, e.on, charges=charges, late_fees=invoice.late_fees + fee)
        case InterestCharged() | InterestWaived() as e:
            interest = e.amount if isinstance(e, InterestCharged) else -e.amount
            charges = invoice.charges + interest
            return with_money(invoice, e.on, charges=charges, interest=invoice.interest + interest)
        case SettledPerErp() | ClosedPerErp() as e:
            return with_money(invoice, e.on, settled_per_erp=invoice.settled_per_erp + e.amount)
        case _:
            assert_never(event)
