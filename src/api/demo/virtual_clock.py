"""The virtual clock: stories run in the order of their moments and execute commands.

A story is a generator that yields the moment at which it continues. It reads books in memory, made
from the commands so far, so that it repeats itself when the ledger already holds the entries; the
cause of each entry makes it count once. What the playbook makes of a command happens in both.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from heapq import heapify, heappop, heappush
from random import Random
from typing import Any, cast
from uuid import UUID, uuid5

from msgspec.structs import replace as but

from api.demo.case import Case
from api.demo.sample_documents import Paper
from api.demo.texts import BY_NUMBER, Firm
from commands.command import Command
from commands.context import Context, Reactions
from commands.execute import UnitOfWork, execute, preview
from commands.invoices.contacts import LogContact
from ledger.database import documents
from ledger.facts.books import DEBTOR, INVOICE, Book, BookKind, kind_of_event
from ledger.facts.codes import Channel, Direction
from ledger.facts.debtor import Debtor
from ledger.facts.entry import BookState, Entry
from ledger.facts.invoice.state import Invoice
from ledger.facts.outbound import MessageAsked
from ledger.store.ledger import Ledger

START, END = date(2025, 7, 1), date(2026, 6, 30)
HOLIDAYS = {  # of the Netherlands, on weekdays
    *(date(2025, 12, day) for day in (25, 26)),
    *(date(2026, month, day) for month, day in ((1, 1), (4, 6), (4, 27), (5, 14), (5, 25))),
}
NAMESPACE = UUID("5d4c6f1e-3f0b-5c0a-9a55-d0551e2000de")
Story = Iterator[datetime]


def workdays(last: date) -> list[date]:
    days = [START + timedelta(days=n) for n in range((last - START).days + 1)]
    return [day for day in days if _open(day)]


def _open(day: date) -> bool:
    return day.isoweekday() < 6 and day not in HOLIDAYS


@dataclass
class World:
    """The state of the demo, and the only way to execute commands in it."""

    ledger: Ledger
    seed: int
    now: datetime = field(init=False)
    runs: int = 0
    books: dict[UUID, BookState] = field(default_factory=dict)
    lines: dict[UUID, list[Entry]] = field(default_factory=dict)  # of books
    ids: dict[tuple[str, str], UUID] = field(default_factory=dict)  # of books
    waiting: dict[str, Entry] = field(default_factory=dict)  # requested messages, by name
    sent: dict[str, MessageAsked] = field(default_factory=dict)  # by Message-ID
    numbers: list[str] = field(default_factory=list)  # of the registered invoices
    plans: dict[UUID, Case] = field(default_factory=dict)  # by case
    refused: set[UUID] = field(default_factory=set)  # credits that the approver refused
    rungs: dict[str, int] = field(default_factory=dict)  # of the reminder ladder, by invoice

    def __post_init__(self) -> None:
        self.now = self.clock(START, 7)

    @property
    def today(self) -> date:
        return self.day(self.now)

    def day(self, at: datetime) -> date:
        return at.astimezone(self.ledger.zone).date()

    @property
    def local_time(self) -> datetime:
        return self.now.astimezone(self.ledger.zone)

    def random(self, name: str) -> Random:
        """Return a story's own random generator, so that stories do not affect each other."""
        return Random(f"{self.seed}/{name}")

    def id(self, *names: object) -> UUID:
        return uuid5(NAMESPACE, f"{self.seed}/{'/'.join(map(str, names))}")

    def clock(self, day: date, hour: int = 9, minute: int = 0) -> datetime:
        """Return an hour of a day, or of the next workday, in the creditor's time zone."""
        while not _open(day):
            day += timedelta(days=1)
        return datetime.combine(day, time(hour, minute), self.ledger.zone).astimezone(UTC)

    def after(self, days: int, dice: Random) -> datetime:
        """Return a random moment in office hours after some days, on a workday."""
        wanted = self.clock(
            self.today + timedelta(days=days), dice.randint(9, 16), dice.randint(0, 59)
        )
        return max(wanted, self.now + timedelta(minutes=7))

    def state(self, kind: BookKind[Any], number: str) -> Any:
        id_ = self.ids.get((kind.name, number))
        if id_ is None:
            id_ = self.ids[kind.name, number] = self.ledger.id_of(kind, number)
        return self.books.get(id_) or kind.start(id_)

    def invoice(self, number: str) -> Invoice:
        return cast(Invoice, self.state(INVOICE, number))

    def debtor(self, number: str) -> Debtor:
        return cast(Debtor, self.state(DEBTOR, number))

    def firm(self, invoice: str) -> Firm:
        return BY_NUMBER[self.invoice(invoice).debtor]

    def contact(
        self, number: str, channel: Channel, direction: Direction, text: str, id_: UUID, **more: Any
    ) -> LogContact:
        """Return the command for a contact with the debtor's person; ``more`` are other fields."""
        return LogContact(
            invoice=number,
            channel=channel,
            direction=direction,
            who=self.firm(number).person,
            summary=text,
            contact_id=id_,
            **more,
        )

    def run(self, by: str, *commands: Command, papers: Sequence[Paper] = ()) -> None:
        """Execute commands at this moment, with the same cause. Raises ``Refused``."""
        self.runs += 1
        cause = f"demo:{self.seed}:{self.runs}"
        context = Context(by, self.now, causation=cause, reactions=Reactions.IF_APPLIED)
        entries = preview(Memory(self), commands, context)
        if papers:
            with self.ledger.pool.connection() as conn, conn.transaction():
                for paper in papers:
                    documents.save(conn, self.ledger.tenant, paper.content, paper.media_type)
        execute(self.ledger, commands, context)
        for entry in entries:
            kind = kind_of_event(entry.event)
            before = self.books.get(entry.book_id) or kind.start(entry.book_id)
            self.books[entry.book_id] = but(kind.after(before, entry.event), line=entry.line)
            self.lines.setdefault(entry.book_id, []).append(entry)
            if isinstance(entry.event, MessageAsked):
                self.waiting[entry.event.message] = entry

    def work(self, by: str) -> UnitOfWork:
        """Return the books in memory, for what decides on several of them."""
        return UnitOfWork(Memory(self), Context(by, self.now))


@dataclass(frozen=True)
class Memory:
    """The books of the world, as ``execute`` reads books."""

    world: World

    def today(self, at: datetime) -> date:
        return self.world.day(at)

    def book(self, kind: BookKind[Any], number: str) -> Book[Any]:
        return Book(self.world.state(kind, number))

    def history(self, id_: UUID) -> list[Entry]:
        return self.world.lines.get(id_, [])


def play(world: World, stories: Sequence[Story], day_over: Callable[[int], None]) -> None:
    """Run the stories until the last day has passed; ``day_over`` gets the days that passed."""
    last = world.clock(END, 8)  # before work begins on the last day
    turns = [(world.now, nth, story) for nth, story in enumerate(stories)]
    heapify(turns)
    while turns and turns[0][0] <= last:
        moment, nth, story = heappop(turns)
        if days := (world.ledger.today(moment) - world.today).days:
            day_over(days)
        world.now = moment
        wake = next(story, None)
        if wake is not None:
            heappush(turns, (max(wake, world.now), nth, story))
    day_over((END - world.today).days)
