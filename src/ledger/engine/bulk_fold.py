"""Folds of all books of a tenant into a table without keys.

Books are read in pages, so memory is bounded. For a long ledger several processes fold pages, and
the calling process writes their rows.
"""

from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from functools import partial
from itertools import chain
from threading import Lock
from typing import Any
from uuid import UUID

from ledger.database.pool import Conn
from ledger.engine.fold import Model
from ledger.engine.gc_tuning import relaxed_gc
from ledger.engine.parallel import ordered_map
from ledger.engine.projector import REFUSED, park
from ledger.engine.table import as_json
from ledger.facts.books import kind_of_event, replay
from ledger.facts.entry import Entry
from ledger.store.reading import Progress, Row, group_by_book, iter_book_pages, no_progress

EntryFilter = Callable[[Entry], bool]
OnFailure = Callable[[Conn, str, Model, Entry, Exception, datetime], None]
PARALLEL_FROM = 200_000  # entries; with fewer, starting processes takes longer than it saves


def skip(*_: object) -> None:
    """Ignore a book that cannot be shown."""


@relaxed_gc()
def fold_all(
    conn: Conn,
    tenant: str,
    model: Model,
    upto: int,
    at: datetime,
    progress: Progress = no_progress,
    keep: EntryFilter | None = None,
    give_up: OnFailure = park,
) -> int:
    """Fold all books up to a position into a table without keys. Return the entries read."""
    read, work, several = 0, partial(_fold_page, model, keep), upto >= PARALLEL_FROM and not keep
    door = Lock()

    def insert(documents: list[str]) -> Exception | None:
        """Insert the rows, or return why the database refused them."""
        try:
            with door, conn.transaction():
                model.table.insert(conn, tenant, documents)
        except REFUSED as error:
            return error
        return None

    def fold_each(rows: list[Row]) -> None:
        """Fold book by book, so that only those that fail are left out."""
        for id_, entries in group_by_book(rows):
            try:
                documents = as_json(_rows(model, keep, id_, entries))
            except Exception as error:
                give_up(conn, tenant, model, entries[0], error, at)
            else:
                if refusal := insert(documents):
                    give_up(conn, tenant, model, entries[0], refusal, at)

    with closing(iter_book_pages(conn, tenant, upto, door)) as pages:  # ends its transaction first
        for rows, documents in ordered_map(work, pages, several):
            if documents is None or insert(documents):
                fold_each(rows)
            read += len(rows)
            progress(len(rows))
    return read


def _fold_page(model: Model, keep: EntryFilter | None, rows: list[Row]) -> list[str] | None:
    """Return the rows of these books as ``insert`` takes them; None when a book fails, whose error
    is found when they are folded book by book."""
    try:
        found = (_rows(model, keep, *book) for book in group_by_book(rows))
        return as_json(chain.from_iterable(found))
    except Exception:
        return None


def _rows(model: Model, keep: EntryFilter | None, id_: UUID, entries: list[Entry]) -> list[Any]:
    kept = [entry for entry in entries if keep(entry)] if keep else entries
    kind = kind_of_event(entries[0].event)
    return [*model.rows(replay(kind, id_, kept), kept)] if kept and kind in model.kinds else []
