"""Wishes about the invoice itself: registered, corrected, cancelled, sent, delivered."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Self

from pydantic import BaseModel, Field, model_validator

from commands.command import (
    Amount,
    BusinessDate,
    Command,
    Currency,
    DecisionContext,
    InvoiceCommand,
    PositiveAmount,
    Reference,
    RequiredText,
    Text,
)
from ledger.facts.books import INVOICE, BookKind
from ledger.facts.codes import ZERO, Outcome, Part
from ledger.facts.invoice.dispute_events import DisputeResolved
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.promise_events import PromiseWithdrawn
from ledger.facts.invoice.registration_events import (
    Instalment,
    InvoiceCancelled,
    InvoiceCorrected,
    InvoiceLine,
    InvoiceRegistered,
)
from ledger.facts.invoice.state import Invoice
from ledger.policy.money import in_cents
from ledger.policy.payments.allocation import allocate
from ledger.policy.refusal import Refused


class Due(BaseModel, frozen=True, extra="forbid"):
    """One instalment, as asked for."""

    due_on: BusinessDate
    amount: PositiveAmount


class BilledLine(BaseModel, frozen=True, extra="forbid"):
    """One line of the invoice, as billed."""

    number: Reference
    description: Text
    quantity: Decimal | None = None
    unit: Text | None = None
    unit_price: Decimal | None = None
    amount: Decimal | None = None


class RegisterInvoice(Command, frozen=True):
    """The invoice exists and must be paid. ``on`` is its issue date."""

    kind: ClassVar[BookKind[Any]] = INVOICE
    invoice: Reference = Field(description="number of the invoice")
    amount: Amount = Field(description="with VAT")
    currency: Currency = Field("EUR", description="ISO 4217")
    due_on: BusinessDate | None = Field(None, description="due date, unless there are instalments")
    instalments: tuple[Due, ...] = Field((), description="due dates and amounts that add up")
    debtor: Text = Field("", description="number of the debtor; empty when not known")
    business_unit: Text = ""
    collector: Text = Field("", description="who chases it")
    purchase_order: Text | None = None
    lines: tuple[BilledLine, ...] = ()
    document: Text | None = Field(None, description="reference or SHA-256 of the invoice document")

    @property
    def number(self) -> str:
        return self.invoice

    @model_validator(mode="after")
    def _due_once(self) -> Self:
        if (self.due_on is None) == (not self.instalments):
            raise ValueError("say either due_on or instalments")
        if self.instalments and sum(due.amount for due in self.instalments) != self.amount:
            raise ValueError("the instalments must add up to the amount")
        return self

    def decide(self, state: Invoice, now: DecisionContext) -> Iterator[InvoiceEvent]:
        amount = in_cents(self.amount, self.currency, "amount")
        if state.known:
            self._same(state)
            return
        yield InvoiceRegistered(
            on=self.on or now.today,
            number=self.invoice,
            debtor=self.debtor.strip(),
            business_unit=self.business_unit,
            collector=self.collector,
            amount=amount,
            currency=self.currency,
            instalments=self._instalments(amount),
            purchase_order=self.purchase_order,
            lines=tuple(InvoiceLine(**dict(line)) for line in self.lines),
            document=self.document,
        )

    def _instalments(self, amount: Decimal) -> tuple[Instalment, ...]:
        if self.due_on:
            return (Instalment(self.due_on, amount),)
        dues = sorted(self.instalments, key=lambda due: due.due_on)
        return tuple(
            Instalment(due.due_on, in_cents(due.amount, self.currency, "instalments"))
            for due in dues
        )

    def _same(self, state: Invoice) -> None:
        """Saying it twice is harmless; saying something else under the same number is not."""
        there = {"amount": state.amount, "currency": state.currency, "debtor": state.debtor}
        said = {"amount": self.amount, "currency": self.currency, "debtor": self.debtor.strip()}
        for field, value in there.items():
            if value != said[field]:
                raise Refused(
                    "registered-otherwise", field, invoice=self.invoice, name=field, value=value
                )


class CorrectInvoice(InvoiceCommand, frozen=True):
    """What was registered was wrong."""

    why: RequiredText
    amount: PositiveAmount | None = None
    due_on: BusinessDate | None = None
    debtor: Text | None = None
    business_unit: Text | None = None
    collector: Text | None = None
    purchase_order: Text | None = None

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        amount = self.amount and in_cents(self.amount, invoice.currency, "amount")
        total = invoice.amount if amount is None else amount
        if amount is not None and amount < invoice.amount:
            yield from allocate(invoice, invoice.amount - amount, Part.CREDITED, on)
        yield InvoiceCorrected(
            on=on,
            why=self.why,
            amount=amount,
            instalments=(Instalment(self.due_on, total),) if self.due_on else None,
            debtor=self.debtor and self.debtor.strip(),
            business_unit=self.business_unit,
            collector=self.collector,
            purchase_order=self.purchase_order,
        )


class CancelInvoice(InvoiceCommand, frozen=True):
    """It should never have been sent: nothing is claimed, disputed or promised any more."""

    why: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        if invoice.cancelled:
            return
        for one in invoice.open_disputes:
            yield DisputeResolved(
                on=on,
                case_id=one.case_id,
                outcome=Outcome.CORRECTED,
                root_cause=one.root_cause,
                credited=one.disputed,
                paid=ZERO,
                rejected=ZERO,
                explanation=f"Invoice cancelled: {self.why}",
            )
        for promise in invoice.promises.values():
            if promise.status == "open":
                yield PromiseWithdrawn(
                    on=on, promise_id=promise.promise_id, why="Invoice cancelled."
                )
        yield InvoiceCancelled(on=on, why=self.why)
