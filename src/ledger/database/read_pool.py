"""Connections of the event loop to read with: as many as are needed, up to a limit."""

import asyncio
from typing import Any, TypeVar

from psycopg import AsyncConnection
from psycopg.errors import OperationalError

from ledger.database.pool import set_application_name
from ledger.database.query import Query
from ledger.database.read_connection import ReadConnection

R = TypeVar("R")
TIMEOUT = 30.0  # seconds that a query waits for a connection


class ReadPool:
    """Opens connections when they are needed and keeps them; the last one used is used first."""

    def __init__(self, url: str, size: int, configure: Query[Any] | None = None) -> None:
        """``configure``: asked once of each new connection."""
        self._conninfo, self._configure = set_application_name(url), configure
        self._places = asyncio.Semaphore(size)
        self._idle = list[ReadConnection]()

    async def ask(self, query: Query[R]) -> list[R]:
        """Return the rows. Raises psycopg's errors; ``OperationalError`` when all connections
        stay busy for too long."""
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
        """Close all of them; nothing may be asked at that time or later."""
        while self._idle:
            await self._idle.pop().close()

    async def _take_place(self) -> None:
        try:
            async with asyncio.timeout(TIMEOUT):
                await self._places.acquire()
        except TimeoutError:
            raise OperationalError(f"no connection was free for {TIMEOUT:.0f} s") from None

    async def _connection(self) -> ReadConnection:
        """Return one that is idle, or a new one."""
        while self._idle:
            conn = self._idle.pop()
            if conn.is_idle:
                return conn
            await conn.close()
        conn = ReadConnection(await AsyncConnection.connect(self._conninfo, autocommit=True))
        if self._configure:
            try:
                await conn.ask(self._configure)
            except BaseException:
                await conn.close()
                raise
        return conn
