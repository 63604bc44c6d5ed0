"""What may have something to do today. The read models find it; its books decide."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

from api.session import TenantSession
from commands.command import Command
from commands.unit_of_work import Plan
from ledger.database.query import Query

PAGE = 500
R = TypeVar("R")


class Candidate(NamedTuple):
    """A plan that finds out on its books whether there is anything to do."""

    name: str  # for the log
    plan: Sequence[Command] | Plan
    correlation: str | None = None


def pages(
    session: TenantSession,
    find: Callable[[Any, int], Query[R]],
    start: Any,
    place: Callable[[R], Any],
) -> Iterator[list[R]]:
    """Yield the rows that ``find(after, limit)`` asks for, a page at a time.

    ``place`` says where a row stands, so that the next page begins behind the last one.
    """
    after = start
    while True:
        with session.pool.connection() as conn:
            page = find(after, PAGE).fetch(conn)
        yield page
        if len(page) < PAGE:
            return
        after = place(page[-1])
