"""The other side of the comparison: the eventsourcing library as it comes."""

import time
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, cast
from uuid import UUID, uuid4

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import JSONTranscoder, Mapper, Tracking
from eventsourcing.postgres import (
    PostgresApplicationRecorder,
    PostgresDatastore,
    PostgresTrackingRecorder,
)
from eventsourcing.projection import Projection, ProjectionRunner
from psycopg.conninfo import conninfo_to_dict

from ledger.engine.applying import BookCache
from ledger.facts.books import Book, kind_of_event, replay
from ledger.facts.books import apply_entries as book_after
from ledger.facts.entry import Entry
from ledger.store.codec import decode
from ledger.store.recorder import EntryMapper
from projections.agenda import AGENDA
from sample_data import COMMENT, TODAY

DAY = TODAY.isoformat()
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

    def take(self, entry: Entry, tracking: Tracking) -> None:
        with self.datastore.transaction(commit=True) as cursor:
            before = self.before(cursor, entry)
            after = book_after(kind_of_event(entry.event), before, [entry])
            changes = AGENDA_TOO.changes(before, after, [entry])
            AGENDA_TOO.table.write(cursor.connection, "default", changes.kept, changes.gone)
            self._insert_tracking(cursor, tracking)
        self.keep(after)

    def before(self, cursor: Any, entry: Entry) -> Book[Any]:
        """The book as it was, from the library's own table."""
        cursor.execute(
            "select originator_version, topic, state from library_events"
            " where originator_id = %s and originator_version < %s order by 1",
            [entry.book_id, entry.line],
            prepare=True,
        )
        rows = [row.values() for row in cursor.fetchall()]
        entries = [decode(entry.book_id, nth, topic, bytes(state), 0) for nth, topic, state in rows]
        return replay(kind_of_event(entry.event), entry.book_id, entries)

    def keep(self, book: Book[Any]) -> None:
        """It has no place for it."""


class KeepingView(View):
    """Spared the reading: it keeps its books in memory, which the library knows nothing of."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.shelf = BookCache()

    def before(self, cursor: Any, entry: Entry) -> Book[Any]:
        empty = Book(kind_of_event(entry.event).start(entry.book_id))
        return self.shelf.take(entry.book_id, entry.line - 1) or empty

    def keep(self, book: Book[Any]) -> None:
        self.shelf.put([book])


class Follow(Projection[View]):
    """Shows the agenda."""

    name = "follow"

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        self.view.take(domain_event, tracking)


def write(database_url: str, entries: Sequence[Entry]) -> int:
    """Into the library's own table; position of the last."""
    with Library(env(database_url)) as library:
        recordings = library.events.put(cast(Any, entries))
        return recordings[-1].notification.id


def follow(database_url: str, last: int, view: type[View]) -> float:
    """Seconds that the runner takes until the entry at that position is shown."""
    begun = time.perf_counter()
    with ProjectionRunner(
        application_class=Library,
        projection_class=Follow,
        view_class=view,
        env=env(database_url),
    ) as runner:
        runner.wait(last, timeout=600)
        return time.perf_counter() - begun


class Case(Aggregate):
    """An invoice as the library would have it: the same events with the same payloads."""

    @event("Registered")
    def __init__(
        self,
        number: str,
        debtor: str,
        business_unit: str,
        collector: str,
        amount: Decimal,
        currency: str,
        due_on: str,
    ) -> None:
        self.number, self.debtor, self.amount = number, debtor, amount
        self.business_unit, self.collector = business_unit, collector
        self.currency, self.due_on = currency, due_on
        self.resolver, self.reminders, self.follow_up_on = "", 0, due_on

    @event("Sent")
    def send(self, channel: str, to: str) -> None:
        self.sent = channel, to

    @event("ContactLogged")
    def log_contact(
        self, contact_id: UUID, channel: str, direction: str, who: str, summary: str
    ) -> None:
        self.last_contact = contact_id

    @event("DisputeOpened")
    def dispute(
        self, case_id: UUID, reason: str, contested: Decimal, disputed: Decimal, comment: str
    ) -> None:
        self.case_id, self.reason, self.disputed = case_id, reason, disputed

    @event("ResolverAssigned")
    def assign(self, case_id: UUID, resolver: str, expected: str, follow_up_on: str) -> None:
        self.resolver, self.follow_up_on = resolver, follow_up_on

    @event("ResolverReminded")
    def remind(self, case_id: UUID, resolver: str, times: int, follow_up_on: str) -> None:
        self.reminders, self.follow_up_on = times, follow_up_on


class Cases(Application[UUID]):
    """Default recorder, default transcoder."""

    name = "cases"

    def made(self, count: int) -> list[UUID]:
        """So many of twelve events each."""
        made = list[UUID]()
        for _ in range(count):
            case = Case("INV-1", "D-1001", "Benelux", "anna", Decimal(1250), "EUR", DAY)
            case.send("e-mail", "payables@debtor.example")
            case.log_contact(uuid4(), "phone", "out", "Mr Jansen", COMMENT)
            case.dispute(uuid4(), "damaged", Decimal(250), Decimal(250), COMMENT)
            case.assign(case.case_id, "sam", "credit it or not", DAY)
            for times in range(1, 8):
                case.remind(case.case_id, "sam", times, DAY)
            self.save(case)
            made.append(case.id)
        return made

    def remind(self, id_: UUID) -> None:
        """One command: load, decide, save."""
        case: Case = self.repository.get(id_)
        case.remind(case.case_id, case.resolver, case.reminders + 1, DAY)
        self.save(case)
