"""Every book of a tenant, shown in a table that has no keys yet.

A page of whole books at a time, so memory is bounded however long the ledger is. Of a long ledger
several processes show books, each a page; what they show is written by the one that asked.
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
PARALLEL_FROM = 200_000  # entries; of fewer it takes longer to start processes than is won


def skip(*_: object) -> None:
    """A book that the past cannot show either."""


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
    """Folds every book up to a position into a table without keys. Entries read."""
    read, work, several = 0, partial(_shown, model, keep), upto >= PARALLEL_FROM and keep is None
    door = Lock()

    def refused(shown: list[str]) -> Exception | None:
        try:
            with door, conn.transaction():
                model.table.insert(conn, tenant, shown)
        except REFUSED as error:
            return error
        return None

    def one_by_one(rows: list[Row]) -> None:
        """As when following: what cannot be shown, or is refused, is left out alone."""
        for id_, entries in group_by_book(rows):
            why: Exception | None
            try:
                shown = as_json(_rows(model, keep, id_, entries))
            except Exception as error:
                why = error
            else:
                why = refused(shown)
            if why:
                give_up(conn, tenant, model, entries[0], why, at)

    with closing(iter_book_pages(conn, tenant, upto, door)) as pages:  # ends its transaction first
        for rows, shown in ordered_map(work, pages, several):
            if shown is None or refused(shown):
                one_by_one(rows)
            read += len(rows)
            progress(len(rows))
    return read


def _shown(model: Model, keep: EntryFilter | None, rows: list[Row]) -> list[str] | None:
    """What shows these books, as ``insert`` takes it; nothing when one of them cannot be shown:
    why, is found out when they are taken one by one."""
    try:
        return as_json(
            chain.from_iterable(_rows(model, keep, *book) for book in group_by_book(rows))
        )
    except Exception:
        return None


def _rows(model: Model, keep: EntryFilter | None, id_: UUID, entries: list[Entry]) -> list[Any]:
    kept = [entry for entry in entries if keep(entry)] if keep else entries
    kind = kind_of_event(entries[0].event)
    return [*model.rows(replay(kind, id_, kept), kept)] if kept and kind in model.kinds else []
