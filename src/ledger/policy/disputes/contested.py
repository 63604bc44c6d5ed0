"""What a contested invoice line amounts to."""

from decimal import Decimal

from ledger.facts.invoice.parts import InvoiceLine
from ledger.policy.money import in_cents, to_cents
from ledger.policy.refusal import Refused


def line_amount(
    line: InvoiceLine, asked: Decimal | None, quantity: Decimal | None, currency: str
) -> Decimal:
    """Return the amount asked, else the amount of the quantity, else of the whole line.

    It is rounded to the currency's decimals. Raises ``Refused``.
    """
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
