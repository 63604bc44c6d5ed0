"""What the read models show, as the worker tells: a read of an own write need not ask."""

import asyncio
import logging
import time
from dataclasses import dataclass, field

import psycopg
from psycopg import AsyncConnection

from ledger.database.pool import AS_APPLICATION, conninfo
from ledger.database.query import Query
from ledger.database.waking import SHOWN, read_shown

log = logging.getLogger(__name__)
TRUSTED = 2.0  # seconds; read models are rebuilt, and databases restored, while we run
PAUSE = 1.0  # seconds before the next attempt to listen


@dataclass
class Shown:
    """The last position notified of each tenant, and who waits for the next."""

    positions: dict[str, tuple[int, float]] = field(default_factory=dict)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def reaches(self, tenant: str, position: int) -> bool:
        """Return whether all read models show the position, by a notification of just now."""
        shown, at = self.positions.get(tenant, (0, 0.0))
        return shown >= position and time.monotonic() - at < TRUSTED

    def position(self, tenant: str) -> int:
        """Return the position that was notified last; 0 before the first notification."""
        return self.positions.get(tenant, (0, 0.0))[0]

    async def wait(self, tenant: str, position: int, seconds: float) -> bool:
        """Wait until it reaches the position, at most so long; return whether it does."""
        try:
            async with asyncio.timeout(seconds):
                while not self.reaches(tenant, position):
                    await self.news.wait()
        except TimeoutError:
            return False
        return True

    async def listen(self, url: str) -> None:
        """Hear what the worker tells until cancelled; without a database, try again."""
        while True:
            try:
                async with await AsyncConnection.connect(conninfo(url), autocommit=True) as conn:
                    await conn.execute(AS_APPLICATION)
                    await conn.execute(f"listen {SHOWN}")
                    async for heard in conn.notifies():
                        self.hear(heard.payload)
            except psycopg.Error as error:
                log.debug("cannot hear what the read models show: %s", error)
                await asyncio.sleep(PAUSE)

    def hear(self, payload: str) -> None:
        tenant, position = read_shown(payload)
        self.positions[tenant] = position, time.monotonic()
        news, self.news = self.news, asyncio.Event()
        news.set()


def shown_by_all(tenant: str) -> Query[int]:
    """Return the query of the position that all read models of a tenant have reached."""
    return Query(
        "select coalesce(min(position), 0) as position from follower where tenant_id = %(tenant)s",
        {"tenant": tenant},
        int,
        by_name=False,
    )
