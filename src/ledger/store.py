"""The ledger of one tenant: append and replay. The only file that knows the eventsourcing library.

The library gives the shape (Application, Mapper, ApplicationRecorder) and the tests that prove a
recorder keeps its promises; our tables, our append and our closed list of topics stand behind it.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, TypeVar, cast
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.persistence import (
    ApplicationRecorder,
    IntegrityError,
    JSONTranscoder,
    Mapper,
    Notification,
    NotSupportedError,
    StoredEvent,
    Subscription,
)
from msgspec.structs import replace as but
from psycopg import Connection

from ledger import tenants
from ledger.append import Line, Stale, Watch, line, nobody, still
from ledger.appender import Appender
from ledger.books import Book, Kind, book_id, follow, kind_of
from ledger.codec import read, write
from ledger.debtor import Debtor
from ledger.events import Entry
from ledger.hashing import content_hash
from ledger.incoming import Incoming
from ledger.invoice import Invoice
from ledger.message import Message
from ledger.pages import BEFORE, LAST, head, of_book, since
from ledger.playbook import Playbook
from ledger.pool import Pool, dial
from ledger.request import Request

COLUMNS = "book_id, line, topic, state, position"
REMEMBERED = 200  # books; of more the collector of garbage takes longer than is won
S = TypeVar("S", Invoice, Debtor, Message, Incoming, Playbook, Request)


class EntryMapper(Mapper[UUID]):
    """Entry <-> row. The library's own way would import whatever module a row names."""

    def to_stored_event(self, entry: Entry) -> StoredEvent:  # type: ignore[override]
        return StoredEvent(entry.book_id, entry.line, entry.event.topic, write(entry).encode())

    def to_domain_event(self, row: StoredEvent) -> Any:
        position = row.id if isinstance(row, Notification) else 0
        book = cast(UUID, row.originator_id)
        return read(book, row.originator_version, row.topic, row.state, position)


class Recorder(ApplicationRecorder):
    """Our tables, behind the library's interface. Writes go through the group append."""

    def __init__(self, pool: Pool, tenant: str, watch: Watch = nobody) -> None:
        self.pool, self.tenant = pool, tenant
        self.appender = Appender(lambda: dial(pool), tenant, watch)

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> list[int]:
        if not stored_events:
            return []
        lines = [
            line(
                self.tenant,
                cast(UUID, e.originator_id),
                e.originator_version,
                e.topic,
                e.state.decode(),
            )
            for e in stored_events
        ]
        try:
            return self.appender.append(lines)
        except Stale as stale:
            raise IntegrityError(str(stored_events[0].originator_id)) from stale

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> list[Notification]:
        return self._select(
            f"select {COLUMNS} from entry where tenant_id = %s and book_id = %s"
            f" and line > coalesce(%s::int, -1) and line <= coalesce(%s::int, 2147483647)"
            f" order by line {'desc' if desc else 'asc'} limit %s",
            [originator_id, gt, lte, limit],
        )

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> list[Notification]:
        after = (start or 0) - (1 if inclusive_of_start else 0)
        return self._select(
            f"select {COLUMNS} from entry where tenant_id = %s and position > %s"
            " and position <= coalesce(%s::bigint, position)"
            " and topic = any(coalesce(%s::text[], array[topic]))"
            " order by position limit %s",
            [after, stop, list(topics) or None, limit],
        )

    def max_notification_id(self) -> int | None:
        with self.pool.connection() as conn:
            return head(conn, self.tenant) or None

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[Any]:
        raise NotSupportedError("read on by position instead: see ledger.follow")

    def _select(self, query: str, params: list[Any]) -> list[Notification]:
        with self.pool.connection() as conn:
            rows = conn.execute(query, [self.tenant, *params], prepare=True, binary=True)
            return [
                Notification(book, number, topic, state.encode(), position)
                for book, number, topic, state, position in rows
            ]


