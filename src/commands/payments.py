"""Wishes about money: received, reversed, credited, written off, charged and waived."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from pydantic import Field

from commands.amounts import met, taken_back
from commands.command import Amount, Command, InvoiceCommand, Now, Positive, Text, Words, in_cents
from commands.context import Reactions
from commands.promises import kept_by
from ledger import invoice_events as ev
from ledger.codes import Part
from ledger.dispute import ZERO
from ledger.invoice import Invoice
from ledger.invoice_events import InvoiceEvent
from ledger.policy.refusal import Refused, Unknown


class ReceivePayment(InvoiceCommand, frozen=True):
    """Money came in for this invoice. ``on`` is the value date.

    After its reversal the same reference counts again: on that day or later, or as another amount.
    """

    reactions = Reactions.IF_APPLIED
    reference: Words = Field(description="of the payment; the same reference counts once")
    amount: Amount
    method: Text | None = None
    payer_name: Text | None = None
    payer_iban: Text | None = None
    remittance: Text | None = Field(None, description="what the payer wrote with it")
    reason_code: Text | None = Field(None, description="of what he kept back, as his system says")
    reason_list: Text | None = Field(
        None, description="of that code: OPStatusReason, 4465, 426, 207"
    )

    def events(self, invoice: Invoice, on: date, now: Now) -> Iterator[InvoiceEvent]:
        amount = in_cents(self.amount, invoice.currency, "amount")
        if self.reference in invoice.back:
            self._again(invoice, amount, on)
        elif said_before(invoice.payments, self.reference, amount, "Payment"):
            return
        yield ev.PaymentReceived(
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
        yield from met(invoice, amount, Part.PAID, on)
        yield from kept_by(invoice, amount, on)

    def _again(self, invoice: Invoice, amount: Decimal, on: date) -> None:
        """It may be old news. Raises ``Refused`` when nobody can tell."""
        back_on = invoice.reversed[self.reference]
        if on < back_on and amount == invoice.payments[self.reference]:
            raise Refused("payment-reversed", "reference", reference=self.reference, on=back_on)


class ReversePayment(InvoiceCommand, frozen=True):
    """The money went back: a chargeback, a bounced debit, a mistake."""

    reactions = Reactions.IF_APPLIED
    reference: Words
    why: Words

    def events(self, invoice: Invoice, on: date, now: Now) -> Iterator[InvoiceEvent]:
        before = invoice.reversed.get(self.reference)
        if self.reference in invoice.back or (before and on < before):
            return
        if self.reference not in invoice.payments:
            raise Unknown("no-payment", invoice=self.invoice, reference=self.reference)
        amount = invoice.payments[self.reference]
        yield ev.PaymentReversed(on=on, reference=self.reference, amount=amount, why=self.why)
        yield from taken_back(invoice, amount, Part.PAID, on)


class IssueCreditNote(InvoiceCommand, frozen=True):
    """A credit note was sent; one for a dispute meets its disputed amount first.

    One that names no case is for the only one whose credit is due, if there is only one.
    """

    credit_note: Words = Field(description="number of the credit note")
    amount: Positive
    case_id: UUID | None = None

    def events(self, invoice: Invoice, on: date, now: Now) -> Iterator[InvoiceEvent]:
        amount = in_cents(self.amount, invoice.currency, "amount")
        if self.case_id and self.case_id not in invoice.disputes:
            raise Unknown("no-dispute-on-invoice", case=self.case_id, invoice=self.invoice)
        if said_before(invoice.credit_notes, self.credit_note, amount, "Credit note"):
            return
        case = self.case_id or invoice.only_credit_due
        yield ev.CreditNoteIssued(on=on, number=self.credit_note, amount=amount, case_id=case)
        yield from met(invoice, amount, Part.CREDITED, on, first=case)


class WriteOff(InvoiceCommand, frozen=True):
    """The creditor gives up this money; what is written off is never chased again."""

    why: Words
    amount: Positive | None = Field(None, description="all that is open when left out")

    def events(self, invoice: Invoice, on: date, now: Now) -> Iterator[InvoiceEvent]:
        amount = self.amount and in_cents(self.amount, invoice.currency, "amount")
        if invoice.open_amount <= 0:
            raise Refused("nothing-open")
        if amount and amount > invoice.open_amount:
            raise Refused("above-open", "amount", amount=invoice.open_amount)
        amount = amount or invoice.open_amount
        yield ev.WrittenOff(on=on, amount=amount, why=self.why)
        yield from met(invoice, amount, Part.WRITTEN_OFF, on)


class ChargeLateFee(InvoiceCommand, frozen=True):
    """A late fee is its own line of the claim, and does not touch the principal."""

    amount: Amount
    why: Text = ""

    def events(self, invoice: Invoice, on: date, now: Now) -> Iterator[InvoiceEvent]:
        amount = in_cents(self.amount, invoice.currency, "amount")
        yield ev.LateFeeCharged(on=on, amount=amount, why=self.why)


class WaiveLateFee(InvoiceCommand, frozen=True):
    """Late fees are let go."""

    amount: Positive | None = Field(None, description="all of them when left out")
    why: Words

    def events(self, invoice: Invoice, on: date, now: Now) -> Iterator[InvoiceEvent]:
        amount = _waived(self.amount, invoice.late_fees, invoice.currency)
        yield ev.LateFeeWaived(on=on, amount=amount, why=self.why)
        yield from met(invoice, amount, Part.CREDITED, on)


class ChargeInterest(InvoiceCommand, frozen=True):
    """Interest is its own line of the claim; say in ``why`` how it was reckoned."""

    amount: Positive
    why: Words

    def events(self, invoice: Invoice, on: date, now: Now) -> Iterator[InvoiceEvent]:
        amount = in_cents(self.amount, invoice.currency, "amount")
        yield ev.InterestCharged(on=on, amount=amount, why=self.why)


class WaiveInterest(InvoiceCommand, frozen=True):
    """Interest is let go."""

    amount: Positive | None = Field(None, description="all of it when left out")
    why: Words

    def events(self, invoice: Invoice, on: date, now: Now) -> Iterator[InvoiceEvent]:
        amount = _waived(self.amount, invoice.interest, invoice.currency)
        yield ev.InterestWaived(on=on, amount=amount, why=self.why)
        yield from met(invoice, amount, Part.CREDITED, on)


class SettlePerErp(InvoiceCommand, frozen=True):
    """The ERP's list says that less is open than we know; ``source`` names file and line."""

    open_amount: Amount
    source: Words

    def events(self, invoice: Invoice, on: date, now: Now) -> Iterator[InvoiceEvent]:
        amount = invoice.open_amount - in_cents(self.open_amount, invoice.currency, "open_amount")
        if amount > 0:
            yield ev.SettledPerErp(on=on, amount=amount, source=self.source)
            yield from met(invoice, amount, Part.PAID, on)
            yield from kept_by(invoice, amount, on)
        elif amount < 0:
            text = (
                f"{self.source} lists {self.open_amount} as open; here it is {invoice.open_amount}."
            )
            yield ev.NoteAdded(on=on, text=text)


