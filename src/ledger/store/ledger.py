"""The ledger of one tenant: append and replay. The only file that knows the eventsourcing library.

The library gives the shape (Application, Mapper, ApplicationRecorder) and the tests that prove a
recorder keeps its promises; our tables, our append and our closed list of topics stand behind it.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.persistence import JSONTranscoder, Mapper
from msgspec.structs import replace as but
from psycopg import Connection

from ledger.database import tenants
from ledger.database.pool import Pool
from ledger.facts.books import Book, BookKind, apply_entries, book_id, kind_of_event
from ledger.facts.debtor import Debtor
from ledger.facts.entry import Entry
from ledger.facts.idempotency import AnsweredRequest
from ledger.facts.inbound import InboundMessage
from ledger.facts.invoice.state import Invoice
from ledger.facts.outbound import OutboundMessage
from ledger.facts.playbook import Playbook
from ledger.store.append import Line, Observer, assert_unchanged, ignore, make_line
from ledger.store.codec import decode, encode
from ledger.store.errors import Stale
from ledger.store.hashing import content_hash
from ledger.store.reading import BEFORE, LAST, entries_of, since
from ledger.store.recorder import EntryMapper, Recorder

REMEMBERED = 200  # books; of more the collector of garbage takes longer than is won
S = TypeVar("S", Invoice, Debtor, OutboundMessage, InboundMessage, Playbook, AnsweredRequest)


class Ledger(Application[UUID]):
    """One tenant's ledger. Open one per tenant and process, and close it."""

    name = "ledger"

    def __init__(self, pool: Pool, tenant: str = "default", watch: Observer = ignore) -> None:
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

    def id_of(self, kind: BookKind[Any], number: str) -> UUID:
        return book_id(self.tenant, kind.name, number)

    def book(self, kind: BookKind[S], number: str, upto: int = LAST) -> Book[S]:
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
        book = apply_entries(kind, book, lines)
        if lines and upto == LAST:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[id_] = book, lines[-1]
        return book

    def history(self, id_: UUID, after: int = BEFORE, upto: int = LAST) -> list[Entry]:
        """What ``events.get`` gives, a shorter way."""

        def query(conn: Connection[Any]) -> list[Entry]:
            return entries_of(conn, self.tenant, id_, after, upto)

        found = self.ours.appender.read(query)
        if found is None:
            with self.pool.connection() as conn:
                return query(conn)
        return found

    def remembered(self, kind: BookKind[S], number: str) -> Book[S] | None:
        """Return the book as it was last known here, without asking the database; None when it
        was not read lately. Others may have written in it since, so what is decided on it stands
        only when ``encode`` is given its id."""
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
            assert_unchanged(book.state.id, book.state.line, befores.get(book.state.id))
            for book in unchanged
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
        return make_line(self.tenant, id_, number, topic, encode(entry), befores.pop(id_, None))

    def _hash_of_last(self, id_: UUID) -> bytes:
        """Raises ``Stale`` when the book was forgotten meanwhile."""
        known = self._known.get(id_)
        if known is None:
            raise Stale("the book is not remembered any more")
        last = known[1]
        return content_hash(self.tenant, id_, last.line, last.event.topic, encode(last))

    def _follow(self, lines: Sequence[Line], positions: Sequence[int]) -> None:
        """Keep what is remembered up with what was written, read as anybody would read it."""
        for one, position in zip(lines, positions, strict=False):  # assertions come last
            known = self._known.get(one.book_id)
            if known and known[1].line == one.line - 1 and one.topic:
                entry = decode(one.book_id, one.line, one.topic, one.state, position)
                book = apply_entries(kind_of_event(entry.event), known[0], [entry])
                self._known[one.book_id] = book, entry

    def head(self) -> int:
        """Position of the last entry; 0 when nothing was written yet."""
        return self.recorder.max_notification_id() or 0

    def since(self, position: int, limit: int) -> list[Entry]:
        with self.pool.connection() as conn:
            return since(conn, self.tenant, position, limit)
