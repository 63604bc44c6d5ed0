"""Verification of the ledger: gapless positions, contiguous books, correct content hashes."""

from dataclasses import dataclass
from uuid import UUID

from ledger.database.pool import Conn
from ledger.store.codec import decode
from ledger.store.errors import LedgerCorrupt
from ledger.store.hashing import content_hash
from ledger.store.reading import Progress, head, no_progress


@dataclass(frozen=True)
class VerificationReport:
    """The numbers of verified entries and books."""

    entries: int
    books: int


def verify(
    conn: Conn, tenant: str, progress: Progress = no_progress, page: int = 10_000
) -> VerificationReport:
    """Read the whole ledger by position, in one snapshot. Raise ``LedgerCorrupt``.

    Only the rows themselves are trusted, and only those of the ledger: it also fails when a read
    model's schema has a table or function with a name of the ledger's. Memory holds a number for
    each book.
    """
    last: dict[UUID, int] = {}
    position = 0
    with conn.transaction():
        conn.execute("set transaction isolation level repeatable read, read only")
        _nothing_shadows(conn)
        with conn.cursor(name="verify", binary=True) as cursor:
            cursor.itersize = page
            cursor.execute(
                "select position, book_id, line, topic, state, content_hash"
                " from ledger.entry where tenant_id = %s order by position",
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
            raise LedgerCorrupt(f"{written} entries were written, but the last is {position}")
    return VerificationReport(position, len(last))


def _nothing_shadows(conn: Conn) -> None:
    """Who reads without the schema's name must find the ledger."""
    found = conn.execute(
        "select name from (select relname::text as name, relnamespace as schema from pg_class"
        " union select proname::text, pronamespace from pg_proc) as thing"
        " where schema in (to_regnamespace('ledger'), to_regnamespace('view'))"
        " group by name having count(distinct schema) > 1 order by name"
    ).fetchall()
    if found:
        names = ", ".join(name for (name,) in found)
        raise LedgerCorrupt(f"the schema view has names of the ledger: {names}; drop them there")


def _in_order(position: int, at: int) -> int:
    if at != position + 1:
        raise LedgerCorrupt(f"position {position + 1} is missing: after {position} comes {at}")
    return at


def _contiguous(before: int, at: int, book: UUID, line: int) -> int:
    if line != before + 1:
        found = f"position {at} is line {line} of book {book}"
        raise LedgerCorrupt(f"{found}, whose last line is {before}")
    return line
