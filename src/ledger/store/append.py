"""The append: one call of one SQL function writes the lines of many callers."""

from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from ledger.database.pg_arrays import BYTEAS, INTS, TEXTS, UUIDS, byteas, ints, texts, uuids
from ledger.database.pg_prepared import BINARY, TEXT, PreparedStatement, execute_prepared
from ledger.store.hashing import content_hash

APPEND = PreparedStatement(
    b"append",
    b"select item, positions, written from append_all($1, $2, $3, $4, $5, $6, $7, $8)"
    b" order by item",
    (25, INTS, UUIDS, INTS, TEXTS, TEXTS, BYTEAS, BYTEAS),
    (TEXT, *[BINARY] * 7),
)
Observer = Callable[[int, float, int], None]  # after an append: lines, seconds, stale answers


def ignore(lines: int, seconds: float, stale: int) -> None:
    """Who watches when nobody does."""


class AppendResult(NamedTuple):
    positions: list[int] | None  # None: stale
    written: bool  # False: the very same lines were there before


class Line(NamedTuple):
    """One row to be; its hash is made by the caller, so no hashing is done under the lock."""

    book_id: UUID
    line: int
    topic: str | None  # None: write nothing, only assert that the book still ends here
    state: str
    content_hash: bytes
    before: bytes | None = None  # hash of the line before, of a book that was not read just now


def make_line(
    tenant: str,
    book_id: UUID,
    number: int,
    topic: str,
    state: str,
    before: bytes | None = None,
) -> Line:
    hashed = content_hash(tenant, book_id, number, topic, state)
    return Line(book_id, number, topic, state, hashed, before)


def assert_unchanged(book_id: UUID, number: int, hashed: bytes | None = None) -> Line:
    """The append is stale unless the book ends at this line (with this hash, if one is given):
    for rules that span books."""
    return Line(book_id, number, None, "", b"", hashed)


def append(
    conn: Connection[Any], tenant: str, appends: Sequence[Sequence[Line]]
) -> list[AppendResult]:
    """Each append is written whole or not at all, and answered by itself.

    Needs a connection in autocommit: the call is its own transaction.
    """
    items = [item for item, lines in enumerate(appends) for _ in lines]
    books, numbers, topics, states, hashes, befores = zip(
        *(one for lines in appends for one in lines), strict=True
    )
    found = execute_prepared(
        conn,
        APPEND,
        (
            tenant.encode(),
            ints(items),
            uuids(books),
            ints(numbers),
            texts(topics),
            texts(states),
            byteas(hashes),
            byteas(befores),
        ),
    )
    item, first, _ = found[0]
    if item is None and first:
        return _in_a_row(appends, int(first.strip(b"{}")))
    return [AppendResult(_positions(positions), written == b"t") for _, positions, written in found]


def _in_a_row(appends: Sequence[Sequence[Line]], first: int) -> list[AppendResult]:
    """All were written, from this position on."""
    ends = accumulate(map(len, appends), initial=first)
    return [AppendResult([*range(begin, end)], True) for begin, end in pairwise(ends)]


def _positions(said: bytes | None) -> list[int] | None:
    """``{7,8,9}``"""
    return None if said is None else [int(position) for position in said[1:-1].split(b",")]
