"""Commands about unallocated payments of a debtor: receive, allocate, return."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from commands.command import Command, DecisionContext
from commands.context import Reactions
from commands.debtor_command import DebtorCommand
from commands.fields import Amount, Currency, PositiveAmount, Reference, RequiredText, Text
from commands.payments.payments import ReceivePayment, is_duplicate
from ledger.facts import debtor_events as ev
from ledger.facts.debtor import Debtor, UnallocatedPayment
from ledger.facts.debtor_events import DebtorEvent
from ledger.policy.money import ensure_currency, in_cents
from ledger.policy.refusal import NotFound, Refused


class ReceiveMoney(DebtorCommand, frozen=True):
    """Record a payment that names no invoice."""

    reference: RequiredText
    amount: Amount
    currency: Currency = "EUR"
    method: Text | None = None
    payer_name: Text | None = None
    payer_iban: Text | None = None

    def events(self, debtor: Debtor, on: date, now: DecisionContext) -> Iterator[DebtorEvent]:
        amount = in_cents(self.amount, self.currency, "amount")
        if self.reference in debtor.money:
            ensure_currency(self.currency, debtor.money[self.reference].currency)
        known = {reference: money.amount for reference, money in debtor.money.items()}
        if is_duplicate(known, self.reference, amount, "Payment"):
            return
        yield self.event(ev.MoneyReceived, on, amount=amount)


class AllocateMoney(DebtorCommand, frozen=True):
    """Allocate part of an unallocated payment to an invoice; the invoice records the payment."""

    reactions = Reactions.IF_APPLIED
    reference: RequiredText
    invoice: Reference
    amount: PositiveAmount

    def with_companions(self) -> tuple[Command, ...]:
        payment = ReceivePayment(
            on=self.on, invoice=self.invoice, reference=self.reference, amount=self.amount
        )
        return (self, payment)

    def events(self, debtor: Debtor, on: date, now: DecisionContext) -> Iterator[DebtorEvent]:
        money = _money(self, debtor, self.reference)
        amount = in_cents(self.amount, money.currency, "amount")
        if is_duplicate(money.allocated, self.invoice, amount, f"{self.reference} for invoice"):
            return
        _ensure_left(money, amount, self.reference)
        yield self.event(ev.MoneyAllocated, on, amount=amount)


class ReturnMoney(DebtorCommand, frozen=True):
    """Record that part of an unallocated payment was returned to the payer."""

    reference: RequiredText
    amount: PositiveAmount
    why: RequiredText

    def events(self, debtor: Debtor, on: date, now: DecisionContext) -> Iterator[DebtorEvent]:
        money = _money(self, debtor, self.reference)
        amount = in_cents(self.amount, money.currency, "amount")
        _ensure_left(money, amount, self.reference)
        yield self.event(ev.MoneyReturned, on, amount=amount)


def _money(command: DebtorCommand, debtor: Debtor, reference: str) -> UnallocatedPayment:
    if reference not in debtor.money:
        raise NotFound("no-debtor-payment", debtor=command.debtor, reference=reference)
    return debtor.money[reference]


def _ensure_left(money: UnallocatedPayment, amount: Decimal, reference: str) -> None:
    if amount > money.left:
        raise Refused("above-unallocated", "amount", amount=money.left, reference=reference)
