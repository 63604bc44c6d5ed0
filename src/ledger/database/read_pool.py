"""A pool of read connections for the event loop."""

import asyncio
from typing import Any, TypeVar

from psycopg import AsyncConnection
from psycopg.errors import OperationalError

from ledger.database.pool import AS_APPLICATION, conninfo
from ledger.database.query import Query
from ledger.database.read_connection import ReadConnection

R = TypeVar("R")
TIMEOUT = 30.0  # seconds that a query waits for a connection


class ReadPool:
    """A pool that opens connections when needed, up to ``size``; the last used is reused first."""

    def __init__(self, url: str, size: int, configure: Query[Any] | None = None) -> None:
        """``configure`` is run once on each new connection."""
        self._conninfo, self._configure = conninfo(url), configure
        self._places = asyncio.Semaphore(size)
        self._idle = list[ReadConnection]()

    async def ask(self, query: Query[R]) -> list[R]:
        """Return the rows. Raise psycopg's errors, or ``OperationalError`` when all stay busy."""
        await self._take_place()
        try:
            conn = await self._connection()
            try:
                return await conn.ask(query)
            finally:
                if conn.is_idle:
                    self._idle.append(conn)
                else:
                    await conn.close()
        finally:
            self._places.release()

    async def close(self) -> None:
        """Close all connections; no query may be running or follow."""
        while self._idle:
            await self._idle.pop().close()

    async def _take_place(self) -> None:
        try:
            async with asyncio.timeout(TIMEOUT):
                await self._places.acquire()
        except TimeoutError:
            raise OperationalError(f"no connection was free for {TIMEOUT:.0f} s") from None

    async def _connection(self) -> ReadConnection:
        """Return an idle or a new connection."""
        while self._idle:
            conn = self._idle.pop()
            if conn.is_idle:
                return conn
            await conn.close()
        fresh = await AsyncConnection.connect(self._conninfo, autocommit=True)
        try:
            await fresh.execute(AS_APPLICATION)
        except BaseException:
            await fresh.close()
            raise
        conn = ReadConnection(fresh)
        if self._configure:
            try:
                await conn.ask(self._configure)
            except BaseException:
                await conn.close()
                raise
        return conn
