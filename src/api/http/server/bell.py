"""Tells who follows the ledger of writes: once for all that happen within a moment."""

import asyncio
import logging
from dataclasses import dataclass, field

import psycopg

from ledger.database.read_pool import ReadPool
from ledger.database.waking import wake

log = logging.getLogger(__name__)
APART = 0.025  # seconds between two notifications, in which more writes come together


@dataclass
class Bell:
    """The writes of this process that still need a notification."""

    reads: ReadPool
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.get_running_loop)
    tenants: set[str] = field(default_factory=set)
    telling: asyncio.Task[None] | None = None

    def ring(self, tenant: str) -> None:
        """Tell of a write; for the event loop."""
        self.tenants.add(tenant)
        if self.telling is None or self.telling.done():
            self.telling = self.loop.create_task(self._tell())

    def ring_from_thread(self, tenant: str) -> None:
        if tenant not in self.tenants:
            self.loop.call_soon_threadsafe(self.ring, tenant)

    async def close(self) -> None:
        """Wait until all notifications are sent."""
        if self.telling:
            await self.telling

    async def _tell(self) -> None:
        while self.tenants:
            tenant = self.tenants.pop()
            try:
                await self.reads.ask(wake(tenant))
            except psycopg.Error as error:  # who follows looks by itself, a little later
                log.debug("could not tell of a write: %s", error)
            if not self.tenants:
                await asyncio.sleep(APART)
