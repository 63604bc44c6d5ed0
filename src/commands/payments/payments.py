"""Wishes about money: received, reversed, credited, written off, charged and waived."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from pydantic import Field

from commands.command import (
    Amount,
    DecisionContext,
    InvoiceCommand,
    PositiveAmount,
    RequiredText,
    Text,
)
from commands.context import Reactions
from ledger.facts.codes import Part
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.payment_events import (
    CreditNoteIssued,
    PaymentReceived,
    PaymentReversed,
    WrittenOff,
)
from ledger.facts.invoice.state import Invoice
from ledger.policy.money import in_cents
from ledger.policy.payments.allocation import allocate, reverse
from ledger.policy.payments.promises import promises_fulfilled
from ledger.policy.refusal import NotFound, Refused


class ReceivePayment(InvoiceCommand, frozen=True):
    """Money came in for this invoice. ``on`` is the value date.

    After its reversal the same reference counts again: on that day or later, or as another amount.
    """

    reactions = Reactions.IF_APPLIED
    reference: RequiredText = Field(description="of the payment; the same reference counts once")
    amount: Amount
    method: Text | None = None
    payer_name: Text | None = None
    payer_iban: Text | None = None
    remittance: Text | None = Field(None, description="what the payer wrote with it")
    reason_code: Text | None = Field(None, description="of what he kept back, as his system says")
    reason_list: Text | None = Field(
        None, description="of that code: OPStatusReason, 4465, 426, 207"
    )

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        amount = in_cents(self.amount, invoice.currency, "amount")
        if self.reference in invoice.reversed_refs:
            self._again(invoice, amount, on)
        elif is_duplicate(invoice.payments, self.reference, amount, "Payment"):
            return
        yield PaymentReceived(
            on=on,
            reference=self.reference,
            amount=amount,
            method=self.method,
            payer_name=self.payer_name,
            payer_iban=self.payer_iban,
            remittance=self.remittance,
            reason_code=self.reason_code,
            reason_list=self.reason_list,
        )
        yield from allocate(invoice, amount, Part.PAID, on)
        yield from promises_fulfilled(invoice, amount, on)

    def _again(self, invoice: Invoice, amount: Decimal, on: date) -> None:
        """It may be old news. Raises ``Refused`` when nobody can tell."""
        back_on = invoice.reversed[self.reference]
        if on < back_on and amount == invoice.payments[self.reference]:
            raise Refused("payment-reversed", "reference", reference=self.reference, on=back_on)


class ReversePayment(InvoiceCommand, frozen=True):
    """The money went back: a chargeback, a bounced debit, a mistake."""

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
        yield PaymentReversed(on=on, reference=self.reference, amount=amount, why=self.why)
        yield from reverse(invoice, amount, Part.PAID, on)


class IssueCreditNote(InvoiceCommand, frozen=True):
    """A credit note was sent; one for a dispute meets its disputed amount first.

    One that names no case is for the only one whose credit is due, if there is only one.
    """

    credit_note: RequiredText = Field(description="number of the credit note")
    amount: PositiveAmount
    case_id: UUID | None = None

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        amount = in_cents(self.amount, invoice.currency, "amount")
        if self.case_id and self.case_id not in invoice.disputes:
            raise NotFound("no-dispute-on-invoice", case=self.case_id, invoice=self.invoice)
        if is_duplicate(invoice.credit_notes, self.credit_note, amount, "Credit note"):
            return
        case = self.case_id or invoice.sole_case_awaiting_credit
        yield CreditNoteIssued(on=on, number=self.credit_note, amount=amount, case_id=case)
        yield from allocate(invoice, amount, Part.CREDITED, on, first=case)


class WriteOff(InvoiceCommand, frozen=True):
    """The creditor gives up this money; what is written off is never chased again."""

    why: RequiredText
    amount: PositiveAmount | None = Field(None, description="all that is open when left out")

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        amount = self.amount and in_cents(self.amount, invoice.currency, "amount")
        if invoice.open_amount <= 0:
            raise Refused("nothing-open")
        if amount and amount > invoice.open_amount:
            raise Refused("above-open", "amount", amount=invoice.open_amount)
        amount = amount or invoice.open_amount
        yield WrittenOff(on=on, amount=amount, why=self.why)
        yield from allocate(invoice, amount, Part.WRITTEN_OFF, on)


def is_duplicate(there: Mapping[str, Decimal], key: str, amount: Decimal, what: str) -> bool:
    """The same again is harmless; another amount under the same name is refused."""
    if key not in there:
        return False
    if there[key] != amount:
        raise Refused("recorded-otherwise", "amount", what=what, key=key, amount=there[key])
    return True
