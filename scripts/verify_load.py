"""That what was acknowledged is in the ledger, each of it exactly once, and nothing else."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec
from psycopg import Connection

from ledger.store.codec import decode
from sample_data import TENANT

MAX_FAULTS = 10  # that are printed


class Acknowledged(NamedTuple):
    """A line as its writer was answered, without ``data`` for the key's own entry."""

    book: str | None
    line: int | None
    topic: str
    data: Any


def prove(conn: Connection[Any], before: int, acknowledged: Iterable[Any]) -> list[str]:
    """What is wrong, in words; ``before`` is the last position when the work began."""
    faults = list(_faults(conn, before, acknowledged))
    more = [f"and {len(faults) - MAX_FAULTS} more"] if len(faults) > MAX_FAULTS else []
    return [*faults[:MAX_FAULTS], *more]


def _faults(conn: Connection[Any], before: int, acknowledged: Iterable[Any]) -> Iterator[str]:
    by_position = dict[int, Acknowledged]()
    for answer in acknowledged:
        for position, line in _lines(answer):
            if position in by_position:
                yield f"position {position} was acknowledged twice, with {line} at last"
            by_position[position] = line
    for position, found in _written(conn, before):
        answered = by_position.pop(position, None)
        if answered is None:
            yield f"position {position} holds an entry that was acknowledged to no one: {found}"
        elif answered != (found if answered.book else Acknowledged(None, None, found.topic, None)):
            yield f"position {position} holds {found}, and its writer was answered {answered}"
    yield from (
        f"position {position} is missing: {answered}" for position, answered in by_position.items()
    )
    count, first, last = conn.execute(
        "select count(*), min(position), max(position) from entry where tenant_id = %s", [TENANT]
    ).fetchone() or (0, 0, 0)
    if (first, last) != (1, count):
        yield f"there is a gap: {count} entries from position {first} to {last}"


def _lines(answer: Any) -> Iterator[tuple[int, Acknowledged]]:
    """An append is in one run of positions, and its last entry is the answer to its key."""
    entries, last = answer["entries"], answer["position"]
    for position, entry in enumerate(entries, last - len(entries)):
        yield position, Acknowledged(entry["book_id"], entry["line"], entry["topic"], entry["data"])
    yield last, Acknowledged(None, None, "request-answered.v1", None)


def _written(conn: Connection[Any], before: int) -> Iterator[tuple[int, Acknowledged]]:
    with conn.transaction(), conn.cursor(name="written") as cursor:
        cursor.execute(
            "select book_id, line, topic, state, position from entry"
            " where tenant_id = %s and position > %s order by position",
            [TENANT, before],
        )
        for row in cursor:
            entry = decode(*row)
            data = msgspec.json.decode(msgspec.json.encode(entry.event))
            yield (
                entry.position,
                Acknowledged(str(entry.book_id), entry.line, entry.event.topic, data),
            )
