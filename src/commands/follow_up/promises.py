"""Commands about promises to pay: make, keep, break, withdraw, judge."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID, uuid4

from pydantic import Field

from commands.command import DecisionContext, InvoiceCommand
from commands.fields import BusinessDate, PositiveAmount, RequiredText, Text
from ledger.facts.invoice import promises as ev
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.parts import Promise
from ledger.facts.invoice.state import Invoice
from ledger.policy.money import in_cents
from ledger.policy.payments.promises import left_to_pay, paid_per_promise
from ledger.policy.refusal import NotFound, Refused

DEFAULT_GRACE_DAYS = 3  # calendar days, when no playbook decides


class MakePromise(InvoiceCommand, frozen=True):
    """Record a promise to pay: amount and day. Follow-up pauses until then."""

    promised_for: BusinessDate
    amount: PositiveAmount | None = Field(None, description="the open amount when left out")
    grace_days: int | None = Field(
        None, ge=0, le=60, description="set by the playbook when left out"
    )
    who: Text = Field("", description="who promised")
    promise_id: UUID = Field(default_factory=uuid4)

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        if self.promise_id in invoice.promises:
            return
        if invoice.open_amount <= 0:
            raise Refused("nothing-open")
        if self.promised_for < on:
            raise Refused("promise-in-the-past", "promised_for", day=self.promised_for)
        if self.amount and self.amount > invoice.open_amount:
            raise Refused("above-open", "amount", amount=invoice.open_amount)
        amount = self.amount and in_cents(self.amount, invoice.currency, "amount")
        grace_days = DEFAULT_GRACE_DAYS if self.grace_days is None else self.grace_days
        yield self.event(
            ev.PromiseMade, on, amount=amount or invoice.open_amount, grace_days=grace_days
        )


class PromiseCommand(InvoiceCommand, frozen=True):
    """A command about a promise to pay."""

    promise_id: UUID | None = Field(None, description="the open promise when left out")

    def find(self, invoice: Invoice) -> Promise | None:
        """Return the promise, or None when it is no longer open. Raises ``NotFound``."""
        if self.promise_id is None:
            if invoice.open_promise is None:
                raise NotFound("no-open-promise", invoice=self.invoice)
            return invoice.open_promise
        if self.promise_id not in invoice.promises:
            raise NotFound("no-promise", promise=self.promise_id, invoice=self.invoice)
        promise = invoice.promises[self.promise_id]
        return promise if promise.status == "open" else None


class KeepPromise(PromiseCommand, frozen=True):
    """Mark a promise as kept, regardless of the payments."""

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        if promise := self.find(invoice):
            yield ev.PromiseKept(on=on, promise_id=promise.promise_id)


class BreakPromise(PromiseCommand, frozen=True):
    """Mark a promise as broken: it becomes urgent on the agenda."""

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        if promise := self.find(invoice):
            yield _broken(invoice, promise, on)


class WithdrawPromise(PromiseCommand, frozen=True):
    """Withdraw a promise that no longer counts, without marking it as broken."""

    why: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        if promise := self.find(invoice):
            yield ev.PromiseWithdrawn(on=on, promise_id=promise.promise_id, why=self.why)


class JudgePromise(PromiseCommand, frozen=True):
    """Judge by the payments whether a promise was kept or broken."""

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        promise = self.find(invoice)
        if promise is None:
            return
        paid, rest = paid_per_promise(invoice)[promise.promise_id], left_to_pay(invoice)
        if paid >= promise.amount or rest <= 0 < paid:
            yield ev.PromiseKept(on=on, promise_id=promise.promise_id)
        elif rest <= 0:
            why = "Nothing is left to pay."
            yield ev.PromiseWithdrawn(on=on, promise_id=promise.promise_id, why=why)
        elif on > promise.promised_for + timedelta(days=promise.grace_days):
            yield _broken(invoice, promise, on)


def _broken(invoice: Invoice, promise: Promise, on: date) -> InvoiceEvent:
    paid = paid_per_promise(invoice)[promise.promise_id]
    return ev.PromiseBroken(on=on, promise_id=promise.promise_id, paid=paid)
