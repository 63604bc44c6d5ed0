"""The append: one call of one SQL function writes the lines of many callers."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from ledger.arrays import byteas, ints, texts, uuids
from ledger.hashing import content_hash

APPEND = "select positions, written from append(%s, %s, %s, %s, %s, %s, %s) order by item"


class Stale(Exception):
    """Someone else wrote this line first; load again and decide again."""


class Answer(NamedTuple):
    positions: list[int] | None  # None: stale
    written: bool  # False: the very same lines were there before


class Line(NamedTuple):
    """One row to be; its hash is made by the caller, so no hashing is done under the lock."""

    book_id: UUID
    line: int
    topic: str | None  # None: write nothing, only assert that the book still ends here
    state: str
    content_hash: bytes


def line(tenant: str, book_id: UUID, number: int, topic: str, state: str) -> Line:
    hashed = content_hash(tenant, book_id, number, topic, state)
    return Line(book_id, number, topic, state, hashed)


def still(book_id: UUID, number: int) -> Line:
    """The append is stale unless the book ends at this line: for rules that span books."""
    return Line(book_id, number, None, "", b"")


def append(conn: Connection[Any], tenant: str, appends: Sequence[Sequence[Line]]) -> list[Answer]:
    """Each append is written whole or not at all, and answered by itself.

    Needs a connection in autocommit: the call is its own transaction.
    """
    items = [item for item, lines in enumerate(appends) for _ in lines]
    books, numbers, topics, states, hashes = zip(
        *(one for lines in appends for one in lines), strict=True
    )
    said_in = conn.info.encoding
    found = conn.execute(
        APPEND,
        [
            tenant,
            ints(items),
            uuids(books),
            ints(numbers),
            texts(topics, said_in),
            texts(states, said_in),
            byteas(hashes),
        ],
        prepare=True,
        binary=True,
    )
    return [Answer(*row) for row in found]
