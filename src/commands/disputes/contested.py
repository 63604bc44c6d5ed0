"""The contested part of an invoice: an amount, a percentage, or lines, shipping and tax."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, Field

from commands.command import InvoiceCommand
from commands.fields import PositiveAmount, Reference
from ledger.facts.codes import ZERO, PercentOf
from ledger.facts.invoice.dispute_events import DisputedLine
from ledger.facts.invoice.registration_events import InvoiceLine
from ledger.facts.invoice.state import Invoice
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
        amount = _line_amount(known[line.number], line, invoice.currency)
        yield DisputedLine(line.number, amount, line.quantity)


def _line_amount(line: InvoiceLine, contested: ContestedInvoiceLine, currency: str) -> Decimal:
    """Return the given amount, else the amount of the given quantity, else the whole line."""
    quantity, asked = contested.quantity, contested.amount
    if quantity and line.quantity is not None and quantity > line.quantity:
        raise Refused("above-line-quantity", "lines", line=line.number, quantity=line.quantity)
    amount = in_cents(asked, currency, "lines") if asked else _billed(line, quantity)
    if amount is None:
        raise Refused("line-amount-not-known", "lines", line=line.number)
    rounded = to_cents(amount, currency)
    if rounded <= 0:
        raise Refused("line-charges-nothing", "lines", line=line.number)
    if line.amount is not None and rounded > line.amount:
        raise Refused("above-line-amount", "lines", line=line.number, amount=line.amount)
    return rounded


def _billed(line: InvoiceLine, quantity: Decimal | None) -> Decimal | None:
    """Return the amount billed for the quantity, or for the line.

    It is a share of the line's amount, which may include a discount; else quantity times price.
    """
    if line.amount is not None and not quantity:
        return line.amount
    if line.amount is not None and quantity and line.quantity:
        return line.amount * quantity / line.quantity
    pieces = quantity or line.quantity
    return None if line.unit_price is None or pieces is None else line.unit_price * pieces
