"""The eventsourcing library's recorder and mapper on our tables."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from eventsourcing.persistence import (
    ApplicationRecorder,
    IntegrityError,
    Mapper,
    Notification,
    NotSupportedError,
    StoredEvent,
    Subscription,
)

from ledger.database.pool import Pool, connect
from ledger.facts.entry import Entry
from ledger.store.append import Observer, ignore, make_line
from ledger.store.appender import Appender
from ledger.store.codec import decode, encode
from ledger.store.errors import Stale
from ledger.store.reading import COLUMNS, head


class EntryMapper(Mapper[UUID]):
    """The mapper of entries. The library's own mapper would import any module that a row names."""

    def to_stored_event(self, entry: Entry) -> StoredEvent:  # type: ignore[override]
        return StoredEvent(entry.book_id, entry.line, entry.event.topic, encode(entry).encode())

    def to_domain_event(self, row: StoredEvent) -> Any:
        position = row.id if isinstance(row, Notification) else 0
        book = cast(UUID, row.originator_id)
        return decode(book, row.originator_version, row.topic, row.state, position)


class Recorder(ApplicationRecorder):
    """The recorder on our tables; it writes through the group append."""

    def __init__(self, pool: Pool, tenant: str, watch: Observer = ignore) -> None:
        self.pool, self.tenant = pool, tenant
        self.appender = Appender(lambda: connect(pool), tenant, watch)

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> list[int]:
        if not stored_events:
            return []
        lines = [
            make_line(
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
            f"select {COLUMNS} from ledger.entry where tenant_id = %s and book_id = %s"
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
            f"select {COLUMNS} from ledger.entry where tenant_id = %s and position > %s"
            " and position <= coalesce(%s::bigint, position)"
            " and topic = any(coalesce(%s::text[], array[topic]))"
            " order by position limit %s",
            [after, stop, list(topics) or None, limit],
        )

    def max_notification_id(self) -> int | None:
        with self.pool.connection() as conn:
            return head(conn, self.tenant) or None

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[Any]:
        raise NotSupportedError("read by position instead: see ledger.engine.projector")

    def _select(self, query: str, params: list[Any]) -> list[Notification]:
        with self.pool.connection() as conn:
            rows = conn.execute(query, [self.tenant, *params], prepare=True, binary=True)
            return [
                Notification(book, number, topic, state.encode(), position)
                for book, number, topic, state, position in rows
            ]
