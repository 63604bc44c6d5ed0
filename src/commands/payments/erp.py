"""Invoices that the bookkeeping system reports as settled or closed."""

from collections.abc import Iterator
from datetime import date

from commands.command import Amount, DecisionContext, InvoiceCommand, RequiredText
from ledger.facts.codes import Part
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.payment_events import ClosedPerErp, SettledPerErp
from ledger.facts.invoice.registration_events import NoteAdded
from ledger.facts.invoice.state import Invoice
from ledger.policy.money import in_cents
from ledger.policy.payments.allocation import allocate
from ledger.policy.payments.promises import promises_fulfilled


class SettlePerErp(InvoiceCommand, frozen=True):
    """The ERP's list says that less is open than we know; ``source`` names file and line."""

    open_amount: Amount
    source: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        amount = invoice.open_amount - in_cents(self.open_amount, invoice.currency, "open_amount")
        if amount > 0:
            yield SettledPerErp(on=on, amount=amount, source=self.source)
            yield from allocate(invoice, amount, Part.PAID, on)
            yield from promises_fulfilled(invoice, amount, on)
        elif amount < 0:
            text = (
                f"{self.source} lists {self.open_amount} as open; here it is {invoice.open_amount}."
            )
            yield NoteAdded(on=on, text=text)


class ClosePerErp(InvoiceCommand, frozen=True):
    """The ERP's list of all that is open no longer has this invoice."""

    source: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        amount = invoice.open_amount
        if amount > 0:
            yield ClosedPerErp(on=on, amount=amount, source=self.source)
            yield from allocate(invoice, amount, Part.PAID, on)
            yield from promises_fulfilled(invoice, amount, on)
