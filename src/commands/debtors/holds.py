"""Commands that hold follow-up for all invoices of a debtor, and release it."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid4

from pydantic import Field

from commands.command import DecisionContext
from commands.debtor_command import DebtorCommand
from commands.fields import BusinessDate, RequiredText, Text
from commands.follow_up.holds import ensure_may_release
from ledger.facts import debtor_events as ev
from ledger.facts.debtor import Debtor
from ledger.facts.debtor_events import DebtorEvent
from ledger.policy.refusal import NotFound, Refused


class HoldDebtor(DebtorCommand, frozen=True):
    """Hold follow-up for all invoices of a debtor."""

    reason: RequiredText
    until: BusinessDate | None = Field(None, description="the day follow-up continues")
    release_by: tuple[RequiredText, ...] = Field(
        (), description="who may release it; anyone when empty"
    )
    note: Text = ""
    hold_id: UUID = Field(default_factory=uuid4)

    def events(self, debtor: Debtor, on: date, now: DecisionContext) -> Iterator[DebtorEvent]:
        if self.hold_id in debtor.holds:
            return
        if self.until and self.until <= on:
            raise Refused("hold-without-days", "until", on=on, until=self.until)
        yield self.event(ev.DebtorHeld, on)


class ReleaseDebtor(DebtorCommand, frozen=True):
    """Release a hold on a debtor before it ends: follow-up continues."""

    hold_id: UUID | None = Field(None, description="the only hold when left out")
    why: RequiredText

    def events(self, debtor: Debtor, on: date, now: DecisionContext) -> Iterator[DebtorEvent]:
        if self.hold_id is None and len(debtor.holds) > 1:
            raise Refused("several-debtor-holds", "hold_id", debtor=self.debtor)
        chosen = self.hold_id or next(iter(debtor.holds), None)
        hold = debtor.holds.get(chosen) if chosen else None
        if hold is None:
            raise NotFound("no-debtor-hold", debtor=self.debtor)
        ensure_may_release(hold.release_by, now.by)
        yield ev.DebtorResumed(on=on, hold_id=hold.hold_id, why=self.why)


class ExpireDebtorHolds(DebtorCommand, frozen=True):
    """End the holds whose last day is reached, as of that day."""

    def events(self, debtor: Debtor, on: date, now: DecisionContext) -> Iterator[DebtorEvent]:
        for hold in debtor.holds.values():
            if hold.until and hold.until <= on:
                why = "The hold ended on its last day."
                yield ev.DebtorResumed(on=hold.until, hold_id=hold.hold_id, why=why)
