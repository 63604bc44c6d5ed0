"""The append: a call of one SQL function writes the lines of many callers."""

from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from ledger.database.pg_arrays import BYTEAS, INTS, TEXTS, UUIDS, byteas, ints, texts, uuids
from ledger.database.pg_prepared import (
    BINARY,
    TEXT,
    PreparedStatement,
    do_nothing,
    execute_prepared,
)
from ledger.store.hashing import content_hash

APPEND = PreparedStatement(
    b"append",
    b"select item, positions, written from ledger.append_all($1, $2, $3, $4, $5, $6, $7, $8)"
    b" order by item",
    (25, INTS, UUIDS, INTS, TEXTS, TEXTS, BYTEAS, BYTEAS),
    (TEXT, *[BINARY] * 7),
)
Observer = Callable[[int, float, int], None]  # after an append: lines, seconds, stale answers


def ignore(lines: int, seconds: float, stale: int) -> None:
    """Observe nothing."""


class AppendResult(NamedTuple):
    positions: list[int] | None  # None: stale
    written: bool  # False: the same lines were there before


class Line(NamedTuple):
    """A row to write; its caller calculates the hash, so nothing is hashed under the lock."""

    book_id: UUID
    line: int
    topic: str | None  # None: only assert that the book still ends here
    state: str
    content_hash: bytes
    before: bytes | None = None  # hash of the previous line, when it was not read just now


def make_line(
    tenant: str, book_id: UUID, number: int, topic: str, state: str, before: bytes | None = None
) -> Line:
    hashed = content_hash(tenant, book_id, number, topic, state)
    return Line(book_id, number, topic, state, hashed, before)


def assert_unchanged(book_id: UUID, number: int, hashed: bytes | None = None) -> Line:
    """Return a line that makes the append stale unless the book ends at this line and hash."""
    return Line(book_id, number, None, "", b"", hashed)


def append(
    conn: Connection[Any],
    tenant: str,
    appends: Sequence[Sequence[Line]],
    meanwhile: Callable[[], None] = do_nothing,
) -> list[AppendResult]:
    """Write each append whole or not at all, and return their results.

    Needs a connection in autocommit: the call is its own transaction. ``meanwhile`` is called while
    the server works.
    """
    items = [item for item, lines in enumerate(appends) for _ in lines]
    books, numbers, topics, states, hashes, befores = zip(
        *(line for lines in appends for line in lines), strict=True
    )
    keys = (tenant.encode(), ints(items), uuids(books), ints(numbers))
    content = (texts(topics), texts(states), byteas(hashes), byteas(befores))
    found = execute_prepared(conn, APPEND, (*keys, *content), meanwhile)
    item, first, _ = found[0]
    if item is None and first:  # all were written, from this position on
        ends = accumulate(map(len, appends), initial=int(first.strip(b"{}")))
        return [AppendResult([*range(begin, end)], True) for begin, end in pairwise(ends)]
    return [AppendResult(_positions(positions), written == b"t") for _, positions, written in found]


def _positions(array: bytes | None) -> list[int] | None:
    """Read a Postgres array: ``{7,8,9}``."""
    return None if array is None else [int(position) for position in array[1:-1].split(b",")]
