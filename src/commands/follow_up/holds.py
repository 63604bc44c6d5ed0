"""Commands about follow-up of an invoice: hold it, release it, schedule the next step."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid4

from pydantic import Field

from commands.command import DecisionContext, InvoiceCommand
from commands.fields import BusinessDate, PositiveAmount, Reference, RequiredText, Text
from ledger.facts.invoice import follow_up, holds
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.parts import Hold
from ledger.facts.invoice.state import Invoice
from ledger.policy.follow_up.schedule import first_overdue_day
from ledger.policy.money import in_cents
from ledger.policy.refusal import NotFound, Refused


class HoldFollowUp(InvoiceCommand, frozen=True):
    """Hold follow-up for an invoice or a part of it."""

    reason: RequiredText
    until: BusinessDate | None = Field(
        None, description="the day follow-up continues; open-ended when left out"
    )
    amount: PositiveAmount | None = Field(None, description="the part on hold; all when left out")
    release_by: tuple[RequiredText, ...] = Field(
        (), description="who may release it; anyone when empty"
    )
    note: Text = ""
    ticket: Reference | None = Field(
        None, description="ticket of another system that it waits for, such as zammad/4711"
    )
    hold_id: UUID = Field(default_factory=uuid4)

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        waiting = _waiting_for(invoice, self.ticket)
        lasting = any(not hold.until or hold.until > on for hold in waiting)
        if lasting or self.hold_id in invoice.holds:
            return
        if self.until and self.until <= on:
            raise Refused("hold-without-days", "until", on=on, until=self.until)
        if self.amount and self.amount > invoice.open_amount:
            raise Refused("above-open", "amount", amount=invoice.open_amount)
        amount = self.amount and in_cents(self.amount, invoice.currency, "amount")
        yield self.event(holds.FollowUpHeld, on, amount=amount, ticket=self.ticket or "")


class ReleaseHold(InvoiceCommand, frozen=True):
    """Release a hold before it ends: follow-up continues."""

    hold_id: UUID | None = Field(None, description="the only hold when left out")
    ticket: Reference | None = Field(None, description="or the hold that waits for this ticket")

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        found = self._chosen(invoice)
        if not found:
            raise NotFound("no-hold", invoice=self.invoice)
        if len(found) > 1:
            raise Refused("several-holds", "hold_id", invoice=self.invoice)
        [hold] = found
        ensure_may_release(hold.release_by, now.by)
        yield holds.FollowUpResumed(
            on=on,
            hold_id=hold.hold_id,
            case_id=None,
            next_step_on=first_overdue_day(invoice, on),
        )

    def _chosen(self, invoice: Invoice) -> list[Hold]:
        if self.hold_id:
            return [hold for hold in invoice.holds.values() if hold.hold_id == self.hold_id]
        return _waiting_for(invoice, self.ticket) if self.ticket else invoice.lasting_holds


class ExpireHolds(InvoiceCommand, frozen=True):
    """End the holds whose last day is reached, as of that day."""

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        for hold in invoice.lasting_holds:
            if hold.until and hold.until <= on:
                yield holds.FollowUpHoldExpired(on=hold.until, hold_id=hold.hold_id)


class ScheduleFollowUp(InvoiceCommand, frozen=True):
    """Schedule the next step of follow-up."""

    next_step_on: BusinessDate
    step: RequiredText

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        if (self.next_step_on, self.step) != (invoice.next_step_on, invoice.next_step):
            yield follow_up.FollowUpScheduled(on=on, next_step_on=self.next_step_on, step=self.step)


def _waiting_for(invoice: Invoice, ticket: str | None) -> list[Hold]:
    return [hold for hold in invoice.lasting_holds if ticket and hold.ticket == ticket]


def ensure_may_release(release_by: tuple[str, ...], by: str) -> None:
    """Raise ``Refused`` when releasing the hold is reserved to other people."""
    if release_by and by not in release_by:
        raise Refused("hold-of-others", names=" or ".join(release_by))
