"""Commands about the invoice itself: register, correct, cancel."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Self

from pydantic import BaseModel, Field, model_validator

from commands.command import Command, DecisionContext, InvoiceCommand
from commands.fields import (
    Amount,
    BusinessDate,
    ComposedText,
    Currency,
    NewReference,
    PositiveAmount,
    Reference,
    RequiredText,
    Text,
)
from ledger.facts.books import INVOICE, BookKind
from ledger.facts.codes import ZERO, Outcome, Part
from ledger.facts.invoice.dispute_endings import DisputeResolved
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.parts import Instalment, InvoiceLine
from ledger.facts.invoice.promises import PromiseWithdrawn
from ledger.facts.invoice.registration import InvoiceCancelled, InvoiceCorrected, InvoiceRegistered
from ledger.facts.invoice.state import Invoice
from ledger.policy.money import in_cents
from ledger.policy.payments.allocation import allocate
from ledger.policy.refusal import Refused


class Due(BaseModel, frozen=True, extra="forbid"):
    """An instalment of an invoice to register."""

    due_on: BusinessDate
    amount: PositiveAmount


class BilledLine(BaseModel, frozen=True, extra="forbid"):
    """A line of the invoice, as billed."""

    number: Reference
    description: Text
    quantity: Decimal | None = None
    unit: Text | None = None
    unit_price: Decimal | None = None
    amount: Decimal | None = None


class RegisterInvoice(Command, frozen=True):
    """Register an invoice that must be paid. ``on`` is its issue date."""

    kind: ClassVar[BookKind[Any]] = INVOICE
    invoice: NewReference = Field(description="number of the invoice")
    amount: Amount = Field(description="including VAT")
    currency: Currency = Field("EUR", description="ISO 4217")
    due_on: BusinessDate | None = Field(None, description="due date, unless there are instalments")
    instalments: tuple[Due, ...] = Field((), description="due dates and amounts that add up")
    debtor: ComposedText = Field("", description="number of the debtor; empty when not known")
    business_unit: Text = ""
    collector: Text = Field("", description="who follows it up")
    purchase_order: Text | None = None
    lines: tuple[BilledLine, ...] = ()
    document: Text | None = Field(None, description="reference or SHA-256 of the invoice document")

    @property
    def number(self) -> str:
        return self.invoice

    @model_validator(mode="after")
    def _due_once(self) -> Self:
        if (self.due_on is None) == (not self.instalments):
            raise ValueError("give either due_on or instalments")
        if self.instalments and sum(due.amount for due in self.instalments) != self.amount:
            raise ValueError("the instalments must add up to the amount")
        return self

    def decide(self, state: Invoice, now: DecisionContext) -> Iterator[InvoiceEvent]:
        amount = in_cents(self.amount, self.currency, "amount")
        if state.known:
            self._ensure_same(state)
            return
        yield self.event(
            InvoiceRegistered,
            self.on or now.today,
            number=self.invoice,
            debtor=self.debtor.strip(),
            amount=amount,
            instalments=self._instalments(amount),
            lines=tuple(InvoiceLine(**dict(line)) for line in self.lines),
        )

    def _instalments(self, amount: Decimal) -> tuple[Instalment, ...]:
        if self.due_on:
            return (Instalment(self.due_on, amount),)
        return tuple(
            Instalment(due.due_on, in_cents(due.amount, self.currency, "instalments"))
            for due in sorted(self.instalments, key=lambda due: due.due_on)
        )

    def _ensure_same(self, state: Invoice) -> None:
        """Raise ``Refused`` if the number is registered with other details."""
        given = {"amount": self.amount, "currency": self.currency, "debtor": self.debtor.strip()}
        for field in given:
            if (value := getattr(state, field)) != given[field]:
                raise Refused(
                    "registered-otherwise", field, invoice=self.invoice, name=field, value=value
                )


class CorrectInvoice(InvoiceCommand, frozen=True):
    """Correct the registered details of an invoice."""

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
        instalments = (Instalment(self.due_on, total),) if self.due_on else None
        debtor = self.debtor and self.debtor.strip()
        yield self.event(
            InvoiceCorrected, on, amount=amount, instalments=instalments, debtor=debtor
        )


class CancelInvoice(InvoiceCommand, frozen=True):
    """Cancel an invoice that was sent in error; its disputes and promises end."""

    why: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        if invoice.cancelled:
            return
        for dispute in invoice.open_disputes:
            yield DisputeResolved(
                on=on,
                case_id=dispute.case_id,
                outcome=Outcome.CORRECTED,
                root_cause=dispute.root_cause,
                credited=dispute.disputed,
                paid=ZERO,
                rejected=ZERO,
                explanation=f"Invoice cancelled: {self.why}",
            )
        for promise in invoice.promises.values():
            if promise.status == "open":
                why = "Invoice cancelled."
                yield PromiseWithdrawn(on=on, promise_id=promise.promise_id, why=why)
        yield InvoiceCancelled(on=on, why=self.why)
