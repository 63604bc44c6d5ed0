"""Commands that charge and waive late fees and interest."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pydantic import Field

from commands.command import DecisionContext, InvoiceCommand
from commands.fields import Amount, Currency, PositiveAmount, RequiredText, Text
from ledger.facts.codes import ZERO, Part
from ledger.facts.invoice import payments as ev
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.state import Invoice
from ledger.policy.money import ensure_currency, in_cents
from ledger.policy.payments.allocation import allocate
from ledger.policy.refusal import Refused


class ChargeLateFee(InvoiceCommand, frozen=True):
    """Charge a late fee, as a claim of its own beside the principal."""

    amount: Amount
    currency: Currency | None = Field(None, description="the invoice's own when left out")
    why: Text = ""

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        ensure_currency(self.currency, invoice.currency)
        amount = in_cents(self.amount, invoice.currency, "amount")
        yield ev.LateFeeCharged(on=on, amount=amount, why=self.why)


class WaiveLateFee(InvoiceCommand, frozen=True):
    """Waive late fees."""

    amount: PositiveAmount | None = Field(None, description="all late fees when left out")
    why: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        amount = _waived(self.amount, invoice.late_fees, invoice.currency)
        yield ev.LateFeeWaived(on=on, amount=amount, why=self.why)
        yield from allocate(invoice, amount, Part.CREDITED, on)


class ChargeInterest(InvoiceCommand, frozen=True):
    """Charge interest, as a claim of its own; ``why`` states how it was calculated."""

    amount: PositiveAmount
    why: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        amount = in_cents(self.amount, invoice.currency, "amount")
        yield ev.InterestCharged(on=on, amount=amount, why=self.why)


class WaiveInterest(InvoiceCommand, frozen=True):
    """Waive interest."""

    amount: PositiveAmount | None = Field(None, description="all interest when left out")
    why: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        amount = _waived(self.amount, invoice.interest, invoice.currency)
        yield ev.InterestWaived(on=on, amount=amount, why=self.why)
        yield from allocate(invoice, amount, Part.CREDITED, on)


def _waived(waived: Decimal | None, charged: Decimal, currency: str) -> Decimal:
    amount = charged if waived is None else in_cents(waived, currency, "amount")
    if amount > charged or charged == ZERO:
        raise Refused("above-charged", "amount", amount=charged)
    return amount
