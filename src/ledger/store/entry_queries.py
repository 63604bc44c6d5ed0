"""Queries of the ledger for the event loop: lines with their stored hashes."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from ledger.database.query import Query
from ledger.facts.entry import Entry
from ledger.facts.idempotency import RequestAnswered
from ledger.store.codec import decode

COLUMNS = "e.book_id, e.line, e.topic, e.state, e.position, e.content_hash"
REGISTERED = ("invoice-registered.v1", "debtor-registered.v1")  # they have the book's number


class Line(NamedTuple):
    """An entry, its stored content hash, and the number of its book where the query returns it."""

    entry: Entry
    hashed: bytes
    number: str | None = None


def _line(content_hash: bytes, number: str | None = None, **columns: Any) -> Line:
    return Line(decode(**columns), bytes(content_hash), number)


def of_book(tenant: str, book: UUID) -> Query[Line]:
    """Return the query of the lines of a book, in order."""
    return Query(
        f"select {COLUMNS} from ledger.entry e where e.tenant_id = %(tenant)s"
        " and e.book_id = %(book)s order by e.line",
        {"tenant": tenant, "book": book},
        _line,
    )


def of_books(tenant: str, books: Sequence[UUID], topic: str) -> Query[Line]:
    """Return the query of the lines of a topic in these books, in order of recording."""
    return Query(
        f"select {COLUMNS} from ledger.entry e where e.tenant_id = %(tenant)s"
        " and e.book_id = any(%(books)s) and e.topic = %(topic)s order by e.position",
        {"tenant": tenant, "books": list(books), "topic": topic},
        _line,
    )


def since(tenant: str, after: int, upto: int, topics: Sequence[str], limit: int) -> Query[Line]:
    """Return the query of the tenant's next lines, of these topics or of all but answers."""
    only = "e.topic = any(%(topics)s)" if topics else "e.topic <> %(answered)s"
    return Query(
        f"""
            select {COLUMNS},
                   (select r.state::json -> 'event' ->> 'number' from ledger.entry r
                    where r.tenant_id = %(tenant)s and r.book_id = e.book_id
                      and r.topic = any(%(registered)s)
                    order by r.line limit 1) as number
            from ledger.entry e
            where e.tenant_id = %(tenant)s and e.position > %(after)s
              and e.position <= %(upto)s and {only}
            order by e.position limit %(limit)s
            """,
        {
            "tenant": tenant,
            "after": after,
            "upto": upto,
            "topics": list(topics),
            "answered": RequestAnswered.topic,
            "registered": list(REGISTERED),
            "limit": limit,
        },
        _line,
    )


def at_positions(tenant: str, positions: Sequence[int]) -> Query[Line]:
    """Return the query of the lines at these positions."""
    return Query(
        f"select {COLUMNS} from ledger.entry e where e.tenant_id = %(tenant)s"
        " and e.position = any(%(positions)s)",
        {"tenant": tenant, "positions": list(positions)},
        _line,
    )


def head(tenant: str) -> Query[int]:
    """Return the query of the position of the tenant's last entry."""
    sql = "select position from ledger.tenant_head where tenant_id = %(tenant)s"
    return Query(sql, {"tenant": tenant}, int, by_name=False)
