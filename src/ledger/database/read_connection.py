"""A connection of the event loop for prepared queries.

psycopg's asynchronous cursor registers the socket for each answer and converts the query each time,
which takes twice as long as a short query. So types, errors and rows are psycopg's, but not the
cursor.
"""

import asyncio
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import starmap
from typing import Any, NamedTuple, TypeVar

from psycopg import AsyncConnection
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import OperationalError, error_from_result
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult

from ledger.database.query import Query

R = TypeVar("R")
LOOK = 1.0  # seconds between two looks at a connection that does not answer
MAX_STATEMENTS = 100  # that stay prepared, as in psycopg
PLACEHOLDER = re.compile(r"%(?:\((\w+)\)s|(s)|(%))")


class Statement(NamedTuple):
    """SQL with numbered parameters, and their names in order."""

    sql: bytes
    names: Sequence[str]

    def values(self, parameters: Mapping[str, Any] | Sequence[Any]) -> list[Any]:
        if isinstance(parameters, Mapping):
            return [parameters[name] for name in self.names]
        return list(parameters)


class ReadConnection:
    """A connection for a query at a time. It must be in autocommit and not be shared."""

    def __init__(self, conn: AsyncConnection[Any]) -> None:
        self._conn, self._pg = conn, conn.pgconn
        self._adapter = Transformer(conn)
        self._prepared = dict[tuple[bytes, tuple[int, ...]], bytes]()
        self._results = list[PGresult]()
        self._answer: asyncio.Future[list[PGresult]] | None = None
        self._loop = asyncio.get_running_loop()
        self._watched: int | None = conn.fileno()
        self._loop.add_reader(conn.fileno(), self._on_readable)

    @property
    def is_idle(self) -> bool:
        """Return whether it can take a query; False after a lost connection or unread answer."""
        return self._pg.transaction_status == TransactionStatus.IDLE

    async def ask(self, query: Query[R]) -> list[R]:
        """Return the rows. Raise psycopg's errors. Not usable after a cancelled query."""
        statement = _statement(query.sql)
        values = statement.values(query.parameters)
        bound = self._adapter.dump_sequence(values, [PyFormat.TEXT] * len(values))
        types, formats = self._adapter.types or (), self._adapter.formats
        if query.depends_on_values:
            self._pg.send_query_params(statement.sql, bound, types, formats)
        else:
            name = self._prepared.get((statement.sql, types))
            if name is None:
                name = await self._prepare(statement.sql, types)
            self._pg.send_query_prepared(name, bound, formats)
        result = await self._receive()
        self._adapter.set_pgresult(result)
        return _rows(query, result, self._adapter.load_rows(0, result.ntuples, tuple))

    async def close(self) -> None:
        """Close it, even while it waits for an answer."""
        self._stop_watching()
        await self._conn.close()

    def _stop_watching(self) -> None:
        """Unregister once: libpq closed a lost socket, and its number may be reused."""
        if self._watched is not None:
            self._loop.remove_reader(self._watched)
            self._watched = None

    async def _prepare(self, sql: bytes, types: tuple[int, ...]) -> bytes:
        if len(self._prepared) >= MAX_STATEMENTS:
            self._prepared.clear()
            self._pg.send_query(b"deallocate all")
            await self._receive()
        name = b"read_%d" % len(self._prepared)
        self._pg.send_prepare(name, sql, types)
        await self._receive()
        self._prepared[sql, types] = name
        return name

    async def _receive(self) -> PGresult:
        self._results, self._answer = [], self._loop.create_future()
        while self._pg.flush():  # the socket is full, which hardly ever happens
            await asyncio.sleep(0)
        self._looks = self._loop.call_later(LOOK, self._look)
        try:
            result = (await self._answer)[-1]
        finally:
            self._looks.cancel()
        if result.status not in (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK):
            raise error_from_result(result, self._conn.info.encoding)
        return result

    def _look(self) -> None:
        """Read what there is: uvloop reports a reset connection to nobody, and we wait for ever."""
        self._on_readable()
        self._looks = self._loop.call_later(LOOK, self._look)

    def _on_readable(self) -> None:
        try:
            self._pg.consume_input()
            while not self._pg.is_busy():
                result = self._pg.get_result()
                if result is None:
                    self._finish(None)
                    return
                self._results.append(result)
        except OperationalError as error:  # the connection is lost
            self._stop_watching()
            self._finish(error)

    def _finish(self, error: OperationalError | None) -> None:
        answer, self._answer = self._answer, None
        if answer is None or answer.done():  # no query, or it was cancelled
            return
        if error:
            answer.set_exception(error)
        else:
            answer.set_result(self._results)


@lru_cache(1000)
def _statement(sql: str) -> Statement:
    """Number the placeholders for Postgres, each name once."""
    names = list[str]()

    def number(found: re.Match[str]) -> str:
        if found[3]:
            return "%"
        name = found[1] or str(len(names))
        if name not in names:
            names.append(name)
        return f"${names.index(name) + 1}"

    return Statement(PLACEHOLDER.sub(number, sql).encode(), names)


def _rows(query: Query[R], result: PGresult, found: list[tuple[Any, ...]]) -> list[R]:
    if not query.by_name:
        return list(starmap(query.row, found))
    names = [(result.fname(n) or b"").decode() for n in range(result.nfields)]
    return [query.row(**dict(zip(names, values, strict=True))) for values in found]
