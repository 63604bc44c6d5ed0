"""How much of an invoice is contested: an amount, a percentage, or parts that add up to it."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, Field

from commands.command import InvoiceCommand, PositiveAmount, Reference
from ledger.facts.codes import ZERO, PercentOf
from ledger.facts.invoice.dispute_events import DisputedLine
from ledger.facts.invoice.registration_events import InvoiceLine
from ledger.facts.invoice.state import Invoice
from ledger.policy.money import in_cents, to_cents
from ledger.policy.refusal import Refused

Percent = Annotated[Decimal, Field(gt=0, le=100, max_digits=7, decimal_places=4)]


class ContestedInvoiceLine(BaseModel, frozen=True, extra="forbid"):
    """A line of the invoice, as registered; all of it unless an amount or a quantity is said."""

    number: Reference
    amount: PositiveAmount | None = None
    quantity: PositiveAmount | None = None


class ContestedAmount(InvoiceCommand, frozen=True):
    """An invoice that is disputed, and how much of it: all, when nothing is said."""

    contested: PositiveAmount | None = Field(None, description="amount; all of it when left out")
    percent: Percent | None = Field(None, description="or so much of every hundred")
    percent_of: PercentOf | None = Field(
        None, description="the original amount when left out, or what is open"
    )
    lines: tuple[ContestedInvoiceLine, ...] = Field((), description="or these lines of the invoice")
    shipping: PositiveAmount | None = Field(
        None, description="or, beside lines, of the shipping costs"
    )
    tax: PositiveAmount | None = Field(None, description="or, beside lines, of the tax")

    def amounts(self, invoice: Invoice) -> dict[str, Any]:
        """The amount, exact in the currency's decimals, and how it was said. Raises ``Refused``."""
        parts = [name for name in ("lines", "shipping", "tax") if getattr(self, name)]
        ways = [name for name in ("contested", "percent") if getattr(self, name)] + parts[:1]
        if len(ways) > 1:
            raise Refused("contested-twice", ways[1], one=ways[0], other=ways[1])
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
        lines = tuple(_disputed(invoice, self.lines))
        said = {"shipping": self.shipping, "tax": self.tax}
        costs = {
            name: in_cents(amount, invoice.currency, name)
            for name, amount in said.items()
            if amount
        }
        for name, amount in costs.items():
            if amount > invoice.amount:
                raise Refused("above-invoice-amount", name, amount=invoice.amount)
        total = sum((line.amount for line in lines), ZERO) + sum(costs.values(), ZERO)
        return {"contested": total, "lines": lines, **costs}


def _disputed(invoice: Invoice, said: Sequence[ContestedInvoiceLine]) -> Iterator[DisputedLine]:
    if said and not invoice.lines:
        raise Refused("lines-not-known", "lines", invoice=invoice.number)
    known = {line.number: line for line in invoice.lines}
    for nth, one in enumerate(said):
        if one.number not in known:
            raise Refused(
                "no-invoice-line",
                "lines",
                invoice=invoice.number,
                line=one.number,
                lines=", ".join(known),
            )
        if any(one.number == other.number for other in said[:nth]):
            raise Refused("line-twice", "lines", line=one.number)
        amount = _of_line(known[one.number], one, invoice.currency)
        yield DisputedLine(one.number, amount, one.quantity)


def _of_line(line: InvoiceLine, said: ContestedInvoiceLine, currency: str) -> Decimal:
    """As said, else of the line what its quantity makes, else all of it."""
    if said.quantity and line.quantity is not None and said.quantity > line.quantity:
        raise Refused("above-line-quantity", "lines", line=line.number, quantity=line.quantity)
    amount = in_cents(said.amount, currency, "lines") if said.amount else _share(line, said)
    if amount is None:
        raise Refused("line-amount-not-known", "lines", line=line.number)
    rounded = to_cents(amount, currency)
    if rounded <= 0:
        raise Refused("line-charges-nothing", "lines", line=line.number)
    if line.amount is not None and rounded > line.amount:
        raise Refused("above-line-amount", "lines", line=line.number, amount=line.amount)
    return rounded


def _share(line: InvoiceLine, said: ContestedInvoiceLine) -> Decimal | None:
    """What was billed for that quantity: a share of the line, as a discount may be in it."""
    if not said.quantity:
        return _billed(line)
    if line.amount is not None and line.quantity:
        return line.amount * said.quantity / line.quantity
    return None if line.unit_price is None else line.unit_price * said.quantity


def _billed(line: InvoiceLine) -> Decimal | None:
    if line.amount is None and line.unit_price is not None and line.quantity is not None:
        return line.unit_price * line.quantity
    return line.amount
