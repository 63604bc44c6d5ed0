"""Reading the ledger in bulk: by position for followers, by book for rebuilds and imports."""

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
NEWEST = 2**62  # up to whatever position there is
PAGE = 10_000  # rows
Row = tuple[bytes, int, str, str, int]  # book, line, topic, state, position
Lock = AbstractContextManager[Any]
OPEN: Lock = nullcontext()  # nobody writes meanwhile
Progress = Callable[[int], None]  # is told how many entries more were read
COLUMNS = "book_id, line, topic, state, position"


def no_progress(_: int) -> None:
    """Progress that nobody watches."""


def head(conn: Conn, tenant: str) -> int:
    """Position of the tenant's last entry, in the database itself; 0 when there is none."""
    found = conn.execute(
        "select position from tenant_head where tenant_id = %s", [tenant]
    ).fetchone()
    return int(found[0]) if found else 0


def since(conn: Conn, tenant: str, position: int, limit: int) -> list[Entry]:
    """The next entries. Positions are gapless in commit order, so nothing can follow unseen."""
    rows = conn.execute(
        f"select {COLUMNS} from entry where tenant_id = %s and position > %s"
        " order by position limit %s",
        [tenant, position, limit],
        prepare=True,
        binary=True,
    )
    return [decode(*row) for row in rows]


def entries_of_many(
    conn: Conn, tenant: str, books: Collection[UUID], upto: int = NEWEST
) -> dict[UUID, list[Entry]]:
    """The lines of these books up to a position, each book's in order."""
    rows = conn.execute(
        f"select {COLUMNS} from entry where tenant_id = %s and book_id = any(%s)"
        " and position <= %s order by book_id, line",
        [tenant, list(books), upto],
        prepare=True,
        binary=True,
    )
    found: dict[UUID, list[Entry]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(decode(*row))
    return found


LINES = PreparedStatement(
    b"lines",
    b"select line, topic, state, position from entry"
    b" where tenant_id = $1 and book_id = $2 and line > $3 and line <= $4 order by line",
    (25, 2950, 23, 23),
    (TEXT, BINARY, TEXT, TEXT),
)
BEFORE, LAST = -1, 2**31 - 1  # no line is lower, none can be higher


def entries_of(
    conn: Conn, tenant: str, book: UUID, after: int = BEFORE, upto: int = LAST
) -> list[Entry]:
    """The lines of one book, in order."""
    rows: Any = execute_prepared(
        conn, LINES, (tenant.encode(), book.bytes, b"%d" % after, b"%d" % upto)
    )
    return [
        decode(book, int(line), topic.decode(), state, int(position))
        for line, topic, state, position in rows
    ]


def hashes(conn: Conn, tenant: str, book: UUID) -> dict[int, bytes]:
    """The content hash of each line of a book, as it was stored."""
    rows = conn.execute(
        "select line, content_hash from entry where tenant_id = %s and book_id = %s",
        [tenant, book],
        binary=True,
    )
    return {line: bytes(hashed) for line, hashed in rows}


def iter_books(
    conn: Conn, tenant: str, upto: int
) -> Generator[tuple[UUID, list[Entry]], None, None]:
    """Every book of the tenant up to a position, one after the other; memory holds one page."""
    for rows in iter_book_pages(conn, tenant, upto):
        yield from group_by_book(rows)


def group_by_book(rows: Iterable[Row]) -> Iterator[tuple[UUID, list[Entry]]]:
    """Of rows that lie book by book. Raises ``Unreadable``."""
    for book, found in groupby(rows, key=itemgetter(0)):
        id_ = UUID(bytes=book)
        yield id_, [decode(id_, line, topic, state, at) for _, line, topic, state, at in found]


def iter_book_pages(
    conn: Conn, tenant: str, upto: int, door: Lock = OPEN
) -> Generator[list[Row], None, None]:
    """The rows of every book up to a position, a page at a time, that ends where a book ends.

    The next page is fetched while a page is used. Who writes meanwhile on the same connection, and
    may be refused, holds the ``door``: between a refusal and its rollback nothing can be fetched.
    Ids come as bytes: to make a UUID of each row's takes as long as to read the row.
    """
    with conn.transaction(), conn.cursor(name="whole_books", binary=True) as cursor:
        cursor.execute(
            "select uuid_send(book_id), line, topic, state, position from entry"
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
    """The next page is fetched while the last one is used: the server need not wait for us."""
    with ThreadPoolExecutor(1, "ahead") as other:
        coming = other.submit(next, pages, None)
        while (page := coming.result()) is not None:
            coming = other.submit(next, pages, None)
            yield page
