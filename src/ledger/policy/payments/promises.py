"""Promises to pay that a payment fulfils."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from uuid import UUID

from ledger.facts.codes import ZERO
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.promises import PromiseKept
from ledger.facts.invoice.state import Invoice


def promises_fulfilled(invoice: Invoice, amount: Decimal, on: date) -> Iterator[InvoiceEvent]:
    """Yield the promises that the payment keeps; paying all that is left keeps each of them."""
    nothing_left = left_to_pay(invoice) <= amount
    for promise_id, paid in paid_per_promise(invoice, amount).items():
        if paid >= invoice.promises[promise_id].amount or (nothing_left and paid > 0):
            yield PromiseKept(on=on, promise_id=promise_id)


def paid_per_promise(invoice: Invoice, more: Decimal = ZERO) -> dict[UUID, Decimal]:
    """Return what was received for each open promise since it was made, the earliest day first."""
    received, level, paid = invoice.received + more, ZERO, dict[UUID, Decimal]()
    for promise in sorted(invoice.open_promises, key=lambda promise: promise.promised_for):
        start = max(promise.paid_before, level)
        paid[promise.promise_id] = min(max(received - start, ZERO), promise.amount)
        level = start + paid[promise.promise_id]
    return paid


def left_to_pay(invoice: Invoice) -> Decimal:
    """Return what the debtor can still pay; a write-off does not keep a promise."""
    return invoice.open_amount + invoice.written_off
