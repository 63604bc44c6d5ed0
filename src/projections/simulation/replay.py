"""Replays a debtor's days by rules that are tried: what would have gone to him, and what not.

The clock looks first thing in the day and again after each thing that happens. It decides as the
one that sends does; only the effect is pretended, in books in memory.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Literal
from uuid import UUID

from ledger.facts.books import DEBTOR, INVOICE
from ledger.facts.codes import Channel
from ledger.facts.invoice.follow_up_events import EmailSent, LetterPrinted, StepTaken
from ledger.facts.invoice.state import Invoice
from ledger.facts.playbook_rules import Rules
from ledger.policy.follow_up.batching import FollowUpBatch, batch_for_debtor, message_key, step_due
from ledger.policy.follow_up.ladder import DueStep, next_step
from ledger.policy.follow_up.pauses import debtor_pause, pause_reason
from ledger.policy.reachability import channel_for
from projections.simulation.past import Item, Past, Sent, Span

Steps = Sequence[tuple[Invoice, DueStep]]
GOES: dict[Channel, Callable[..., object]] = {
    Channel.EMAIL: partial(EmailSent, message_id=""),
    Channel.LETTER: LetterPrinted,
}
Verdict = Literal["as sent", "would be sent", "would not be sent", "cannot be sent"]


@dataclass(frozen=True, slots=True)
class ReplayedMessage:
    """A message, whether it would (not) have been sent, and why."""

    verdict: Verdict
    debtor: str
    sent: Sent
    why: str


class Replay:
    """The books of a debtor as the replay makes them."""

    def __init__(self, past: Past, rules: Rules) -> None:
        self.past, self.rules = past, rules
        self.owes = DEBTOR.start(past.debtor_id)
        self.invoices = {id_: INVOICE.start(id_) for id_ in past.invoices}
        self.facts = deque(past.facts)
        self.collectable = set[UUID]()

    def days(self, span: Span, closed: Mapping[date, str]) -> Iterator[ReplayedMessage]:
        """``closed``: why nobody is followed up on these days. Who cannot be written to is told
        once."""
        debtor, told = self.past.debtor, False
        for day, begins, ends in span.days:
            self._to(begins)
            was, shut = self.past.sent.get(day), closed.get(day, "")
            why_not = shut or (self._why_not(was, day) if was else "")
            goes, due = (None, []) if shut else self._look(day, ends)
            if goes:
                would, why = self._pretend(goes, day), goes.steps[0][1].why[0]
                if was and was.like(would):
                    yield ReplayedMessage("as sent", debtor, would, why)
                    continue
                yield ReplayedMessage("would be sent", debtor, would, why)
            elif due and not told:
                told, stuck = True, Sent(day, "", due[0][1].step.template, _items(due))
                yield ReplayedMessage("cannot be sent", debtor, stuck, "it is not known where to")
            if was:
                yield ReplayedMessage(
                    "would not be sent", debtor, was, why_not or self._why_not(was, day)
                )

    def _look(self, day: date, ends: datetime) -> tuple[FollowUpBatch | None, Steps]:
        """What goes that day, and what was due when it was looked at last."""
        found = {id_: due for id_ in self.collectable if (due := self._due(id_, day))}
        while True:
            steps = [] if debtor_pause(self.owes, day) else self._in_order(found)
            goes = batch_for_debtor(self.owes, steps)
            if goes or not self.facts or self.facts[0].at >= ends:
                return goes, steps
            touched = self._to(self.facts[0].at)
            for id_ in self.invoices if self.past.debtor_id in touched else touched:
                found.pop(id_, None)
                if due := self._due(id_, day):
                    found[id_] = due

    def _in_order(self, found: Mapping[UUID, DueStep]) -> Steps:
        steps = [(self.invoices[id_], due) for id_, due in found.items()]
        return sorted(steps, key=lambda pair: pair[0].number)

    def _due(self, id_: UUID, day: date) -> DueStep | None:
        return step_due(self.invoices[id_], self.past.debtor, self.owes, self.rules, day)

    def _to(self, moment: datetime) -> set[UUID]:
        """All that happened up to then. Whose books it was."""
        touched = set[UUID]()
        while self.facts and self.facts[0].at <= moment:
            fact = self.facts.popleft()
            self._happens(fact.book_id, fact.event)
            touched.add(fact.book_id)
        return touched

    def _happens(self, id_: UUID, event: object) -> None:
        if id_ == self.past.debtor_id:
            self.owes = DEBTOR.evolve(self.owes, event)
            return
        after = self.invoices[id_] = INVOICE.evolve(self.invoices[id_], event)
        if after.collectable:
            self.collectable.add(id_)
        else:
            self.collectable.discard(id_)

    def _pretend(self, goes: FollowUpBatch, day: date) -> Sent:
        """As if it went at once."""
        name = message_key(self.past.debtor, day)
        for invoice, due in goes.steps:
            taken = StepTaken(
                on=day,
                step=due.step.step,
                times=due.times,
                planned_on=due.planned_on,
                message=name,
                playbook=0,
            )
            self._happens(invoice.id, taken)
            went = GOES[goes.channel](
                on=day,
                message=name,
                purpose=goes.purpose,
                to=(),
                subject="",
                document="",
                open_amount=due.amount,
            )
            self._happens(invoice.id, went)
        return Sent(day, goes.channel, goes.template, _items(goes.steps))

    def _why_not(self, was: Sent, day: date) -> str:
        """What speaks against it, of each invoice that is known by then."""
        numbers = {one.invoice for one in was.items}
        found = [self._against(one, day) for one in self.invoices.values() if one.number in numbers]
        return "; ".join(dict.fromkeys(found))

    def _against(self, invoice: Invoice, day: date) -> str:
        rest = debtor_pause(self.owes, day) or pause_reason(invoice, self.owes, self.rules, day)
        if rest:
            return rest.why
        due = next_step(invoice, self.owes, self.rules, day)
        if due is None:
            return "the ladder is at its end"
        if due.planned_on > day:
            return f"{due.step.step} is planned for {due.planned_on}"
        how = channel_for(self.owes, due.step.channels)
        return f"{due.step.step} is due: {due.step.template} by {how}" if how else "cannot be sent"


def _items(steps: Steps) -> tuple[Item, ...]:
    return tuple(
        Item(one.number, due.step.step, due.times, due.amount, one.currency) for one, due in steps
    )
