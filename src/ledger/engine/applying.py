"""Applies entries to the tables of read models: their books, the rows that change, the writes."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from psycopg import Cursor
from psycopg.errors import CardinalityViolation
from psycopg.rows import TupleRow

from ledger.database.pool import Conn
from ledger.engine.fold import Changes, Model
from ledger.facts.books import Book, apply_entries, kind_of_event, replay
from ledger.facts.entry import Entry
from ledger.store.reading import entries_of_many

SHELF = 20_000  # books remembered between batches
REFUSED = (  # errors for rows that the database never accepts
    psycopg.DataError,
    psycopg.IntegrityError,
    CardinalityViolation,  # two rows with the same key
)
Refusals = Iterable[tuple[UUID, Exception]]  # books whose rows the database does not accept
Write = Callable[[Conn, str, Model, dict[UUID, Changes[Any]]], Refusals]


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


def apply(
    conn: Conn,
    tenant: str,
    models: Sequence[Model],
    entries: Sequence[Entry],
    shelf: BookCache,
    at: datetime,
    write: Write,
) -> list[Book[Any]]:
    """Write the rows of these entries, and return their books after them."""
    by_book: dict[UUID, list[Entry]] = {}
    for entry in entries:
        by_book.setdefault(entry.book_id, []).append(entry)
    parked = _parked(conn, tenant)
    before = _books_before(conn, tenant, by_book, entries[0].position - 1, shelf)
    after = {id_: _after(before[id_], lines) for id_, lines in by_book.items()}
    skipped = set(parked.fetchall())
    changed: dict[str, dict[UUID, Changes[Any]]] = {model.name: {} for model in models}
    for id_, lines in by_book.items():  # book by book: models share what a state's rows have
        for model in models:
            if (model.name, id_) in skipped or kind_of_event(lines[0].event) not in model.kinds:
                continue
            try:
                book = after[id_]
                if isinstance(book, Exception):
                    raise book
                changed[model.name][id_] = model.changes(before[id_], book, lines)
            except Exception as error:  # it is parked, so that the others advance
                park(conn, tenant, model, lines[0], error, at)
    for model in models:
        for id_, refusal in write(conn, tenant, model, changed[model.name]):
            park(conn, tenant, model, by_book[id_][0], refusal, at)
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


def write_together(
    conn: Conn, tenant: str, model: Model, changed: dict[UUID, Changes[Any]]
) -> Refusals:
    """Write the rows of a model; a refusal is raised, soon or at the commit."""
    _write(conn, tenant, model, changed.values())
    return ()


def write_by_book(
    conn: Conn, tenant: str, model: Model, changed: dict[UUID, Changes[Any]]
) -> Refusals:
    """Write the rows of a model; where some are refused, those of each book by themselves."""
    try:
        with conn.transaction():
            _write(conn, tenant, model, changed.values())
        return
    except REFUSED:
        pass
    for id_, changes in changed.items():
        try:
            with conn.transaction():
                _write(conn, tenant, model, [changes])
        except REFUSED as error:
            yield id_, error


def _write(conn: Conn, tenant: str, model: Model, changed: Collection[Changes[Any]]) -> None:
    kept = [row for changes in changed for row in changes.kept]
    gone = [row for changes in changed for row in changes.gone]
    model.table.write(conn, tenant, kept, gone)


def _parked(conn: Conn, tenant: str) -> Cursor[TupleRow]:
    query = "select follower, book_id from parked where tenant_id = %s"
    return conn.execute(query, [tenant], prepare=True)


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
