"""What others changed, as it happens: one look at a tenant's log for all its open pages.

The read models tell by NOTIFY how far they are; ``Shown`` hears it once in a process. Each step is
read once, whatever the number of pages, and what a limited person sees of it once for their scope.
"""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from uuid import UUID

import psycopg

from api.http.auth.keys import Key
from api.http.kit.command_routes import visible_book
from api.http.server.problems import Problem
from api.http.server.shown import shown_by_all
from api.http.server.state import AppState
from ledger.facts.books import DEBTOR, INVOICE, kind_of_event, replay
from ledger.facts.entry import Entry
from ledger.facts.invoice.state import Invoice
from ledger.policy.visibility import Scope
from ledger.store.entry_queries import of_book, since

log = logging.getLogger(__name__)
APART = 0.5  # seconds between two steps: many changes come together
LOOK = 5.0  # seconds between looks at the database, when no notification comes
MOST = 200  # entries of a step that are named; after more, pages are read again whole
KEPT = 100  # steps, for pages that come back
STREAMS = 4  # of a session, in a process
EMPTY: dict[str, str] = {}


@dataclass(frozen=True)
class Step:
    """The entries after a position, up to another; None if they are too many to name."""

    after: int
    upto: int
    entries: Sequence[Entry] | None
    answers: dict[Scope, "asyncio.Task[dict[str, str]]"] = field(default_factory=dict)

    async def seen_by(self, app: AppState, key: Key) -> dict[str, str]:
        """Return the books and cases that changed for a person, and by whom; worked out once for
        all who see the same."""
        if key.scope not in self.answers:
            self.answers[key.scope] = asyncio.create_task(_seen(app, key, self.entries or ()))
        try:
            return await asyncio.shield(self.answers[key.scope])
        except psycopg.Error:
            self.answers.pop(key.scope, None)
            raise


@dataclass
class News:
    """The last steps of a tenant's log, and who waits for the next."""

    at: int
    steps: deque[Step] = field(default_factory=lambda: deque(maxlen=KEPT))
    came: asyncio.Event = field(default_factory=asyncio.Event)
    readers: int = 0
    follows: "asyncio.Task[None] | None" = None

    def add(self, step: Step) -> None:
        self.steps.append(step)
        self.at = step.upto
        came, self.came = self.came, asyncio.Event()
        came.set()

    async def after(self, position: int, seconds: float) -> list[Step]:
        """Return the steps after a position, waiting for one at most so long. What is not kept any
        more is a step without entries."""
        if self.at <= position:
            try:
                async with asyncio.timeout(seconds):
                    await self.came.wait()
            except TimeoutError:
                return []
        first = self.steps[0].after if self.steps else self.at
        if position < first:
            return [Step(position, self.at, None)]
        return [step for step in self.steps if step.upto > position]


@dataclass
class Changes:
    """The news of all tenants with an open page, and how many streams each session has."""

    tenants: dict[str, News] = field(default_factory=dict)
    streams: Counter[str] = field(default_factory=Counter)

    async def begin(self, app: AppState, tenant: str, session: str) -> News:
        """Count a stream of a session. Raises ``Problem`` if it has too many."""
        if tenant not in self.tenants:
            at = app.shown.position(tenant) or (await app.query(shown_by_all(tenant)))[0]
            self.tenants.setdefault(tenant, News(at))
        news = self.tenants[tenant]
        if self.streams[session] >= STREAMS:
            raise Problem("too-many-requests", f"At most {STREAMS} live pages at once.")
        self.streams[session] += 1  # no wait from here on: what is counted is ended, too
        news.readers += 1
        if news.follows is None:
            news.follows = asyncio.create_task(_follow(app, tenant, news))
        return news

    def end(self, tenant: str, session: str) -> None:
        self.streams[session] -= 1
        if not self.streams[session]:
            del self.streams[session]
        news = self.tenants[tenant]
        news.readers -= 1
        if not news.readers:
            if news.follows:
                news.follows.cancel()
            del self.tenants[tenant]


async def _follow(app: AppState, tenant: str, news: News) -> None:
    """Read each step once, until nobody waits for it."""
    while True:
        try:
            heard = await app.shown.wait(tenant, news.at + 1, LOOK)
            upto = (
                app.shown.position(tenant) if heard else (await app.query(shown_by_all(tenant)))[0]
            )
            if upto > news.at:
                lines = await app.query(since(tenant, news.at, upto, (), MOST + 1))
                entries = [line.entry for line in lines] if len(lines) <= MOST else None
                news.add(Step(news.at, upto, entries))
        except psycopg.Error as error:
            log.debug("cannot follow the log for open pages: %s", error)
        await asyncio.sleep(APART)


async def _seen(app: AppState, key: Key, entries: Sequence[Entry]) -> dict[str, str]:
    seen = dict[str, str]()
    in_books = sorted(entries, key=lambda entry: (entry.book_id, entry.position))
    for book, changed in groupby(in_books, key=lambda entry: entry.book_id):
        for entry in await _visible(app, key, book, [*changed]):
            case: UUID | None = getattr(entry.event, "case_id", None)
            seen |= {str(book): entry.by} | ({str(case): entry.by} if case else EMPTY)
    return seen


async def _visible(
    app: AppState, key: Key, book: UUID, entries: Sequence[Entry]
) -> Sequence[Entry]:
    """Return which entries of a book are visible. What a change hid or brought into sight is one
    for its reader, or a row would stay that is no longer theirs."""
    scope, kind = key.scope, kind_of_event(entries[0].event)
    if scope.is_everything:
        return entries
    if kind is DEBTOR:
        return entries if await visible_book(app, key, DEBTOR, book) else ()
    if kind is not INVOICE:
        return ()
    lines = await app.query(of_book(key.tenant_id, book))
    whole = [line.entry for line in lines if line.entry.position <= entries[-1].position]
    before = [entry for entry in whole if entry.position < entries[0].position]
    was, now = (replay(INVOICE, book, part).state for part in (before, whole))
    if scope.sees(was) != scope.sees(now):
        return entries
    return [entry for entry in entries if _sees(scope, now, entry)]


def _sees(scope: Scope, invoice: Invoice, entry: Entry) -> bool:
    return scope.sees(invoice) and scope.sees_event(invoice, entry.event)
