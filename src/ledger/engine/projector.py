"""Projectors apply the ledger to read models in batches; rows and position commit together.

Read models at the same position advance together: their entries are read, decoded and replayed
once. A read model at another position (new, rebuilt, failing) advances alone.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
from psycopg.errors import CardinalityViolation

from ledger.database.pool import Conn, Pool
from ledger.engine.fold import Changes, Model
from ledger.engine.gc_tuning import relaxed_gc
from ledger.facts.books import Book, apply_entries, kind_of_event, replay
from ledger.facts.entry import Entry
from ledger.store.reading import entries_of_many, since

BATCH = 5_000
LEASE = timedelta(seconds=4)  # each batch renews it
LONGEST = 2 * LEASE  # a lease that ends later is from a wrong clock, and none
SHELF = 20_000  # books remembered between batches
REFUSED = (  # errors for rows that the database never accepts
    psycopg.DataError,
    psycopg.IntegrityError,
    CardinalityViolation,  # two rows with the same key
)


@dataclass
class BookCache:
    """Remembered books. A book counts only at the expected line, so none can be outdated."""

    books: OrderedDict[UUID, Book[Any]] = field(default_factory=OrderedDict)

    def take(self, id_: UUID, line: int) -> Book[Any] | None:
        book = self.books.get(id_)
        return book if book and book.state.line == line else None

    def put(self, books: Iterable[Book[Any]]) -> None:
        for book in books:
            self.books[book.state.id] = book
            self.books.move_to_end(book.state.id)
        while len(self.books) > SHELF:
            self.books.popitem(last=False)


@dataclass
class Projector:
    """A worker that applies a tenant's ledger. Of several, only the holder of the lease writes."""

    pool: Pool
    tenant: str
    models: Sequence[Model]
    name: str  # of this worker, in leases
    clock: Callable[[], datetime]
    batch: int = BATCH
    shelf: BookCache = field(default_factory=BookCache)
    owner: Callable[[], str] | None = None  # URL of the login that makes tables, if it is another

    @relaxed_gc()
    def process_batch(self) -> int:
        """Apply a batch to the rearmost read models. Return its entries; 0 when none or leased."""
        positions = self._lease()
        if not positions:
            return 0
        start = min(positions.values())
        models = [model for model in self.models if positions.get(model.name) == start]
        with self.pool.connection() as conn:
            entries = since(conn, self.tenant, start, self.batch)
            return len(entries) if entries and self._apply(conn, models, start, entries) else 0

    def _apply(
        self, conn: Conn, models: Sequence[Model], start: int, entries: Sequence[Entry]
    ) -> bool:
        """Return False, and write nothing, when another worker has moved our position."""
        moved = False
        with conn.transaction() as transaction:
            # a crash loses rows and position together, and they are folded again
            conn.execute("set local synchronous_commit = off")
            if not self._move(conn, models, start, entries[-1].position):
                raise psycopg.Rollback(transaction)
            books = apply(conn, self.tenant, models, entries, self.shelf, self.clock())
            moved = True
        if moved:
            self.shelf.put(books)
        return moved

    def catch_up(self) -> int:
        """Apply all batches to the end, while no other worker holds the lease."""
        read = 0
        while taken := self.process_batch():
            read += taken
        return read

    def record_failure(self, why: str) -> None:
        """Record why the read models of this worker do not advance."""
        with self.pool.connection() as conn:
            conn.execute(
                "update follower set trouble = %s where tenant_id = %s and leased_by = %s",
                [why, self.tenant, self.name],
            )

    def release_lease(self) -> None:
        """Release the lease, so that another worker need not wait for its end."""
        with self.pool.connection() as conn:
            conn.execute(
                "update follower set leased_by = null, leased_till = null"
                " where tenant_id = %s and leased_by = %s",
                [self.tenant, self.name],
            )

    def _lease(self) -> dict[str, int]:
        now, names = self.clock(), [model.name for model in self.models]
        with self.pool.connection() as conn:
            found = conn.execute(
                "update follower set leased_by = %s, leased_till = %s"
                " where tenant_id = %s and name = any(%s)"
                " and (leased_by is null or leased_by = %s"
                "  or leased_till < %s or leased_till > %s)"
                " returning name, position",
                [self.name, now + LEASE, self.tenant, names, self.name, now, now + LONGEST],
            )
            return dict(found.fetchall())

    def _move(self, conn: Conn, models: Sequence[Model], start: int, to: int) -> bool:
        """Compare and set the position: a worker that lost its lease writes nothing."""
        names = [model.name for model in models]
        moved = conn.execute(
            "update follower set position = %s, trouble = null"
            " where tenant_id = %s and name = any(%s) and position = %s and leased_by = %s",
            [to, self.tenant, names, start, self.name],
        )
        return moved.rowcount == len(names)


