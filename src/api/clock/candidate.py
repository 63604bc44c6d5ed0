"""Candidates for the work of a day. The read models find them; their books decide."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

from api.session import TenantSession
from commands.command import Command
from commands.execute import Plan
from ledger.database.query import Query

PAGE = 500
R = TypeVar("R")


class Candidate(NamedTuple):
    """A plan that determines from its books whether there is anything to do."""

    name: str  # for the log
    plan: Sequence[Command] | Plan
    correlation: str | None = None


def pages(
    session: TenantSession,
    find: Callable[[Any, int], Query[R]],
    start: Any,
    position: Callable[[R], Any],
) -> Iterator[list[R]]:
    """Yield the rows of ``find(after, limit)`` in pages; ``position`` returns a row's cursor."""
    after = start
    while True:
        with session.pool.connection() as conn:
            page = find(after, PAGE).fetch(conn)
        yield page
        if len(page) < PAGE:
            return
        after = position(page[-1])
