"""The replay of a debtor's days under other rules: which messages they would have been sent.

The clock runs at the start of a day and after each fact. It decides by the policy of the real
clock; its steps and messages are recorded only in books in memory.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, Literal
from uuid import UUID

from msgspec.structs import replace as but

from ledger.facts.books import DEBTOR, INVOICE
from ledger.facts.codes import Channel
from ledger.facts.debtor_events import DebtorContactLogged
from ledger.facts.invoice.dispute_handling import DisputePauseChanged
from ledger.facts.invoice.dispute_opening import DisputeOpened
from ledger.facts.invoice.follow_up import (
    ContactLogged,
    EmailFailed,
    EmailSent,
    LetterFailed,
    LetterPrinted,
    StepTaken,
)
from ledger.facts.invoice.state import Invoice
from ledger.facts.playbook_rules import Rules
from ledger.policy.follow_up.batching import FollowUpBatch, batch_for_debtor, message_key, step_due
from ledger.policy.follow_up.ladder import DueStep, next_step
from ledger.policy.follow_up.pauses import debtor_pause, pause_reason, paused_by
from ledger.policy.follow_up.replies import rests_until
from ledger.policy.reachability import channel_for
from projections.simulation.past import Fact, Item, Past, Sent, Span

Steps = Sequence[tuple[Invoice, DueStep]]
SENT_EVENTS: dict[Channel, Callable[..., object]] = {
    Channel.EMAIL: partial(EmailSent, message_id=""),
    Channel.LETTER: LetterPrinted,
}
Verdict = Literal["as sent", "would be sent", "would not be sent", "cannot be sent"]


@dataclass(frozen=True, slots=True)
class ReplayedMessage:
    """A message, whether it would have been sent, and why."""

    verdict: Verdict
    debtor: str
    sent: Sent
    why: str


class Replay:
    """The books of a debtor during the replay."""

    def __init__(self, past: Past, rules: Rules) -> None:
        self.past, self.rules = past, rules
        self.debtor = DEBTOR.start(past.debtor_id)
        self.invoices = {id_: INVOICE.start(id_) for id_ in past.invoices}
        self.facts = deque(past.facts)
        self.collectable = set[UUID]()
        self.channels = dict[str, Channel]()  # of the messages that were sent in the replay

    def days(self, span: Span, closed: Mapping[date, str]) -> Iterator[ReplayedMessage]:
        """Yield the messages of the span; ``closed`` holds why days are closed to follow-up.

        An unreachable debtor is reported once.
        """
        debtor, reported = self.past.debtor, False
        for day, begin, end in span.days:
            self._advance(begin)
            was, why_closed = self.past.sent.get(day), closed.get(day, "")
            why_not = why_closed or (self._why_not(was, day) if was else "")
            batch, due = (None, []) if why_closed else self._batch(day, end)
            if batch:
                would, why = self._send(batch, day), batch.steps[0][1].why[0]
                if was and was.like(would):
                    yield ReplayedMessage("as sent", debtor, would, why)
                    continue
                yield ReplayedMessage("would be sent", debtor, would, why)
            elif due and not reported:
                reported, unsent = True, Sent(day, "", due[0][1].step.template, _items(due))
                why = "the debtor's contact details are not known"
                yield ReplayedMessage("cannot be sent", debtor, unsent, why)
            if was:
                why = why_not or self._why_not(was, day)
                yield ReplayedMessage("would not be sent", debtor, was, why)

    def _batch(self, day: date, end: datetime) -> tuple[FollowUpBatch | None, Steps]:
        """Return the message of a day, and the steps that were due at the last run of the clock."""
        found = {id_: due for id_ in self.collectable if (due := self._due(id_, day))}
        while True:
            steps = [] if debtor_pause(self.debtor, day) else self._in_order(found)
            batch = batch_for_debtor(self.debtor, steps)
            if batch or not self.facts or self.facts[0].at >= end:
                return batch, steps
            touched = self._advance(self.facts[0].at)
            for id_ in self.invoices if self.past.debtor_id in touched else touched:
                found.pop(id_, None)
                if due := self._due(id_, day):
                    found[id_] = due

    def _in_order(self, found: Mapping[UUID, DueStep]) -> Steps:
        steps = [(self.invoices[id_], due) for id_, due in found.items()]
        return sorted(steps, key=lambda pair: pair[0].number)

    def _due(self, id_: UUID, day: date) -> DueStep | None:
        return step_due(self.invoices[id_], self.past.debtor, self.debtor, self.rules, day)

    def _advance(self, moment: datetime) -> set[UUID]:
        """Apply the facts up to a moment, and return the ids of their books."""
        touched = set[UUID]()
        while self.facts and self.facts[0].at <= moment:
            fact = self.facts.popleft()
            if not self._spared(fact.event):
                self._apply(fact.book_id, self._by_rules(fact))
            touched.add(fact.book_id)
        return touched

    def _spared(self, event: Any) -> bool:
        """Return whether a message failed that the other rules sent by another channel."""
        if not isinstance(event, EmailFailed | LetterFailed):
            return False
        return self.channels.get(event.message, event.channel) is not event.channel

    def _by_rules(self, fact: Fact) -> Any:
        """Return the event; a message rests follow-up as long as these rules let it."""
        event = fact.event
        if isinstance(event, ContactLogged | DebtorContactLogged) and event.awaits_answer:
            return but(event, rests_until=rests_until(self.rules, fact.at.date()))
        return event

    def _apply(self, id_: UUID, event: object) -> None:
        if id_ == self.past.debtor_id:
            self.debtor = DEBTOR.after(self.debtor, event)
            return
        after = INVOICE.after(self.invoices[id_], event)
        if isinstance(event, DisputeOpened | DisputePauseChanged):
            after = paused_by(after, self.rules)
        self.invoices[id_] = after
        if after.collectable:
            self.collectable.add(id_)
        else:
            self.collectable.discard(id_)

    def _send(self, batch: FollowUpBatch, day: date) -> Sent:
        """Record in the books in memory that a message was sent at once."""
        name = message_key(self.past.debtor, day)
        self.channels[name] = batch.channel
        for invoice, due in batch.steps:
            taken = StepTaken(
                on=day,
                step=due.step.step,
                times=due.times,
                planned_on=due.planned_on,
                message=name,
                playbook=0,
            )
            self._apply(invoice.id, taken)
            sent = SENT_EVENTS[batch.channel](
                on=day,
                message=name,
                purpose=batch.purpose,
                to=(),
                subject="",
                document="",
                open_amount=due.amount,
            )
            self._apply(invoice.id, sent)
        return Sent(day, batch.channel, batch.template, _items(batch.steps))

    def _why_not(self, was: Sent, day: date) -> str:
        """Return what keeps its invoices from being followed up on that day."""
        numbers = {item.invoice for item in was.items}
        invoices = [i for i in self.invoices.values() if i.number in numbers]
        return "; ".join(dict.fromkeys(self._obstacle(invoice, day) for invoice in invoices))

    def _obstacle(self, invoice: Invoice, day: date) -> str:
        pause = debtor_pause(self.debtor, day) or pause_reason(
            invoice, self.debtor, self.rules, day
        )
        if pause:
            return pause.why
        due = next_step(invoice, self.debtor, self.rules, day)
        if due is None:
            return "the ladder is at its end"
        if due.planned_on > day:
            return f"{due.step.step} is planned for {due.planned_on}"
        channel = channel_for(self.debtor, due.step.channels)
        by = f"{due.step.step} is due: {due.step.template} by {channel}"
        return by if channel else "cannot be sent"


def _items(steps: Steps) -> tuple[Item, ...]:
    return tuple(
        Item(invoice.number, due.step.step, due.times, due.amount, invoice.currency)
        for invoice, due in steps
    )
