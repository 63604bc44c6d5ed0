"""A debtor's past, taken apart: what happened in the span, and what the clock did in it.

What the clock did is left out of the books: the rules that are tried decide it anew. All else is a
fact and stays where it was, whatever might have come of other messages.
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
from ledger.facts.invoice.follow_up_events import (
    EmailFailed,
    EmailSent,
    LetterFailed,
    LetterPrinted,
    StepTaken,
    StepWithdrawn,
)
from ledger.facts.outbound import OutboundMessage

OF_MESSAGES = (StepTaken, StepWithdrawn, EmailSent, EmailFailed, LetterPrinted, LetterFailed)
Steps = dict[str, dict[UUID, StepTaken]]  # by message and invoice


@dataclass(frozen=True, slots=True)
class Item:
    """An invoice in a message: its step, and what it asks for."""

    invoice: str
    step: str
    times: int
    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A message to a debtor, one a day."""

    on: date
    channel: str
    template: str
    items: tuple[Item, ...]

    def like(self, other: "Sent") -> bool:
        """The same invoices on the same day in the same way; amounts may differ by the hour."""
        return self._kind == other._kind

    @property
    def _kind(self) -> tuple[Any, ...]:
        return self.on, self.channel, self.template, {one.invoice for one in self.items}


class Fact(NamedTuple):
    """Something that happened, since when it counts, and in whose book it stands."""

    at: datetime
    book_id: UUID
    event: Any


@dataclass(frozen=True)
class Span:
    """The days that are replayed. With ``hindsight`` a fact counts from its own day on, not from
    the moment it was recorded."""

    first: date
    last: date
    zone: ZoneInfo
    hindsight: bool = False

    @cached_property
    def days(self) -> list[tuple[date, datetime, datetime]]:
        """Each, and when it begins and ends."""
        days = [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 2)]
        return [(day, self.start(day), self.start(next_)) for day, next_ in pairwise(days)]

    def start(self, day: date) -> datetime:
        return datetime.combine(day, time.min, self.zone)

    def moment(self, entry: Entry) -> datetime:
        return self.start(entry.event.on) if self.hindsight else entry.at

    def steps(self, lines: Iterable[Entry]) -> Steps:
        """What the clock took in these days."""
        begins, ends = self.days[0][1], self.days[-1][2]
        found: Steps = {}
        for one in lines:
            if type(one.event) is StepTaken and begins <= self.moment(one) < ends:
                found.setdefault(one.event.message, {})[one.book_id] = one.event
        return found


@dataclass(frozen=True)
class Past:
    """One debtor's: ``invoices`` are numbers by id; the facts are in their order."""

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
    """``books`` are of the debtor and his invoices; ``messages`` of the span's steps, by name.

    What went to another, who had the invoice before, is a fact too.
    """
    lines = [line for id_ in (debtor_id, *invoices) for line in books.get(id_, ())]
    steps = {
        name: taken
        for name, taken in span.steps(lines).items()
        if (asked := messages[name].asked) and asked.debtor == debtor
    }
    facts = [
        Fact(span.moment(line), line.book_id, line.event)
        for line in lines
        if not (type(line.event) in OF_MESSAGES and line.event.message in steps)
    ]
    facts.sort(key=lambda fact: fact.at)  # stable: those of one moment stay as they were written
    sent = _sent(invoices, steps, messages)
    return Past(debtor, debtor_id, invoices, facts, {one.on: one for one in sent})


def _sent(
    invoices: Mapping[UUID, str], steps: Steps, messages: Mapping[str, OutboundMessage]
) -> Iterator[Sent]:
    """What was asked for and not withdrawn."""
    for name, taken in steps.items():
        message = messages[name]
        if message.asked and message.status != "withdrawn":
            asked, step_of = message.asked, {invoices[id_]: one for id_, one in taken.items()}
            items = tuple(
                Item(one.invoice, step.step, step.times, one.open_amount, one.currency)
                for one in asked.about
                if (step := step_of.get(one.invoice))
            )
            yield Sent(asked.on, asked.channel, asked.template, items)
