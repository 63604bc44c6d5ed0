"""Queries as values, for the command line (a connection) and HTTP (the asynchronous pool)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from psycopg import Connection
from psycopg.rows import args_row, class_row

R = TypeVar("R")


@dataclass(frozen=True)
class Query(Generic[R]):
    """A query. ``row`` is called with the columns by name, or by position, which is faster.

    One that depends on its values is planned for them each time: a common word is not read as a
    rare one is.
    """

    sql: str
    parameters: Mapping[str, Any] | Sequence[Any]
    row: Callable[..., R]
    by_name: bool = True
    depends_on_values: bool = False

    def fetch(self, conn: Connection[Any]) -> list[R]:
        make: Any = self.row
        factory: Any = class_row(make) if self.by_name else args_row(make)
        with conn.cursor(row_factory=factory) as cursor:
            return cursor.execute(self.sql.encode(), self.parameters).fetchall()

    def first(self, conn: Connection[Any]) -> R | None:
        return next(iter(self.fetch(conn)), None)
