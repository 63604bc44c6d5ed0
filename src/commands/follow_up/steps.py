"""Wishes of the clock about an unpaid invoice: take the step that is due, and ask for its message.

Both go into one append, so that no step is without its message and no message without its steps.
"""

from collections.abc import Iterator
from datetime import date

from pydantic import Field

from commands.command import Amount, DebtorCommand, DecisionContext, InvoiceCommand, RequiredText
from commands.messages.outbox import RequestMessage
from ledger.facts.codes import Channel
from ledger.facts.debtor import Debtor
from ledger.facts.debtor_events import DebtorEvent, DebtorUnreachable
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.follow_up_events import StepTaken
from ledger.facts.invoice.state import Invoice
from ledger.facts.outbound import MessageEvent, OutboundMessage
from ledger.facts.playbook_rules import Rules
from ledger.policy.follow_up.contact_days import why_closed
from ledger.policy.follow_up.ladder import next_step
from ledger.policy.refusal import Refused


class RequestMessageStrict(RequestMessage, frozen=True):
    """Who finds it asked for already must not do what goes with it a second time."""

    def decide(self, state: OutboundMessage, now: DecisionContext) -> Iterator[MessageEvent]:
        if state.known:
            raise Refused("message-requested", message=self.message)
        return super().decide(state, now)


class RecordUnreachableDebtor(DebtorCommand, frozen=True):
    """A step is due and by none of its channels can he be written to; told once of the same."""

    step: RequiredText
    channels: tuple[Channel, ...]

    def events(self, debtor: Debtor, on: date, now: DecisionContext) -> Iterator[DebtorEvent]:
        told = debtor.unreached
        if told is None or (told.step, told.channels) != (self.step, self.channels):
            yield DebtorUnreachable(on=on, step=self.step, channels=self.channels)


class TakeStep(InvoiceCommand, frozen=True, arbitrary_types_allowed=True):
    """The book decides once more whether this step is due today, for this amount."""

    rules: Rules
    debtor: Debtor
    step: RequiredText
    times: int = Field(1, ge=1)
    amount: Amount = Field(description="what the message asks for")
    message: RequiredText
    playbook: int = Field(0, description="version of the rules")

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        if why := why_closed(self.rules, on):
            raise Refused("not-a-contact-day", why=why)
        if invoice.debtor != self.debtor.number:
            raise Refused("debtor-changed", invoice=self.invoice)
        due = next_step(invoice, self.debtor, self.rules, on)
        if due is None or due.planned_on > on:
            raise Refused("no-step-due", invoice=self.invoice, on=on)
        if (due.step.step, due.times, due.amount) != (self.step, self.times, self.amount):
            raise Refused(
                "another-step-due", invoice=self.invoice, step=due.step.step, amount=due.amount
            )
        yield StepTaken(
            on=on,
            step=self.step,
            times=self.times,
            planned_on=due.planned_on,
            message=self.message,
            playbook=self.playbook,
        )
