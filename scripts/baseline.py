"""The other side of the comparison: the eventsourcing library as it comes."""

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.persistence import JSONTranscoder, Mapper, Tracking
from eventsourcing.postgres import (
    PostgresApplicationRecorder,
    PostgresDatastore,
    PostgresTrackingRecorder,
)
from eventsourcing.projection import Projection, ProjectionRunner
from psycopg import Connection
from psycopg.conninfo import conninfo_to_dict

from ledger.books import Book, kind_of
from ledger.books import follow as book_after
from ledger.events import Entry
from ledger.follow import Shelf
from ledger.store import EntryMapper
from projections.agenda import AGENDA

AGENDA_TOO = replace(AGENDA, name="library_agenda")


def env(database_url: str, pool_size: int = 10) -> dict[str, str]:
    found = conninfo_to_dict(database_url)
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": str(found["dbname"]),
        "POSTGRES_HOST": str(found["host"]),
        "POSTGRES_PORT": str(found.get("port", 5432)),
        "POSTGRES_USER": str(found["user"]),
        "POSTGRES_PASSWORD": str(found.get("password", "")),
        "POSTGRES_POOL_SIZE": str(pool_size),
    }


def recorder(database_url: str, callers: int) -> PostgresApplicationRecorder:
    """Close its ``datastore``."""
    found = env(database_url)
    keys = ("dbname", "host", "port", "user", "password")
    where: dict[str, Any] = {key: found[f"POSTGRES_{key.upper()}"] for key in keys}
    datastore = PostgresDatastore(**where, pool_size=callers)
    made = PostgresApplicationRecorder(datastore, events_table_name="library_append")
    made.create_table()
    return made


class Library(Application[UUID]):
    """Reads and writes our own entries, so that only the machinery differs."""

    name = "library"

    def construct_mapper(self) -> Mapper[UUID]:
        return EntryMapper(JSONTranscoder())


class View(PostgresTrackingRecorder):
    """The same fold, one entry and one transaction at a time, as the runner asks."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.shelf = Shelf()  # it need not read the book again for each entry

    def take(self, entry: Entry, tracking: Tracking) -> None:
        kind, id_ = kind_of(entry.event), entry.book_id
        before = self.shelf.take(id_, entry.line - 1) or Book(kind.start(id_))
        after = book_after(kind, before, [entry])
        changes = AGENDA_TOO.changes(before, after, [entry])
        with self.datastore.transaction(commit=True) as cursor:
            conn = cast(Connection[Any], cursor.connection)
            AGENDA_TOO.table.write(conn, "default", changes.kept, changes.gone)
            self._insert_tracking(cursor, tracking)
        self.shelf.put([after])


class Follow(Projection[View]):
    """Shows the agenda."""

    name = "follow"

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        self.view.take(domain_event, tracking)


def write(database_url: str, entries: Sequence[Entry]) -> int:
    """Into the library's own table; position of the last."""
    with Library(env(database_url)) as library:
        recordings = library.events.put(cast(Any, entries))
        return cast(int, recordings[-1].notification.id)


def follow(database_url: str, last: int) -> float:
    """Seconds that the runner takes until the entry at that position is shown."""
    begun = time.perf_counter()
    with ProjectionRunner(
        application_class=Library,
        projection_class=Follow,
        view_class=View,
        env=env(database_url),
    ) as runner:
        runner.wait(last, timeout=600)
        return time.perf_counter() - begun
