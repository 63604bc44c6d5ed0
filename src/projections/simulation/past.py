"""A debtor's past in two parts: the messages that the clock sent in the span, and all other facts.

The simulated rules decide again on the messages. The facts stay as they are, even those that other
messages might have changed. That a message failed is a fact: one of the same day and channel fails
under other rules too.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from ledger.facts.entry import Entry
from ledger.facts.invoice import follow_up as ev
from ledger.facts.outbound import OutboundMessage

MESSAGE_EVENTS = (
    ev.StepTaken,
    ev.StepWithdrawn,
    ev.EmailSent,
    ev.LetterPrinted,
)
Steps = dict[str, dict[UUID, ev.StepTaken]]  # by message and invoice


@dataclass(frozen=True, slots=True)
class Item:
    """An invoice in a message: its step, and the amount requested."""

    invoice: str
    step: str
    times: int
    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A message to a debtor, who gets at most one a day."""

    on: date
    channel: str
    template: str
    items: tuple[Item, ...]

    def like(self, other: "Sent") -> bool:
        """Compare day, channel, template and invoices; amounts may differ within a day."""
        return self._kind == other._kind

    @property
    def _kind(self) -> tuple[Any, ...]:
        return self.on, self.channel, self.template, {item.invoice for item in self.items}


class Fact(NamedTuple):
    """An event, from when it counts in the tenant's time zone, and the book that holds it."""

    at: datetime
    book_id: UUID
    event: Any


@dataclass(frozen=True)
class Span:
    """The days to replay. With ``hindsight`` a fact counts from its business date on, otherwise
    from the moment at which it was recorded."""

    first: date
    last: date
    zone: ZoneInfo
    hindsight: bool = False

    @cached_property
    def days(self) -> list[tuple[date, datetime, datetime]]:
        days = [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 2)]
        return [(day, self.start(day), self.start(next_)) for day, next_ in pairwise(days)]

    def start(self, day: date) -> datetime:
        return datetime.combine(day, time.min, self.zone)

    def moment(self, entry: Entry) -> datetime:
        return self.start(entry.event.on) if self.hindsight else entry.at.astimezone(self.zone)

    def steps(self, entries: Iterable[Entry]) -> Steps:
        begin, end = self.days[0][1], self.days[-1][2]
        steps: Steps = {}
        for entry in entries:
            if type(entry.event) is ev.StepTaken and begin <= self.moment(entry) < end:
                steps.setdefault(entry.event.message, {})[entry.book_id] = entry.event
        return steps


@dataclass(frozen=True)
class Past:
    """A debtor's past: invoice numbers by id, facts in order of time, messages by day."""

    debtor: str
    debtor_id: UUID
    invoices: Mapping[UUID, str]
    facts: list[Fact]
    sent: dict[date, Sent]


def past_of(
    debtor: str,
    debtor_id: UUID,
    invoices: Mapping[UUID, str],
    books: Mapping[UUID, list[Entry]],
    messages: Mapping[str, OutboundMessage],
    span: Span,
) -> Past:
    """Split the ``books`` of a debtor and their invoices; ``messages`` are those of the span.

    A message to an earlier debtor of an invoice is a fact.
    """
    entries = [entry for id_ in (debtor_id, *invoices) for entry in books.get(id_, ())]
    steps = {
        name: taken
        for name, taken in span.steps(entries).items()
        if (asked := messages[name].asked) and asked.debtor == debtor
    }
    facts = [
        Fact(span.moment(entry), entry.book_id, entry.event)
        for entry in entries
        if not (type(entry.event) in MESSAGE_EVENTS and entry.event.message in steps)
    ]
    facts.sort(key=lambda fact: fact.at)  # stable: facts of the same moment keep their order
    sent = {message.on: message for message in _sent(invoices, steps, messages)}
    return Past(debtor, debtor_id, invoices, facts, sent)


def _sent(
    invoices: Mapping[UUID, str], steps: Steps, messages: Mapping[str, OutboundMessage]
) -> Iterator[Sent]:
    for name, taken in steps.items():
        message = messages[name]
        if message.asked and message.status != "withdrawn":
            asked, steps_of = message.asked, {invoices[id_]: step for id_, step in taken.items()}
            items = tuple(
                Item(about.invoice, step.step, step.times, about.open_amount, about.currency)
                for about in asked.about
                if (step := steps_of.get(about.invoice))
            )
            yield Sent(asked.on, asked.channel, asked.template, items)
