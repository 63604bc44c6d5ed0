"""A question is a value: its SQL, its parameters and the row it answers with.

So the same question is asked by the command line (one thread, one connection) and over HTTP
(many at once, on an asynchronous pool), and its plan can be explained.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from psycopg import Connection
from psycopg.rows import args_row, class_row

R = TypeVar("R")


@dataclass(frozen=True)
class Query(Generic[R]):
    """``row`` is called with the columns by name, or with the values alone, which is quicker."""

    sql: str
    parameters: Mapping[str, Any] | Sequence[Any]
    row: Callable[..., R]
    by_name: bool = True

    def fetch(self, conn: Connection[Any]) -> list[R]:
        with conn.cursor(row_factory=self._rows) as cursor:
            return cursor.execute(self.sql.encode(), self.parameters).fetchall()

    def one(self, conn: Connection[Any]) -> R | None:
        return next(iter(self.fetch(conn)), None)

    @property
    def _rows(self) -> Any:
        make: Any = self.row
        return class_row(make) if self.by_name else args_row(make)