def apply(
    conn: Conn,
    tenant: str,
    models: Sequence[Model],
    entries: Sequence[Entry],
    shelf: BookCache,
    at: datetime,
) -> list[Book[Any]]:
    """Write the rows of these entries, and return their books after them."""
    by_book: dict[UUID, list[Entry]] = {}
    for entry in entries:
        by_book.setdefault(entry.book_id, []).append(entry)
    before = _books_before(conn, tenant, by_book, entries[0].position - 1, shelf)
    after = {id_: _after(before[id_], lines) for id_, lines in by_book.items()}
    parked = _parked(conn, tenant)
    for model in models:
        _show(conn, tenant, model, by_book, before, after, parked, at)
    return [book for book in after.values() if isinstance(book, Book)]


def _books_before(
    conn: Conn, tenant: str, by_book: dict[UUID, list[Entry]], upto: int, shelf: BookCache
) -> dict[UUID, Book[Any]]:
    before: dict[UUID, Book[Any]] = {}
    missing: dict[UUID, list[Entry]] = {}
    for id_, lines in by_book.items():
        kind, line = kind_of_event(lines[0].event), lines[0].line - 1
        book = shelf.take(id_, line) if line else Book(kind.start(id_))
        if book is None:
            missing[id_] = []
        else:
            before[id_] = book
    if missing:
        missing |= entries_of_many(conn, tenant, missing, upto)
        for id_, lines in missing.items():
            before[id_] = replay(kind_of_event(by_book[id_][0].event), id_, lines)
    return before


def _after(before: Book[Any], lines: list[Entry]) -> Book[Any] | Exception:
    try:
        return apply_entries(kind_of_event(lines[0].event), before, lines)
    except Exception as error:  # parked with its book by every model that shows it
        return error


def _show(
    conn: Conn,
    tenant: str,
    model: Model,
    by_book: dict[UUID, list[Entry]],
    before: dict[UUID, Book[Any]],
    after: dict[UUID, Book[Any] | Exception],
    parked: set[tuple[str, UUID]],
    at: datetime,
) -> None:
    """Write the rows of a model. A book that fails is parked, so that the others advance."""
    changed: dict[UUID, Changes[Any]] = {}
    for id_, lines in by_book.items():
        if (model.name, id_) in parked or kind_of_event(lines[0].event) not in model.kinds:
            continue
        try:
            book = after[id_]
            if isinstance(book, Exception):
                raise book
            changed[id_] = model.changes(before[id_], book, lines)
        except Exception as error:
            park(conn, tenant, model, lines[0], error, at)
    try:
        with conn.transaction():
            _write(conn, tenant, model, changed.values())
    except REFUSED:
        for id_, changes in changed.items():
            try:
                with conn.transaction():
                    _write(conn, tenant, model, [changes])
            except REFUSED as error:
                park(conn, tenant, model, by_book[id_][0], error, at)


def _write(conn: Conn, tenant: str, model: Model, changed: Collection[Changes[Any]]) -> None:
    kept = [row for changes in changed for row in changes.kept]
    gone = [row for changes in changed for row in changes.gone]
    model.table.write(conn, tenant, kept, gone)


def _parked(conn: Conn, tenant: str) -> set[tuple[str, UUID]]:
    found = conn.execute("select follower, book_id from parked where tenant_id = %s", [tenant])
    return set(found.fetchall())


def park(
    conn: Conn, tenant: str, model: Model, entry: Entry, error: Exception, at: datetime
) -> None:
    """Skip the book in this model from now on, until the model is rebuilt."""
    why = f"{type(error).__name__}: {error}"[:2000].replace("\0", "\\0")
    conn.execute(
        "insert into parked (tenant_id, follower, book_id, position, error, at)"
        " values (%s, %s, %s, %s, %s, %s) on conflict do nothing",
        [tenant, model.name, entry.book_id, entry.position, why, at],
    )
