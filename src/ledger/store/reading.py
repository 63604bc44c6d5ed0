"""Reads of the ledger: by position for projectors, by book for rebuilds and imports."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar
from uuid import UUID

from ledger.database.pg_prepared import BINARY, TEXT, PreparedStatement, execute_prepared
from ledger.database.pool import Conn
from ledger.facts.entry import Entry
from ledger.store.codec import decode

T = TypeVar("T")
NEWEST = 2**62  # no position is higher
PAGE = 10_000  # rows
Row = tuple[bytes, int, str, str, int]  # book, line, topic, state, position
Lock = AbstractContextManager[Any]
OPEN: Lock = nullcontext()  # for callers that do not write meanwhile
Progress = Callable[[int], None]  # called with the number of entries read since the last call
COLUMNS = "book_id, line, topic, state, position"


def no_progress(_: int) -> None:
    """Ignore progress."""


def head(conn: Conn, tenant: str) -> int:
    """Return the position of the tenant's last entry; 0 when there is none."""
    found = conn.execute(
        "select position from ledger.tenant_head where tenant_id = %s", [tenant]
    ).fetchone()
    return int(found[0]) if found else 0


def since(conn: Conn, tenant: str, position: int, limit: int) -> list[Entry]:
    """Return the next entries. Positions are gapless in commit order, so none is missed."""
    rows = conn.execute(
        f"select {COLUMNS} from ledger.entry where tenant_id = %s and position > %s"
        " order by position limit %s",
        [tenant, position, limit],
        prepare=True,
        binary=True,
    )
    return [decode(*row) for row in rows]


def entries_of_many(
    conn: Conn, tenant: str, books: Collection[UUID], upto: int = NEWEST
) -> dict[UUID, list[Entry]]:
    """Return the lines of each book up to a position, in order."""
    rows = conn.execute(
        f"select {COLUMNS} from ledger.entry where tenant_id = %s and book_id = any(%s)"
        " and position <= %s order by book_id, line",
        [tenant, list(books), upto],
        prepare=True,
        binary=True,
    )
    found: dict[UUID, list[Entry]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(decode(*row))
    return found


def entries_naming(conn: Conn, tenant: str, names: Collection[str]) -> dict[str, list[Entry]]:
    """Return the entries in whose text each name stands. Reads the whole ledger of the tenant."""
    rows = conn.execute(
        f"select {COLUMNS} from ledger.entry where tenant_id = %s and state like any(%s)"
        " order by position",
        [tenant, [f"%{name}%" for name in names]],
        binary=True,
    ).fetchall()
    return {name: [decode(*row) for row in rows if name in row[3]] for name in names}


LINES = PreparedStatement(
    b"lines",
    b"select line, topic, state, position from ledger.entry"
    b" where tenant_id = $1 and book_id = $2 and line > $3 and line <= $4 order by line",
    (25, 2950, 23, 23),
    (TEXT, BINARY, TEXT, TEXT),
)
BEFORE, LAST = -1, 2**31 - 1  # no line is lower, none can be higher


def entries_of(
    conn: Conn, tenant: str, book: UUID, after: int = BEFORE, upto: int = LAST
) -> list[Entry]:
    """Return the lines of a book, in order."""
    rows: Any = execute_prepared(
        conn, LINES, (tenant.encode(), book.bytes, b"%d" % after, b"%d" % upto)
    )
    return [
        decode(book, int(line), topic.decode(), state, int(position))
        for line, topic, state, position in rows
    ]


def hashes(conn: Conn, tenant: str, book: UUID) -> dict[int, bytes]:
    """Return the stored content hash of each line of a book."""
    rows = conn.execute(
        "select line, content_hash from ledger.entry where tenant_id = %s and book_id = %s",
        [tenant, book],
        binary=True,
    )
    return {line: bytes(hashed) for line, hashed in rows}


def iter_books(
    conn: Conn, tenant: str, upto: int
) -> Generator[tuple[UUID, list[Entry]], None, None]:
    """Yield each book of the tenant up to a position; memory holds one page."""
    for rows in iter_book_pages(conn, tenant, upto):
        yield from group_by_book(rows)


def group_by_book(rows: Iterable[Row]) -> Iterator[tuple[UUID, list[Entry]]]:
    """Yield the books of rows in order of book. Raise ``Unreadable``."""
    for book, found in groupby(rows, key=itemgetter(0)):
        id_ = UUID(bytes=book)
        yield id_, [decode(id_, line, topic, state, at) for _, line, topic, state, at in found]


def iter_book_pages(
    conn: Conn, tenant: str, upto: int, door: Lock = OPEN
) -> Generator[list[Row], None, None]:
    """Yield the rows of all books up to a position, in pages of whole books.

    The next page is fetched while a page is used. A caller that writes on the same connection
    holds the ``door`` meanwhile: between a failed statement and its rollback nothing can be
    fetched. Ids are bytes: a UUID for each row takes as long as reading it.
    """
    with conn.transaction(), conn.cursor(name="whole_books", binary=True) as cursor:
        cursor.execute(
            "select uuid_send(book_id), line, topic, state, position from ledger.entry"
            " where tenant_id = %s and position <= %s"
            " order by book_id, line",
            [tenant, upto],
        )

        def fetch() -> list[Row]:
            with door:
                return cursor.fetchmany(PAGE)

        rest = list[Row]()
        for found in prefetch(iter(fetch, [])):
            rows = rest + found
            end = bisect_left(rows, rows[-1][0], key=itemgetter(0))
            if end:
                yield rows[:end]
            rest = rows[end:]
        if rest:
            yield rest


def prefetch(pages: Iterator[T]) -> Iterator[T]:
    """Yield each page while the next is fetched."""
    with ThreadPoolExecutor(1, "ahead") as other:
        coming = other.submit(next, pages, None)
        while (page := coming.result()) is not None:
            coming = other.submit(next, pages, None)
            yield page
