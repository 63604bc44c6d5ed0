"""That what was acknowledged is in the ledger, each of it exactly once, and nothing else."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec
from psycopg import Connection

from ledger.store.codec import decode
from sample_data import TENANT

MOST = 10  # faults that are told


class Said(NamedTuple):
    """A line as its writer was told of it. ``data`` of his own key's entry he was not told."""

    book: str | None
    line: int | None
    topic: str
    data: Any


def prove(conn: Connection[Any], before: int, acknowledged: Iterable[Any]) -> list[str]:
    """What is wrong, in words; ``before`` is the last position when the work began."""
    faults = list(_faults(conn, before, acknowledged))
    more = [f"and {len(faults) - MOST} more"] if len(faults) > MOST else []
    return [*faults[:MOST], *more]


def _faults(conn: Connection[Any], before: int, acknowledged: Iterable[Any]) -> Iterator[str]:
    said = dict[int, Said]()
    for answer in acknowledged:
        for position, one in _lines(answer):
            if position in said:
                yield f"position {position} was acknowledged twice: {said[position]} and {one}"
            said[position] = one
    for position, found in _written(conn, before):
        told = said.pop(position, None)
        if told is None:
            yield f"position {position} holds what nobody was told of: {found}"
        elif told != (found if told.book else Said(None, None, found.topic, None)):
            yield f"position {position} holds {found}, and its writer was told {told}"
    yield from (f"position {position} is missing: {told}" for position, told in said.items())
    count, first, last = conn.execute(
        "select count(*), min(position), max(position) from entry where tenant_id = %s", [TENANT]
    ).fetchone() or (0, 0, 0)
    if (first, last) != (1, count):
        yield f"there is a gap: {count} entries from position {first} to {last}"


def _lines(answer: Any) -> Iterator[tuple[int, Said]]:
    """An append is in one run of positions, and its last entry is the answer to its key."""
    entries, last = answer["entries"], answer["position"]
    for position, one in enumerate(entries, last - len(entries)):
        yield position, Said(one["book_id"], one["line"], one["topic"], one["data"])
    yield last, Said(None, None, "request-answered.v1", None)


def _written(conn: Connection[Any], before: int) -> Iterator[tuple[int, Said]]:
    with conn.transaction(), conn.cursor(name="written") as cursor:
        cursor.execute(
            "select book_id, line, topic, state, position from entry"
            " where tenant_id = %s and position > %s order by position",
            [TENANT, before],
        )
        for row in cursor:
            entry = decode(*row)
            data = msgspec.json.decode(msgspec.json.encode(entry.event))
            yield entry.position, Said(str(entry.book_id), entry.line, entry.event.topic, data)
