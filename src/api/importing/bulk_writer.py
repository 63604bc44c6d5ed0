"""Many books a statement, on a connection of its own, while the next batch is being decided."""

import time
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from psycopg import Connection

from ledger.database.pool import Pool, connect
from ledger.facts.entry import Entry
from ledger.store.append import AppendResult, Line, append, make_line
from ledger.store.appender import OUTCOME_UNKNOWN
from ledger.store.codec import encode

MAX_LINES = 1_000  # of one statement; an append that is longer goes alone
PAUSES = (0.1, 1.0, 5.0)  # seconds before the same is asked again on a new connection


class BulkWriter:
    """Writes appends, each whole or not at all, in the background. Close it."""

    def __init__(self, pool: Pool, tenant: str) -> None:
        self.pool, self.tenant = pool, tenant
        self._conn: Connection[Any] | None = None
        self._thread = ThreadPoolExecutor(1, "import")

    def lines(self, entries: Iterable[Entry]) -> list[Line]:
        """The rows to be; what costs time is done here, outside the lock of the head."""
        return [
            make_line(self.tenant, one.book_id, one.line, one.event.topic, encode(one))
            for one in entries
        ]

    def write(self, appends: Sequence[list[Line]]) -> Future[list[bool]]:
        """For each append whether it is in the ledger now; False: somebody else wrote there."""
        return self._thread.submit(self._write, appends)

    def close(self) -> None:
        """Waits for what was taken."""
        self._thread.shutdown(wait=True)
        self._hang_up()

    def _write(self, appends: Sequence[list[Line]]) -> list[bool]:
        written = list[bool]()
        for some in _statements(appends):
            written += self._send(some)
        return written

    def _send(self, appends: Sequence[list[Line]]) -> list[bool]:
        """A lost answer is asked for again: lines that are there already are then our own."""
        for nth, pause in enumerate((*PAUSES, None)):
            try:
                answers = self._append(appends)
            except OUTCOME_UNKNOWN:
                self._hang_up()
                if pause is None:
                    raise
                time.sleep(pause)
            else:
                return [bool(a.positions) and (a.written or nth > 0) for a in answers]
        raise AssertionError("the last turn raises")

    def _append(self, appends: Sequence[list[Line]]) -> list[AppendResult]:
        if self._conn is None:
            self._conn = connect(self.pool)
        return append(self._conn, self.tenant, appends)

    def _hang_up(self) -> None:
        if self._conn:
            self._conn.close()
        self._conn = None


def _statements(appends: Sequence[list[Line]]) -> Iterable[list[list[Line]]]:
    some, size = list[list[Line]](), 0
    for one in appends:
        if some and size + len(one) > MAX_LINES:
            yield some
            some, size = [], 0
        some.append(one)
        size += len(one)
    if some:
        yield some