class Ledger(Application[UUID]):
    """One tenant's ledger. Open one per tenant and process, and close it."""

    name = "ledger"

    def __init__(self, pool: Pool, tenant: str = "default", watch: Watch = nobody) -> None:
        """``watch`` is told of every append. Raises ``UnknownTenant``."""
        self.pool, self.tenant, self._watch = pool, tenant, watch
        self._known: dict[UUID, tuple[Book[Any], Entry]] = {}
        with pool.connection() as conn:
            self.zone = tenants.zone(tenants.get(conn, tenant).time_zone)
        super().__init__()

    def construct_mapper(self) -> Mapper[UUID]:
        return EntryMapper(JSONTranscoder())

    def construct_recorder(self) -> Recorder:
        self.ours = Recorder(self.pool, self.tenant, self._watch)
        return self.ours

    def close(self) -> None:
        self.ours.appender.close()
        super().close()

    def today(self, at: datetime) -> date:
        """The business date of a moment, in the creditor's time zone."""
        return at.astimezone(self.zone).date()

    def id_of(self, kind: Kind[Any], number: str) -> UUID:
        return book_id(self.tenant, kind.name, number)

    def book(self, kind: Kind[S], number: str, upto: int = LAST) -> Book[S]:
        """As it stands, or as it stood at line ``upto``; line 0 when nobody wrote in it yet.

        Of a book that was read before only its last line then and the lines since are read; the
        database is always asked, so nobody decides on an old state.
        """
        id_ = self.id_of(kind, number)
        book, last = self._known.get(id_) or (Book(kind.start(id_)), None)
        lines = self.history(id_, last.line - 1 if last else BEFORE, upto)
        if last and lines[:1] == [last]:
            del lines[0]
        elif last:  # asked for an earlier line, or the database was put back to an earlier day
            book, lines = Book(kind.start(id_)), self.history(id_, upto=upto)
        book = follow(kind, book, lines)
        if lines and upto == LAST:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[id_] = book, lines[-1]
        return book

    def history(self, id_: UUID, after: int = BEFORE, upto: int = LAST) -> list[Entry]:
        """What ``events.get`` gives, a shorter way."""

        def query(conn: Connection[Any]) -> list[Entry]:
            return of_book(conn, self.tenant, id_, after, upto)

        found = self.ours.appender.read(query)
        if found is None:
            with self.pool.connection() as conn:
                return query(conn)
        return found

    def remembered(self, kind: Kind[S], number: str) -> Book[S] | None:
        """Return the book as it was last known here, without asking the database; None when it
        was not read lately. Others may have written in it since, so what is decided on it stands
        only when ``write`` is given its id."""
        known = self._known.get(self.id_of(kind, number))
        return known[0] if known else None

    def write(
        self,
        entries: Sequence[Entry],
        unchanged: Sequence[Book[Any]] = (),
        remembered: Collection[UUID] = (),
    ) -> list[Entry]:
        """Append the entries: all or nothing, in as many books as it takes. Raises ``Stale``.

        What ``events.put`` does, a shorter way: the library's objects take longer than the rules.
        ``unchanged``: books that were only read, and must still end where they were read.
        ``remembered``: ids of those (written or unchanged) that were not read, whose last line
        must be the very one that was known.
        """
        if not entries:
            return []
        befores = {id_: self._hash_of_last(id_) for id_ in remembered}
        lines = [self._line(entry, befores) for entry in entries]
        lines += (
            still(book.state.id, book.state.line, befores.get(book.state.id)) for book in unchanged
        )
        positions = self.ours.appender.append(lines)
        self._follow(lines, positions)
        return [
            but(entry, position=position)
            for entry, position in zip(entries, positions, strict=True)
        ]

    def _line(self, entry: Entry, befores: dict[UUID, bytes]) -> Line:
        """The first line of a remembered book names the hash of the line before it."""
        id_, number, topic = entry.book_id, entry.line, entry.event.topic
        return line(self.tenant, id_, number, topic, write(entry), befores.pop(id_, None))

    def _hash_of_last(self, id_: UUID) -> bytes:
        """Raises ``Stale`` when the book was forgotten meanwhile."""
        known = self._known.get(id_)
        if known is None:
            raise Stale("the book is not remembered any more")
        last = known[1]
        return content_hash(self.tenant, id_, last.line, last.event.topic, write(last))

    def _follow(self, lines: Sequence[Line], positions: Sequence[int]) -> None:
        """Keep what is remembered up with what was written, read as anybody would read it."""
        for one, position in zip(lines, positions, strict=False):  # assertions come last
            known = self._known.get(one.book_id)
            if known and known[1].line == one.line - 1 and one.topic:
                entry = read(one.book_id, one.line, one.topic, one.state, position)
                book = follow(kind_of(entry.event), known[0], [entry])
                self._known[one.book_id] = book, entry

    def head(self) -> int:
        """Position of the last entry; 0 when nothing was written yet."""
        return self.recorder.max_notification_id() or 0

    def since(self, position: int, limit: int) -> list[Entry]:
        with self.pool.connection() as conn:
            return since(conn, self.tenant, position, limit)
