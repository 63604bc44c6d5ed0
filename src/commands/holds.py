"""Wishes about follow-up: let it rest, let it go on, plan the next step."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID, uuid4, uuid5

from pydantic import Field

from commands.command import (
    Command,
    Day,
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
from ledger.invoice import Invoice
from ledger.invoice_events import InvoiceEvent

REPLY = "reply"  # why follow-up rests


class HoldFollowUp(InvoiceCommand, frozen=True):
    """Nobody chases this invoice, or a part of it, for a while."""

    reason: Words
    until: Day | None = Field(
        None, description="the day follow-up goes on; open-ended when left out"
    )
    amount: Positive | None = Field(None, description="the part that rests; all when left out")
    release_by: tuple[Words, ...] = Field((), description="who may release it; anybody when empty")
    note: Text = ""
    hold_id: UUID = Field(default_factory=uuid4)

    def events(self, invoice: Invoice, on: date, now: Now) -> Iterator[InvoiceEvent]:
        if self.hold_id in invoice.holds:
            return
        if self.until and self.until <= on:
            raise Refused(f"A hold from {on} until {self.until} would hold nothing.", "until")
        if self.amount and self.amount > invoice.open_amount:
            raise Refused(f"Only {invoice.open_amount} is open.", "amount")
        yield ev.FollowUpHeld(
            on=on,
            hold_id=self.hold_id,
            amount=self.amount and in_cents(self.amount, invoice.currency, "amount"),
            reason=self.reason,
            until=self.until,
            release_by=self.release_by,
            note=self.note,
        )


class ReleaseHold(InvoiceCommand, frozen=True):
    """Follow-up goes on before the hold ends by itself."""

    hold_id: UUID | None = Field(None, description="the only one when left out")

    def events(self, invoice: Invoice, on: date, now: Now) -> Iterator[InvoiceEvent]:
        chosen = self.hold_id or next(iter(invoice.holds), None)
        hold = invoice.holds.get(chosen) if chosen else None
        if hold is None:
            raise Unknown(f"There is no such hold on invoice {self.invoice}.")
        if self.hold_id is None and len(invoice.holds) > 1:
            raise Refused(f"Invoice {self.invoice} has several holds.", "hold_id")
        may_release(hold.release_by, now.by)
        yield ev.FollowUpResumed(
            on=on,
            hold_id=hold.hold_id,
            case_id=None,
            next_step_on=max(on, invoice.due_on + timedelta(days=1)),
        )


class ScheduleFollowUp(InvoiceCommand, frozen=True):
    """The next step is planned."""

    next_step_on: Day
    step: Words

    def events(self, invoice: Invoice, on: date, now: Now) -> Iterator[InvoiceEvent]:
        if (self.next_step_on, self.step) != (invoice.next_step_on, invoice.next_step):
            yield ev.FollowUpScheduled(on=on, next_step_on=self.next_step_on, step=self.step)


def reply_hold(contact_id: UUID) -> UUID:
    """The hold that a reply brings, so that it brings one."""
    return uuid5(contact_id, REPLY)


def answered(invoice: Invoice, on: date) -> Iterator[InvoiceEvent]:
    """What rested because the debtor wrote goes on, as far as it was not to go on anyway."""
    of_replies = {reply_hold(contact) for contact in invoice.contacts}
    for hold in invoice.holds.values():
        if hold.hold_id in of_replies and hold.until and hold.until > on:
            yield ev.FollowUpResumed(
                on=on,
                hold_id=hold.hold_id,
                case_id=None,
                next_step_on=invoice.next_step_on or max(on, invoice.due_on + timedelta(days=1)),
            )


def may_release(release_by: tuple[str, ...], by: str) -> None:
    """Raises ``Refused`` for anybody who was not named."""
    if release_by and by not in release_by:
        raise Refused(f"Only {' or '.join(release_by)} may release this hold.")


COMMANDS: tuple[type[Command], ...] = (HoldFollowUp, ReleaseHold, ScheduleFollowUp)
