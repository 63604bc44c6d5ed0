"""Late fees and interest, charged and waived."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pydantic import Field

from commands.command import (
    Amount,
    DecisionContext,
    InvoiceCommand,
    PositiveAmount,
    RequiredText,
    Text,
)
from ledger.facts.codes import ZERO, Part
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.payment_events import (
    InterestCharged,
    InterestWaived,
    LateFeeCharged,
    LateFeeWaived,
)
from ledger.facts.invoice.state import Invoice
from ledger.policy.money import in_cents
from ledger.policy.payments.allocation import allocate
from ledger.policy.refusal import Refused


class ChargeLateFee(InvoiceCommand, frozen=True):
    """A late fee is its own line of the claim, and does not touch the principal."""

    amount: Amount
    why: Text = ""

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        amount = in_cents(self.amount, invoice.currency, "amount")
        yield LateFeeCharged(on=on, amount=amount, why=self.why)


class WaiveLateFee(InvoiceCommand, frozen=True):
    """Late fees are let go."""

    amount: PositiveAmount | None = Field(None, description="all of them when left out")
    why: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        amount = _waived(self.amount, invoice.late_fees, invoice.currency)
        yield LateFeeWaived(on=on, amount=amount, why=self.why)
        yield from allocate(invoice, amount, Part.CREDITED, on)


class ChargeInterest(InvoiceCommand, frozen=True):
    """Interest is its own line of the claim; say in ``why`` how it was reckoned."""

    amount: PositiveAmount
    why: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        amount = in_cents(self.amount, invoice.currency, "amount")
        yield InterestCharged(on=on, amount=amount, why=self.why)


class WaiveInterest(InvoiceCommand, frozen=True):
    """Interest is let go."""

    amount: PositiveAmount | None = Field(None, description="all of it when left out")
    why: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        amount = _waived(self.amount, invoice.interest, invoice.currency)
        yield InterestWaived(on=on, amount=amount, why=self.why)
        yield from allocate(invoice, amount, Part.CREDITED, on)


def _waived(asked: Decimal | None, charged: Decimal, currency: str) -> Decimal:
    amount = charged if asked is None else in_cents(asked, currency, "amount")
    if amount > charged or charged == ZERO:
        raise Refused("above-charged", "amount", amount=charged)
    return amount
