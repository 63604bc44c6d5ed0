"""Commands about unallocated payments of a debtor: receive, allocate, return."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pydantic import Field

from commands.command import Command, DecisionContext
from commands.context import Reactions
from commands.debtor_command import DebtorCommand
from commands.fields import Amount, Currency, PositiveAmount, Reference, RequiredText, Text
from commands.payments.payments import IssueCreditNote, ReceivePayment, is_duplicate
from ledger.facts import debtor_events as ev
from ledger.facts.codes import MoneyKind
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
        return _allocated(self, debtor, on, MoneyKind.PAYMENT)


class AllocateCredit(DebtorCommand, frozen=True):
    """Allocate part of a credit note that waits with the debtor to an invoice, which is credited.

    What a person may give away holds for it, as for any other credit note.
    """

    reactions = Reactions.IF_APPLIED
    reference: RequiredText = Field(description="number of the credit note")
    invoice: Reference
    amount: PositiveAmount

    def with_companions(self) -> tuple[Command, ...]:
        credit = IssueCreditNote(
            on=self.on, invoice=self.invoice, credit_note=self.reference, amount=self.amount
        )
        return (self, credit)

    def events(self, debtor: Debtor, on: date, now: DecisionContext) -> Iterator[DebtorEvent]:
        return _allocated(self, debtor, on, MoneyKind.CREDIT_NOTE)


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


class ReverseMoney(DebtorCommand, frozen=True):
    """Reverse what is left of an unallocated payment: the bank took it back, or a mistake."""

    reference: RequiredText
    why: RequiredText

    def events(self, debtor: Debtor, on: date, now: DecisionContext) -> Iterator[DebtorEvent]:
        money = _money(self, debtor, self.reference)
        if money.allocated:
            raise Refused("allocated-since", "reference", reference=self.reference)
        if money.left:
            yield self.event(ev.MoneyReversed, on, amount=money.left)


def _allocated(
    command: AllocateMoney | AllocateCredit, debtor: Debtor, on: date, kind: MoneyKind
) -> Iterator[DebtorEvent]:
    reference = command.reference
    money = _money(command, debtor, reference)
    if money.kind is not kind:
        raise Refused("allocated-as-other-kind", "reference", reference=reference, kind=money.kind)
    amount = in_cents(command.amount, money.currency, "amount")
    if is_duplicate(money.allocated, command.invoice, amount, f"{reference} for invoice"):
        return
    _ensure_left(money, amount, reference)
    yield command.event(ev.MoneyAllocated, on, amount=amount, kind=kind)


def _money(command: DebtorCommand, debtor: Debtor, reference: str) -> UnallocatedPayment:
    if reference not in debtor.money:
        raise NotFound("no-debtor-payment", debtor=command.debtor, reference=reference)
    return debtor.money[reference]


def _ensure_left(money: UnallocatedPayment, amount: Decimal, reference: str) -> None:
    if amount > money.left:
        raise Refused("above-unallocated", "amount", amount=money.left, reference=reference)
