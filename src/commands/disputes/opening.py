"""Opening a dispute over an invoice, or a part of it: an amount, a percentage, or lines."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID, uuid4

from pydantic import BaseModel, Field

from commands.command import DecisionContext, InvoiceCommand
from commands.fields import BusinessDate, PositiveAmount, Reference, RequiredText, Text
from ledger.facts.codes import ZERO, PercentOf, Reason
from ledger.facts.invoice.dispute_opening import DisputedLine, DisputeOpened
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.state import Invoice
from ledger.policy.disputes.contested import line_amount
from ledger.policy.money import in_cents, to_cents
from ledger.policy.refusal import Refused

Percent = Annotated[Decimal, Field(gt=0, le=100, max_digits=7, decimal_places=4)]


class ContestedInvoiceLine(BaseModel, frozen=True, extra="forbid"):
    """A registered line of the invoice: all of it unless an amount or a quantity is given."""

    number: Reference
    amount: PositiveAmount | None = None
    quantity: PositiveAmount | None = None


class ContestedAmount(InvoiceCommand, frozen=True):
    """A disputed invoice and its contested part: all of it when nothing is given."""

    contested: PositiveAmount | None = Field(
        None, description="contested amount; all of it when left out"
    )
    percent: Percent | None = Field(None, description="or a contested percentage")
    percent_of: PercentOf | None = Field(
        None, description="of the original amount when left out, or of the open amount"
    )
    lines: tuple[ContestedInvoiceLine, ...] = Field((), description="or these lines of the invoice")
    shipping: PositiveAmount | None = Field(
        None, description="or, beside lines, part of the shipping costs"
    )
    tax: PositiveAmount | None = Field(None, description="or, beside lines, part of the tax")

    def amounts(self, invoice: Invoice) -> dict[str, Any]:
        """Return the contested amount, rounded to the currency's decimals, and how it was given.

        The keys are fields of ``DisputeOpened``. Raises ``Refused``.
        """
        parts = [name for name in ("lines", "shipping", "tax") if getattr(self, name)]
        ways = [name for name in ("contested", "percent") if getattr(self, name)] + parts[:1]
        if len(ways) > 1:
            raise Refused("contested-twice", ways[1], way=ways[0], other=ways[1])
        if self.percent_of and not self.percent:
            raise Refused("percent-missing", "percent")
        if self.percent:
            return self._percentage(invoice, self.percent)
        if parts:
            return self._parts(invoice)
        if self.contested is None:
            return {"contested": None}
        return {"contested": in_cents(self.contested, invoice.currency, "contested")}

    def _percentage(self, invoice: Invoice, percent: Decimal) -> dict[str, Any]:
        of = self.percent_of or PercentOf.ORIGINAL
        whole = invoice.amount if of is PercentOf.ORIGINAL else max(invoice.open_amount, ZERO)
        contested = to_cents(whole * percent / 100, invoice.currency)
        if not contested:
            raise Refused("percent-of-nothing", "percent", percent=percent, whole=whole)
        return {"contested": contested, "percent": percent, "percent_of": of}

    def _parts(self, invoice: Invoice) -> dict[str, Any]:
        lines = tuple(_disputed_lines(invoice, self.lines))
        costs = {
            name: in_cents(amount, invoice.currency, name)
            for name, amount in (("shipping", self.shipping), ("tax", self.tax))
            if amount
        }
        for name, amount in costs.items():
            if amount > invoice.amount:
                raise Refused("above-invoice-amount", name, amount=invoice.amount)
        total = sum((line.amount for line in lines), ZERO) + sum(costs.values(), ZERO)
        return {"contested": total, "lines": lines, **costs}


class OpenDispute(ContestedAmount, frozen=True):
    """Open a dispute: the debtor states why they will not pay, and follow-up pauses."""

    depends_on_playbook = True
    reason: Reason
    comment: RequiredText = Field(description="the debtor's complaint in full")
    raised_on: BusinessDate | None = Field(
        None, description="when the debtor complained; the date of opening when left out"
    )
    case_id: UUID = Field(
        default_factory=uuid4, description="the same id for all invoices of the case"
    )
    contact_id: UUID | None = Field(None, description="the contact it came from")
    original_code: Text | None = Field(None, description="reason code of the debtor's system")
    original_list: Text | None = Field(None, description="code list of that code")
    payment: Text | None = Field(None, description="reference of the short payment")

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        before = invoice.disputes.get(self.case_id)
        if before and before.opened:
            return
        if invoice.cancelled:
            raise Refused("cancelled-not-disputable", invoice=self.invoice)
        disputed = sum((dispute.disputed for dispute in invoice.open_disputes), ZERO)
        whole = now.rules is not None and now.rules.handling(self.reason).rests_whole
        contested = self.amounts(invoice)
        yield self.event(
            DisputeOpened,
            on,
            raised_on=self.raised_on or on,
            disputed=contested["contested"] or max(invoice.open_amount - disputed, ZERO),
            rests_whole=whole,
            **contested,
        )


def _disputed_lines(
    invoice: Invoice, contested: Sequence[ContestedInvoiceLine]
) -> Iterator[DisputedLine]:
    if contested and not invoice.lines:
        raise Refused("lines-not-known", "lines", invoice=invoice.number)
    known = {line.number: line for line in invoice.lines}
    for nth, line in enumerate(contested):
        if line.number not in known:
            names = ", ".join(known)
            raise Refused(
                "no-invoice-line", "lines", invoice=invoice.number, line=line.number, lines=names
            )
        if any(line.number == other.number for other in contested[:nth]):
            raise Refused("line-twice", "lines", line=line.number)
        amount = line_amount(known[line.number], line.amount, line.quantity, invoice.currency)
        yield DisputedLine(line.number, amount, line.quantity)
