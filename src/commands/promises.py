"""Wishes about promises to pay: made, kept, broken, withdrawn."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

from pydantic import Field

from commands.command import (
    Command,
    InvoiceCommand,
    Now,
    Positive,
    Refused,
    Text,
    Unknown,
    Words,
    in_cents,
)
from ledger import invoice_events as ev
from ledger.dispute import ZERO
from ledger.invoice import Invoice, Promise
from ledger.invoice_events import InvoiceEvent


class MakePromise(InvoiceCommand, frozen=True):
    """The debtor says when how much will be paid; until then nobody chases it."""

    promised_for: date
    amount: Positive | None = Field(None, description="all that is open when left out")
    grace_days: int = Field(3, ge=0, le=60)
    who: Text = Field("", description="who promised")
    promise_id: UUID = Field(default_factory=uuid4)

    def events(self, invoice: Invoice, on: date, now: Now) -> Iterator[InvoiceEvent]:
        if self.promise_id in invoice.promises:
            return
        if invoice.open_amount <= 0:
            raise Refused("Nothing is open.")
        if self.promised_for < on:
            raise Refused(f"{self.promised_for} is over.", "promised_for")
        if self.amount and self.amount > invoice.open_amount:
            raise Refused(f"Only {invoice.open_amount} is open.", "amount")
        amount = self.amount and in_cents(self.amount, invoice.currency, "amount")
        yield ev.PromiseMade(
            on=on,
            promise_id=self.promise_id,
            amount=amount or invoice.open_amount,
            promised_for=self.promised_for,
            grace_days=self.grace_days,
            who=self.who,
        )


class PromiseCommand(InvoiceCommand, frozen=True):
    """A wish about one promise."""

    promise_id: UUID | None = Field(None, description="the open one when left out")

    def find(self, invoice: Invoice) -> Promise | None:
        """None when it is not open any more. Raises ``Unknown``."""
        if self.promise_id is None:
            if invoice.open_promise is None:
                raise Unknown(f"There is no open promise on invoice {self.invoice}.")
            return invoice.open_promise
        if self.promise_id not in invoice.promises:
            raise Unknown(f"There is no promise {self.promise_id} on invoice {self.invoice}.")
        promise = invoice.promises[self.promise_id]
        return promise if promise.status == "open" else None


class KeepPromise(PromiseCommand, frozen=True):
    """It was kept, whatever the payments say."""

    def events(self, invoice: Invoice, on: date, now: Now) -> Iterator[InvoiceEvent]:
        if promise := self.find(invoice):
            yield ev.PromiseKept(on=on, promise_id=promise.promise_id)


class BreakPromise(PromiseCommand, frozen=True):
    """It was broken: chase it, first of all."""

    def events(self, invoice: Invoice, on: date, now: Now) -> Iterator[InvoiceEvent]:
        if promise := self.find(invoice):
            yield _broken(invoice, promise, on)


class WithdrawPromise(PromiseCommand, frozen=True):
    """It no longer counts, and nobody broke it."""

    why: Words

    def events(self, invoice: Invoice, on: date, now: Now) -> Iterator[InvoiceEvent]:
        if promise := self.find(invoice):
            yield ev.PromiseWithdrawn(on=on, promise_id=promise.promise_id, why=self.why)


class JudgePromise(PromiseCommand, frozen=True):
    """The clock asks whether the promise was kept. Only the book knows."""

    def events(self, invoice: Invoice, on: date, now: Now) -> Iterator[InvoiceEvent]:
        promise = self.find(invoice)
        if promise is None:
            return
        if paid_of(invoice, promise, ZERO) >= promise.amount:
            yield ev.PromiseKept(on=on, promise_id=promise.promise_id)
        elif on > promise.promised_for + timedelta(days=promise.grace_days):
            yield _broken(invoice, promise, on)


def kept_by(invoice: Invoice, amount: Decimal, on: date) -> Iterator[InvoiceEvent]:
    """The promises that this payment fulfils."""
    for promise in invoice.promises.values():
        if promise.status == "open" and paid_of(invoice, promise, amount) >= promise.amount:
            yield ev.PromiseKept(on=on, promise_id=promise.promise_id)


def paid_of(invoice: Invoice, promise: Promise, more: Decimal) -> Decimal:
    """What came in since it was made."""
    return max(invoice.received + more - promise.paid_before, ZERO)


def _broken(invoice: Invoice, promise: Promise, on: date) -> InvoiceEvent:
    paid = min(paid_of(invoice, promise, ZERO), promise.amount)
    return ev.PromiseBroken(on=on, promise_id=promise.promise_id, paid=paid)


COMMANDS: tuple[type[Command], ...] = (
    MakePromise,
    KeepPromise,
    BreakPromise,
    WithdrawPromise,
    JudgePromise,
)
