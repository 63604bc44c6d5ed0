"""Events of money: payments, credit notes, charges and settlements."""

from decimal import Decimal
from uuid import UUID

from ledger.facts.entry import Event, Personal


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
