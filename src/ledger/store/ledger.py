"""The ledger of a tenant: append and replay.

The eventsourcing library gives the interfaces (Application, Mapper, ApplicationRecorder) and the
tests of a recorder; the tables, the append and the closed list of topics are ours.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache, partial
from time import monotonic
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.persistence import JSONTranscoder, Mapper
from msgspec.structs import replace as but
from psycopg import Connection

from ledger.database import tenants
from ledger.database.pool import Pool
from ledger.facts.books import Book, BookKind, apply_entries, book_id, kind_of_event
from ledger.facts.entry import BookState, Entry
from ledger.store.append import Line, Observer, assert_unchanged, ignore, make_line
from ledger.store.codec import decode, encode
from ledger.store.errors import Stale
from ledger.store.hashing import content_hash
from ledger.store.reading import BEFORE, LAST, entries_of, since
from ledger.store.recorder import EntryMapper, Recorder

REMEMBERED = 200  # books; with more, garbage collection takes longer than is saved
ZONE_AGE = 60.0  # seconds until the time zone is read again: another process may change it
S = TypeVar("S", bound=BookState)


class Known(NamedTuple):
    """A book as last read or written here; the hash of its last entry where it is known."""

    book: Book[Any]
    last: Entry
    hashed: bytes | None = None


class Ledger(Application[UUID]):
    """A tenant's ledger. Open it once in a process, and close it."""

    name = "ledger"

    def __init__(self, pool: Pool, tenant: str = "default", watch: Observer = ignore) -> None:
        """``watch`` is called after each append. Raise ``UnknownTenant``."""
        self.pool, self.tenant, self._watch = pool, tenant, watch
        self._known: dict[UUID, Known] = {}
        self.read_zone()
        self._id_of = lru_cache(REMEMBERED)(partial(book_id, tenant))
        super().__init__()

    def construct_mapper(self) -> Mapper[UUID]:
        return EntryMapper(JSONTranscoder())

    def construct_recorder(self) -> Recorder:
        self.ours = Recorder(self.pool, self.tenant, self._watch)
        return self.ours

    def close(self) -> None:
        self.ours.appender.close()
        super().close()

    def read_zone(self) -> None:
        """Read the creditor's time zone, which may change. Raise ``UnknownTenant``."""
        with self.pool.connection() as conn:
            self.zone = tenants.zone(tenants.get(conn, self.tenant).time_zone)
        self._zone_until = monotonic() + ZONE_AGE

    def today(self, at: datetime) -> date:
        """Return the business date of a moment, in the creditor's time zone."""
        return at.astimezone(self.zone).date()

    def id_of(self, kind: BookKind[Any], number: str) -> UUID:
        return self._id_of(kind.name, number)

    def book(self, kind: BookKind[S], number: str, upto: int = LAST) -> Book[S]:
        """Return the book, or as it was at line ``upto``; line 0 before its first entry.

        Only the last remembered line and later lines are read. The database is always asked, so
        the state is never outdated.
        """
        id_ = self.id_of(kind, number)
        known = self._known.get(id_)
        book, last = (known.book, known.last) if known else (Book(kind.start(id_)), None)
        lines = self.history(id_, last.line - 1 if last else BEFORE, upto)
        if last and lines[:1] == [last]:
            del lines[0]
        elif last:  # an earlier line is asked for, or the database was restored
            book, lines = Book(kind.start(id_)), self.history(id_, upto=upto)
        book = apply_entries(kind, book, lines)
        if lines and upto == LAST:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[id_] = Known(book, lines[-1])
        return book

    def history(self, id_: UUID, after: int = BEFORE, upto: int = LAST) -> list[Entry]:
        """Return the lines of a book, faster than the library's ``events.get``."""
        if monotonic() > self._zone_until:
            self.read_zone()

        def query(conn: Connection[Any]) -> list[Entry]:
            return entries_of(conn, self.tenant, id_, after, upto)

        found = self.ours.appender.read(query)
        if found is None:
            with self.pool.connection() as conn:
                return query(conn)
        return found

    def remembered(self, kind: BookKind[S], number: str) -> Book[S] | None:
        """Return the book as last read here, without asking the database; None when it is not
        remembered. It may be outdated, so ``write`` must be given its id as remembered."""
        known = self._known.get(self.id_of(kind, number))
        return known.book if known else None

    def write(
        self,
        entries: Sequence[Entry],
        unchanged: Sequence[Book[Any]] = (),
        remembered: Collection[UUID] = (),
    ) -> list[Entry]:
        """Append all entries or none, in any number of books. Raise ``Stale``.

        It is faster than the library's ``events.put``, whose objects take longer than the rules.
        ``unchanged``: books that were only read, and must still end at the same line.
        ``remembered``: ids of the books (written or unchanged) that were remembered, not read:
        their last line must be the remembered line.
        """
        if not entries:
            return []
        befores = {id_: self._hash_of_last(id_) for id_ in remembered}
        lines = [self._line(entry, befores) for entry in entries]
        lines += (
            assert_unchanged(book.state.id, book.state.line, befores.get(book.state.id))
            for book in unchanged
        )
        ahead = list[tuple[int, Known]]()
        positions = self.ours.appender.append(lines, lambda: ahead.extend(self._ahead(lines)))
        self._follow(ahead, positions)
        return [but(entry, position=at) for entry, at in zip(entries, positions, strict=True)]

    def _line(self, entry: Entry, befores: dict[UUID, bytes]) -> Line:
        """Return the line; the first of a remembered book has the hash of the line before it."""
        id_, number, topic = entry.book_id, entry.line, entry.event.topic
        return make_line(self.tenant, id_, number, topic, encode(entry), befores.pop(id_, None))

    def _hash_of_last(self, id_: UUID) -> bytes:
        """Raise ``Stale`` when the book is not remembered any more."""
        known = self._known.get(id_)
        if known is None:
            raise Stale("the book is not remembered any more")
        if known.hashed:
            return known.hashed
        last = known.last
        return content_hash(self.tenant, id_, last.line, last.event.topic, encode(last))

    def _ahead(self, lines: Sequence[Line]) -> Iterable[tuple[int, Known]]:
        """Return each remembered book as the lines will leave it, decoded as they will be read, and
        which line is its last. It is calculated while the database writes: a tenth of a command."""
        found = dict[UUID, tuple[int, Known]]()
        for nth, line in enumerate(lines):
            _, known = found.get(line.book_id) or (nth, self._known.get(line.book_id))
            if known and known.last.line == line.line - 1 and line.topic:  # not an assertion
                entry = decode(line.book_id, line.line, line.topic, line.state, 0)
                book = apply_entries(kind_of_event(entry.event), known.book, [entry])
                found[line.book_id] = nth, Known(book, entry, line.content_hash)
        return found.values()

    def _follow(self, ahead: Iterable[tuple[int, Known]], positions: Sequence[int]) -> None:
        """Remember the books as they are now, unless somebody read them meanwhile."""
        for nth, known in ahead:
            before = self._known.get(known.last.book_id)
            if before and before.last.line < known.last.line:
                last = but(known.last, position=positions[nth])
                self._known[known.last.book_id] = known._replace(last=last)

    def head(self) -> int:
        """Return the position of the last entry; 0 when there is none."""
        return self.recorder.max_notification_id() or 0

    def since(self, position: int, limit: int) -> list[Entry]:
        with self.pool.connection() as conn:
            return since(conn, self.tenant, position, limit)
