"""Commands for invoices that the ERP reports as settled or closed."""

from collections.abc import Iterator
from datetime import date

from pydantic import Field

from commands.command import DecisionContext, InvoiceCommand
from commands.fields import Amount, Currency, RequiredText
from ledger.facts.codes import ZERO, Part
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.payments import ClosedPerErp, SettledPerErp
from ledger.facts.invoice.registration import NoteAdded
from ledger.facts.invoice.state import Invoice
from ledger.policy.money import ensure_currency, in_cents
from ledger.policy.payments.allocation import allocate
from ledger.policy.payments.promises import promises_fulfilled


class SettlePerErp(InvoiceCommand, frozen=True):
    """Settle the amount that the ERP's list of open items no longer shows as open.

    ``source`` names file and line of the list.
    """

    open_amount: Amount
    currency: Currency | None = Field(None, description="the invoice's own when left out")
    applied: Amount = Field(
        ZERO, description="credit notes and payments here that the list has in lines of their own"
    )
    source: RequiredText

    def is_report(self) -> bool:
        return True

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        ensure_currency(self.currency, invoice.currency)
        listed = in_cents(self.open_amount, invoice.currency, "open_amount")
        amount = invoice.open_amount + self.applied - listed
        if amount > 0:
            yield SettledPerErp(on=on, amount=amount, source=self.source)
            yield from allocate(invoice, amount, Part.PAID, on)
            yield from promises_fulfilled(invoice, amount, on)
        elif amount < 0:
            here = f"here it is {invoice.open_amount}."
            yield NoteAdded(on=on, text=f"{self.source} lists {self.open_amount} as open; {here}")


class ClosePerErp(InvoiceCommand, frozen=True):
    """Close an invoice that is missing from the ERP's complete list of open items."""

    source: RequiredText

    def is_report(self) -> bool:
        return True

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        amount = invoice.open_amount
        if amount > 0:
            yield ClosedPerErp(on=on, amount=amount, source=self.source)
            yield from allocate(invoice, amount, Part.PAID, on)
            yield from promises_fulfilled(invoice, amount, on)
