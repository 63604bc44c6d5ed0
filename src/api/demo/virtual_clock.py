"""The virtual clock: stories take turns in the order of their moments, and write what they do.

A story is a generator. While awake it tells commands; it yields the moment it wants to wake again.
What it sees are books of its own, folded from what was told so far, so that it does the same again
when the ledger holds all of it, or half: the cause of each entry makes it count once.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from heapq import heapify, heappop, heappush
from random import Random
from typing import Any, cast
from uuid import UUID, uuid5

from api.demo.case import Case
from api.demo.sample_documents import Paper
from api.demo.texts import BY_NUMBER, Firm
from commands.command import Command, DecisionContext
from commands.context import Context, Reactions
from commands.execute import execute
from commands.unit_of_work import decide
from ledger.database import documents
from ledger.facts.books import DEBTOR, INVOICE
from ledger.facts.debtor import Debtor
from ledger.facts.invoice.state import Invoice
from ledger.store.ledger import Ledger

START, END = date(2025, 7, 1), date(2026, 6, 30)
HOLIDAYS = {  # of the Netherlands, on weekdays
    date(2025, 12, 25),
    date(2025, 12, 26),
    date(2026, 1, 1),
    date(2026, 4, 6),
    date(2026, 4, 27),
    date(2026, 5, 14),
    date(2026, 5, 25),
}
NAMESPACE = UUID("5d4c6f1e-3f0b-5c0a-9a55-d0551e2000de")
Story = Iterator[datetime]


def workdays(last: date) -> list[date]:
    """Monday to Friday but for holidays, from the first day of the year up to ``last``."""
    days = [START + timedelta(days=n) for n in range((last - START).days + 1)]
    return [day for day in days if _open(day)]


def _open(day: date) -> bool:
    return day.isoweekday() < 6 and day not in HOLIDAYS


@dataclass
class World:
    """What everybody in the demo knows, and the one way to write something down."""

    ledger: Ledger
    seed: int
    now: datetime = field(init=False)
    told: int = 0
    books: dict[UUID, Invoice | Debtor] = field(default_factory=dict)
    numbers: list[str] = field(default_factory=list)  # of the invoices there are
    plans: dict[UUID, Case] = field(default_factory=dict)  # by case
    refused: set[UUID] = field(default_factory=set)  # credits that the approver refused
    rungs: dict[str, int] = field(default_factory=dict)  # of the reminder ladder, by invoice

    def __post_init__(self) -> None:
        self.now = self.clock(START, 7)

    @property
    def today(self) -> date:
        return self.ledger.today(self.now)

    def random(self, name: str) -> Random:
        """A story's own dice: no story changes another's luck."""
        return Random(f"{self.seed}/{name}")

    def id(self, *names: object) -> UUID:
        return uuid5(NAMESPACE, f"{self.seed}/{'/'.join(map(str, names))}")

    def clock(self, day: date, hour: int = 9, minute: int = 0) -> datetime:
        """That hour of that day in the creditor's office, or of the next day that it is open."""
        while not _open(day):
            day += timedelta(days=1)
        return datetime.combine(day, time(hour, minute), self.ledger.zone).astimezone(UTC)

    def after(self, days: int, dice: Random) -> datetime:
        """So many days on (or the next that the office is open), some time in office hours."""
        wanted = self.clock(
            self.today + timedelta(days=days), dice.randint(9, 16), dice.randint(0, 59)
        )
        return max(wanted, self.now + timedelta(minutes=7))

    def invoice(self, number: str) -> Invoice:
        id_ = self.ledger.id_of(INVOICE, number)
        return cast(Invoice, self.books.get(id_) or Invoice(id_))

    def debtor(self, number: str) -> Debtor:
        id_ = self.ledger.id_of(DEBTOR, number)
        return cast(Debtor, self.books.get(id_) or Debtor(id_))

    def firm(self, invoice: str) -> Firm:
        return BY_NUMBER[self.invoice(invoice).debtor]

    def tell(self, by: str, *commands: Command, papers: Sequence[Paper] = ()) -> None:
        """All of it at this moment, for one cause. Raises ``Refused`` when the plan is wrong."""
        self.told += 1
        cause = f"demo:{self.seed}:{self.told}"
        context = Context(by, self.now, causation=cause, reactions=Reactions.NONE)
        wishes = [part for command in commands for part in command.with_companions()]
        self._keep(papers)
        execute(self.ledger, commands, context)
        for wish in wishes:
            id_ = self.ledger.id_of(wish.kind, wish.number)
            state: Any = self.books.get(id_) or wish.kind.start(id_)
            self.books[id_], _ = decide(state, wish, DecisionContext(self.today, by), context)

    def _keep(self, papers: Sequence[Paper]) -> None:
        if papers:
            with self.ledger.pool.connection() as conn:
                for paper in papers:
                    documents.save(conn, self.ledger.tenant, paper.content, paper.media_type)


def play(world: World, stories: Sequence[Story], day_over: Callable[[int], None]) -> None:
    """Until the last day is over; ``day_over`` is told how many days went by."""
    last = world.clock(END, 8)  # on the morning of the last day nobody has worked yet
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
