"""Writes the books of a batch in few statements, in the background, on its own connection."""

import time
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from psycopg import Connection

from ledger.database.pool import Pool, connect
from ledger.facts.entry import Entry
from ledger.store.append import Line, append, make_line
from ledger.store.appender import OUTCOME_UNKNOWN
from ledger.store.codec import encode

MAX_LINES = 1_000  # of one statement; a longer append has a statement of its own
PAUSES = (0.1, 1.0, 5.0)  # seconds before each retry on a new connection


class BulkWriter:
    """Writes appends, each whole or not at all, in the background. Close it."""

    def __init__(self, pool: Pool, tenant: str) -> None:
        self.pool, self.tenant = pool, tenant
        self._conn: Connection[Any] | None = None
        self._thread = ThreadPoolExecutor(1, "import")

    def lines(self, entries: Iterable[Entry]) -> list[Line]:
        """Return the rows to write; encoding is done here, outside the lock of the head."""
        return [
            make_line(self.tenant, e.book_id, e.line, e.event.topic, encode(e)) for e in entries
        ]

    def write(self, appends: Sequence[list[Line]]) -> Future[list[bool]]:
        """Return for each append whether it is in the ledger; False: its book is stale."""
        return self._thread.submit(self._write, appends)

    def close(self) -> None:
        """Wait for the appends that were accepted."""
        self._thread.shutdown(wait=True)
        self._disconnect()

    def _write(self, appends: Sequence[list[Line]]) -> list[bool]:
        return [done for statement in _statements(appends) for done in self._send(statement)]

    def _send(self, appends: Sequence[list[Line]]) -> list[bool]:
        """Send again after a lost answer: lines that are there already are then our own."""
        for attempt, pause in enumerate((*PAUSES, None)):
            try:
                if self._conn is None:
                    self._conn = connect(self.pool)
                answers = append(self._conn, self.tenant, appends)
            except OUTCOME_UNKNOWN:
                self._disconnect()
                if pause is None:
                    raise
                time.sleep(pause)
            else:
                return [bool(a.positions) and (a.written or attempt > 0) for a in answers]
        raise AssertionError("the last attempt raises")

    def _disconnect(self) -> None:
        if self._conn:
            self._conn.close()
        self._conn = None


def _statements(appends: Sequence[list[Line]]) -> Iterable[list[list[Line]]]:
    statement, size = list[list[Line]](), 0
    for lines in appends:
        if statement and size + len(lines) > MAX_LINES:
            yield statement
            statement, size = [], 0
        statement.append(lines)
        size += len(lines)
    if statement:
        yield statement
