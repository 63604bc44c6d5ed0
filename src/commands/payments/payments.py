"""Commands about payments, credit notes and write-offs."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from pydantic import Field

from commands.command import DecisionContext, InvoiceCommand
from commands.context import Reactions
from commands.fields import Amount, Currency, PositiveAmount, RequiredText, Text
from ledger.facts.codes import Part
from ledger.facts.invoice import payments as ev
from ledger.facts.invoice.dispute_endings import sole_case_awaiting_credit
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.state import Invoice
from ledger.policy.money import ensure_currency, in_cents
from ledger.policy.payments.allocation import allocate, reverse
from ledger.policy.payments.promises import promises_fulfilled
from ledger.policy.refusal import NotFound, Refused


class ReceivePayment(InvoiceCommand, frozen=True):
    """Record a payment of the invoice. ``on`` is the value date.

    After a reversal the same reference counts again, if the date is not before the reversal or the
    amount differs.
    """

    reactions = Reactions.IF_APPLIED
    reference: RequiredText = Field(description="of the payment; the same reference counts once")
    amount: Amount
    currency: Currency | None = Field(None, description="the invoice's own when left out")
    method: Text | None = None
    payer_name: Text | None = None
    payer_iban: Text | None = None
    remittance: Text | None = Field(None, description="remittance text of the payer")
    reason_code: Text | None = Field(
        None, description="reason code of a deduction, from the payer's system"
    )
    reason_list: Text | None = Field(
        None, description="code list of that code: OPStatusReason, 4465, 426, 207"
    )

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        ensure_currency(self.currency, invoice.currency)
        amount = in_cents(self.amount, invoice.currency, "amount")
        if self.reference in invoice.reversed_refs:
            self._ensure_new(invoice, amount, on)
        elif is_duplicate(invoice.payments, self.reference, amount, "Payment"):
            return
        yield self.event(ev.PaymentReceived, on, amount=amount)
        yield from allocate(invoice, amount, Part.PAID, on)
        yield from promises_fulfilled(invoice, amount, on)

    def _ensure_new(self, invoice: Invoice, amount: Decimal, on: date) -> None:
        """Raise ``Refused`` if it may be the reversed payment, reported again."""
        back_on = invoice.reversed[self.reference]
        if on < back_on and amount == invoice.payments[self.reference]:
            raise Refused("payment-reversed", "reference", reference=self.reference, on=back_on)


class ReversePayment(InvoiceCommand, frozen=True):
    """Reverse a payment: a chargeback, a returned direct debit, a mistake."""

    reactions = Reactions.IF_APPLIED
    reference: RequiredText
    why: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        before = invoice.reversed.get(self.reference)
        if self.reference in invoice.reversed_refs or (before and on < before):
            return
        if self.reference not in invoice.payments:
            raise NotFound("no-payment", invoice=self.invoice, reference=self.reference)
        amount = invoice.payments[self.reference]
        yield ev.PaymentReversed(on=on, reference=self.reference, amount=amount, why=self.why)
        yield from reverse(invoice, amount, Part.PAID, on)


class IssueCreditNote(InvoiceCommand, frozen=True):
    """Record a credit note. If it is for a dispute, it reduces the disputed amount first.

    Without a case it is for the dispute with a pending credit note, if there is only one.
    """

    credit_note: RequiredText = Field(description="number of the credit note")
    amount: PositiveAmount
    currency: Currency | None = Field(None, description="the invoice's own when left out")
    case_id: UUID | None = None
    unapproved: bool = Field(
        False,
        description="record one that another system issued without approval; it is flagged, and"
        " an approver must look at it",
    )

    def is_report(self) -> bool:
        return self.unapproved

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        ensure_currency(self.currency, invoice.currency)
        amount = in_cents(self.amount, invoice.currency, "amount")
        if self.case_id and self.case_id not in invoice.disputes:
            raise NotFound("no-dispute-on-invoice", case=self.case_id, invoice=self.invoice)
        if is_duplicate(invoice.credit_notes, self.credit_note, amount, "Credit note"):
            return
        case = self.case_id or sole_case_awaiting_credit(invoice)
        yield ev.CreditNoteIssued(on=on, number=self.credit_note, amount=amount, case_id=case)
        yield from allocate(invoice, amount, Part.CREDITED, on, first=case)


class WriteOff(InvoiceCommand, frozen=True):
    """Write off an amount: it is never requested again."""

    why: RequiredText
    amount: PositiveAmount | None = Field(None, description="the open amount when left out")

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        amount = self.amount and in_cents(self.amount, invoice.currency, "amount")
        if invoice.open_amount <= 0:
            raise Refused("nothing-open")
        if amount and amount > invoice.open_amount:
            raise Refused("above-open", "amount", amount=invoice.open_amount)
        amount = amount or invoice.open_amount
        yield ev.WrittenOff(on=on, amount=amount, why=self.why)
        yield from allocate(invoice, amount, Part.WRITTEN_OFF, on)


def is_duplicate(known: Mapping[str, Decimal], key: str, amount: Decimal, what: str) -> bool:
    """Return whether it is recorded already. Raise ``Refused`` if with another amount."""
    if key not in known:
        return False
    if known[key] != amount:
        raise Refused("recorded-otherwise", "amount", what=what, key=key, amount=known[key])
    return True