class ClosePerErp(InvoiceCommand, frozen=True):
    """The ERP's list of all that is open no longer has this invoice."""

    source: Words

    def events(self, invoice: Invoice, on: date, now: Now) -> Iterator[InvoiceEvent]:
        amount = invoice.open_amount
        if amount > 0:
            yield ev.ClosedPerErp(on=on, amount=amount, source=self.source)
            yield from met(invoice, amount, Part.PAID, on)
            yield from kept_by(invoice, amount, on)


def said_before(there: Mapping[str, Decimal], key: str, amount: Decimal, what: str) -> bool:
    """The same again is harmless; another amount under the same name is refused."""
    if key not in there:
        return False
    if there[key] != amount:
        raise Refused("recorded-otherwise", "amount", what=what, key=key, amount=there[key])
    return True


def _waived(asked: Decimal | None, charged: Decimal, currency: str) -> Decimal:
    amount = charged if asked is None else in_cents(asked, currency, "amount")
    if amount > charged or charged == ZERO:
        raise Refused("above-charged", "amount", amount=charged)
    return amount


COMMANDS: tuple[type[Command], ...] = (
    ReceivePayment,
    ReversePayment,
    IssueCreditNote,
    WriteOff,
    ChargeLateFee,
    WaiveLateFee,
    ChargeInterest,
    WaiveInterest,
    SettlePerErp,
    ClosePerErp,
)
