"""Dunning by the clock: take the steps that are due and request their message.

Both are in the same append, so neither is recorded without the other.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec.structs import replace
from pydantic import Field

from commands.command import Command, DecisionContext, InvoiceCommand
from commands.debtor_command import DebtorCommand
from commands.fields import Amount, RequiredText
from commands.messages.outbox import RequestMessage, snapshot
from commands.work import Work
from ledger.facts.books import DEBTOR, INVOICE, MESSAGE, PLAYBOOK
from ledger.facts.codes import Channel
from ledger.facts.debtor import Debtor
from ledger.facts.debtor_events import DebtorEvent, DebtorUnreachable
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.follow_up import StepTaken
from ledger.facts.invoice.state import Invoice
from ledger.facts.outbound import InvoiceSnapshot, MessageEvent, OutboundMessage
from ledger.facts.playbook import NUMBER
from ledger.facts.playbook_rules import Rules, Step
from ledger.policy.follow_up.batching import FollowUpBatch, message_key, step_due
from ledger.policy.follow_up.contact_days import why_closed
from ledger.policy.follow_up.ladder import DueStep, next_step
from ledger.policy.follow_up.pauses import debtor_pause
from ledger.policy.messages.languages import language_of
from ledger.policy.reachability import USES, channel_for
from ledger.policy.refusal import Refused


class RequestMessageStrict(RequestMessage, frozen=True):
    """A request that is refused when repeated, so that the commands with it are not repeated."""

    def decide(self, state: OutboundMessage, now: DecisionContext) -> Iterator[MessageEvent]:
        if state.known:
            raise Refused("message-requested", message=self.message)
        return super().decide(state, now)


class RecordUnreachableDebtor(DebtorCommand, frozen=True):
    """Record once that the debtor is unreachable on all channels of a step that is due."""

    step: RequiredText
    channels: tuple[Channel, ...]

    def events(self, debtor: Debtor, on: date, now: DecisionContext) -> Iterator[DebtorEvent]:
        before = debtor.unreached
        if before is None or (before.step, before.channels) != (self.step, self.channels):
            yield DebtorUnreachable(on=on, step=self.step, channels=self.channels)


class TakeStep(InvoiceCommand, frozen=True, arbitrary_types_allowed=True):
    """Take a step of the ladder, if it is due today for this amount.

    ``ahead``: a person sends it before the day of the ladder.
    """

    rules: Rules
    debtor: Debtor
    step: RequiredText
    times: int = Field(1, ge=1)
    amount: Amount = Field(description="amount that the message asks for")
    message: RequiredText
    playbook: int = Field(0, description="version of the rules")
    ahead: bool = False

    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        if why := why_closed(self.rules, on):
            raise Refused("not-a-contact-day", why=why)
        if invoice.debtor != self.debtor.number:
            raise Refused("debtor-changed", invoice=self.invoice)
        due = next_step(invoice, self.debtor, self.rules, on)
        if due is None or (due.may_go_on if self.ahead else due.planned_on) > on:
            raise Refused("no-step-due", invoice=self.invoice, on=on)
        if (due.step.step, due.times, due.amount) != (self.step, self.times, self.amount):
            raise Refused(
                "another-step-due", invoice=self.invoice, step=due.step.step, amount=due.amount
            )
        yield self.event(StepTaken, on, planned_on=due.planned_on, term=due.term)


def due_steps(work: Work, debtor: str, numbers: Iterable[str]) -> list[tuple[Invoice, DueStep]]:
    """Return the debtor's invoices with a step due today, and the steps.

    Return nothing when today's message was requested already, or the debtor is on hold.
    """
    state, rules, today = work.state(DEBTOR, debtor), work.playbook.rules, work.now.today
    written = work.state(MESSAGE, message_key(debtor, today)).known
    if rules is None or written or debtor_pause(state, today):
        return []
    invoices = (work.state(INVOICE, number) for number in numbers)
    found = ((each, step_due(each, debtor, state, rules, today)) for each in invoices)
    return [(invoice, step) for invoice, step in found if step]


def send_batch(
    work: Work, debtor: str, batch: FollowUpBatch, *, ahead: bool = False
) -> list[Command]:
    """Return the commands that request the message and take its steps.

    They fail when the playbook or the debtor changes meanwhile.
    """
    work.assert_unchanged(PLAYBOOK, NUMBER)
    work.assert_unchanged(DEBTOR, debtor)
    state, playbook = work.state(DEBTOR, debtor), work.playbook
    name = message_key(debtor, work.now.today)
    request = RequestMessageStrict(
        message=name,
        purpose=batch.purpose,
        channel=batch.channel,
        to=(getattr(state, USES[batch.channel]),),
        template=batch.template,
        language=language_of(state, work.rules.calendar.country),
        about=tuple(_requested(invoice, step) for invoice, step in batch.steps),
        debtor=debtor,
        step=batch.steps[0][1].step.step,
        facts=_facts(batch, work.now.today),
        playbook=playbook.version,
    )
    steps = [
        TakeStep(
            invoice=invoice.number,
            rules=work.rules,
            debtor=state,
            step=step.step.step,
            times=step.times,
            amount=step.amount,
            message=name,
            playbook=playbook.version,
            ahead=ahead,
        )
        for invoice, step in batch.steps
    ]
    return [request, *steps]


def _facts(batch: FollowUpBatch, today: date) -> dict[str, str]:
    """Return by when to pay, and when the debtor was reminded before."""
    facts = {"pay_by": batch.pay_by(today), "reminded_on": batch.reminded_on}
    return {name: str(day) for name, day in facts.items() if day and batch.overdue}


def _requested(invoice: Invoice, step: DueStep) -> InvoiceSnapshot:
    """Return a snapshot whose ``open_amount`` leaves out what is paused or falls due later."""
    return replace(snapshot(invoice), open_amount=step.amount)


def unreachable_debtor(work: Work, debtor: str, step: Step) -> list[Command]:
    """Return a command that makes the agenda ask for an address, if other channels are usable."""
    if not channel_for(work.state(DEBTOR, debtor), USES):
        return []
    return [RecordUnreachableDebtor(debtor=debtor, step=step.step, channels=step.channels)]
