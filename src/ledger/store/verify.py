"""Proves the ledger whole: positions gapless, books contiguous, every content hash true."""

from dataclasses import dataclass
from uuid import UUID

from ledger.database.pool import Conn
from ledger.store.codec import decode
from ledger.store.errors import LedgerCorrupt
from ledger.store.hashing import content_hash
from ledger.store.reading import Progress, head, no_progress


@dataclass(frozen=True)
class VerificationReport:
    """What was proved."""

    entries: int
    books: int


def verify(
    conn: Conn, tenant: str, progress: Progress = no_progress, page: int = 10_000
) -> VerificationReport:
    """Reads the whole ledger in position order, in one snapshot. Raises ``LedgerCorrupt``.

    Memory: a number a book. Nothing but the rows themselves is trusted.
    """
    last: dict[UUID, int] = {}
    position = 0
    with conn.transaction():
        conn.execute("set transaction isolation level repeatable read, read only")
        with conn.cursor(name="verify", binary=True) as cursor:
            cursor.itersize = page
            cursor.execute(
                "select position, book_id, line, topic, state, content_hash"
                " from entry where tenant_id = %s order by position",
                [tenant],
            )
            for at, book, line, topic, state, hashed in cursor:
                position = _in_order(position, at)
                last[book] = _contiguous(last.get(book, 0), at, book, line)
                if content_hash(tenant, book, line, topic, state) != bytes(hashed):
                    raise LedgerCorrupt(f"position {at} (line {line} of book {book}) was changed")
                decode(book, line, topic, state, at)
                if at % page == 0:
                    progress(page)
        progress(position % page)
        if position != (written := head(conn, tenant)):
            raise LedgerCorrupt(
                f"{written} entries were written, and the last one there is {position}"
            )
    return VerificationReport(position, len(last))


def _in_order(position: int, at: int) -> int:
    if at != position + 1:
        raise LedgerCorrupt(f"position {position + 1} is missing: after {position} comes {at}")
    return at


def _contiguous(before: int, at: int, book: UUID, line: int) -> int:
    if line != before + 1:
        raise LedgerCorrupt(
            f"position {at} is line {line} of book {book}, whose last line is {before}"
        )
    return line
