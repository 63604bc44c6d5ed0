"""Folds of all books of a tenant into tables without keys.

Books are read in pages, so memory is bounded. For a long ledger several processes fold pages, and
the calling process writes their rows.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from datetime import datetime
from functools import partial
from threading import Lock
from typing import Any
from uuid import UUID

from ledger.database.pool import Conn
from ledger.engine.applying import REFUSED, park
from ledger.engine.fold import Model
from ledger.engine.gc_tuning import relaxed_gc
from ledger.engine.parallel import ordered_map
from ledger.engine.table import as_documents, as_json, encoded
from ledger.facts.books import Book, BookKind, kind_of_event, replay
from ledger.facts.entry import Entry
from ledger.store.reading import Progress, Row, group_by_book, iter_book_pages, no_progress

EntryFilter = Callable[[Entry], bool]
Replayed = tuple[BookKind[Any], Book[Any] | None, list[Entry]]  # None: no entry is kept
OnFailure = Callable[[Conn, str, Model, Entry, Exception, datetime], None]
PARALLEL_FROM = 200_000  # entries; with fewer, starting processes takes longer than it saves


def skip(*_: object) -> None:
    """Ignore a book that cannot be shown."""


@relaxed_gc()
def fold_all(
    conn: Conn,
    tenant: str,
    models: Sequence[Model],
    upto: int,
    at: datetime,
    progress: Progress = no_progress,
    keep: EntryFilter | None = None,
    give_up: OnFailure = park,
) -> int:
    """Fold all books up to a position into tables without keys; each entry is decoded once.

    Return the entries read.
    """
    read, work, several = 0, partial(_fold_page, models, keep), upto >= PARALLEL_FROM and not keep
    door = Lock()
    insert = partial(_insert, conn, door, tenant)

    def fold_each(model: Model, rows: list[Row]) -> None:
        """Fold book by book, so that only those that fail are left out."""
        for id_, entries in group_by_book(rows):
            try:
                documents = as_json(_rows(model, _replayed(keep, id_, entries)))
            except Exception as error:
                give_up(conn, tenant, model, entries[0], error, at)
            else:
                if refusal := insert(model, documents):
                    give_up(conn, tenant, model, entries[0], refusal, at)

    with closing(iter_book_pages(conn, tenant, upto, door)) as pages:  # ends its transaction first
        for rows, shown in ordered_map(work, pages, several):
            for model, documents in zip(models, shown, strict=True):
                if documents is None or insert(model, documents):
                    fold_each(model, rows)
            read += len(rows)
            progress(len(rows))
    return read


def _insert(
    conn: Conn, door: Lock, tenant: str, model: Model, documents: list[str]
) -> Exception | None:
    """Insert the rows, or return why the database refused them."""
    try:
        with door, conn.transaction():
            model.table.insert(conn, tenant, documents)
    except REFUSED as error:
        return error
    return None


def _fold_page(
    models: Sequence[Model], keep: EntryFilter | None, rows: list[Row]
) -> list[list[str] | None]:
    """Return each model's rows of these books as ``insert`` takes them; None when a book fails,
    whose error is found when they are folded book by book."""
    try:
        books = [_replayed(keep, *book) for book in group_by_book(rows)]
    except Exception:
        return [None] * len(models)
    shown: list[list[bytes] | None] = [[] for _ in models]
    for book in books:  # book by book: models share what a state's rows have
        for nth, model in enumerate(models):
            rows_so_far = shown[nth]
            if rows_so_far is None:
                continue
            try:
                rows_so_far += map(encoded, _rows(model, book))
            except Exception:
                shown[nth] = None
    return [None if found is None else as_documents(found) for found in shown]


def _replayed(keep: EntryFilter | None, id_: UUID, entries: list[Entry]) -> Replayed:
    kept = [entry for entry in entries if keep(entry)] if keep else entries
    kind = kind_of_event(entries[0].event)
    return kind, replay(kind, id_, kept) if kept else None, kept


def _rows(model: Model, replayed: Replayed) -> Iterable[Any]:
    kind, book, kept = replayed
    return model.rows(book, kept) if book and kind in model.kinds else ()
