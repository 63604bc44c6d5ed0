"""The state that the routes share: the ledgers, the pools and the clock."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import TypeVar

from anyio import CapacityLimiter
from anyio.to_thread import run_sync

from api.http.server import metrics
from api.http.server.bell import Bell
from api.http.server.problems import Problem
from api.http.server.shown import Shown
from api.session import TenantSession
from ledger.database.pool import Pool, open_pool
from ledger.database.query import Query
from ledger.database.read_pool import ReadPool
from ledger.engine.projection_lag import History
from ledger.store.entry_queries import head
from ledger.store.ledger import Ledger

R = TypeVar("R")
WRITERS = 64  # concurrent writes; more of them wait
READ_TIMEOUT = 2.0  # seconds that a read waits for its position
CONNECT_TIMEOUT = 3.0  # seconds for a connection; then the answer is 503, and not a hanging client
PAUSE = 0.05  # seconds between its looks, without a notification
PLAN_ONCE = Query(  # planning takes as long as the query; Citus needs the values to find the shard
    "select set_config('plan_cache_mode', 'force_generic_plan', false)"
    " where not exists (select from pg_extension where extname = 'citus')",
    {},
    str,
    by_name=False,
)


@dataclass
class AppState:
    """The state of the process."""

    pool: Pool
    reads: ReadPool
    hot: ReadPool  # for the most frequent queries
    clock: Callable[[], datetime]
    writers: CapacityLimiter
    bell: Bell
    shown: Shown
    memory: History = field(default_factory=History)
    _ledgers: dict[str, Ledger] = field(default_factory=dict)
    _door: Lock = field(default_factory=Lock)

    def session(self, tenant: str) -> TenantSession:
        if tenant not in self._ledgers:
            with self._door:
                if tenant not in self._ledgers:
                    self._ledgers[tenant] = Ledger(self.pool, tenant, self._watch(tenant))
        return TenantSession(self.pool, self._ledgers[tenant], self.clock)

    def _watch(self, tenant: str) -> Callable[[int, float, int], None]:
        def appended(lines: int, seconds: float, stale: int) -> None:
            self.bell.ring_from_thread(tenant)
            metrics.appended(lines, seconds, stale)

        return appended

    async def opened(self, tenant: str) -> None:
        """Open the tenant's ledger, so that ``session`` does not block the event loop."""
        if tenant not in self._ledgers:
            await run_sync(self.session, tenant)

    async def run_in_thread(self, work: Callable[[], R]) -> R:
        """Run work that waits for the group append; many threads share a flush."""
        return await run_sync(work, limiter=self.writers)

    async def query(self, query: Query[R], hot: bool = False) -> list[R]:
        """Return the rows; a ``hot`` query is planned once per connection."""
        return await (self.hot if hot else self.reads).ask(query)

    async def wait_for(self, tenant: str, models: Iterable[str], position: int) -> None:
        """Wait until the models have reached ``position``. Raises ``Problem``."""
        if self.shown.reaches(tenant, position):
            return
        query = Query(
            "select coalesce(min(position), 0) as position from follower"
            " where tenant_id = %(tenant)s and name = any(%(models)s)",
            {"tenant": tenant, "models": list(models)},
            lambda position: int(position),
        )
        loop, first = asyncio.get_running_loop(), True
        deadline = loop.time() + READ_TIMEOUT
        self.bell.ring(tenant)
        while not await self.shown.wait(tenant, position, PAUSE):
            if (await self.query(query))[0] >= position:
                return
            if first and position > (await self.query(head(tenant)) or [0])[0]:
                raise _behind(f"There is no position {position} yet.")
            if loop.time() > deadline:
                raise _behind(f"Position {position} is not shown yet.")
            first = False

    def close(self) -> None:
        for ledger in self._ledgers.values():
            ledger.close()


def _behind(why: str) -> Problem:
    return Problem("behind", why, headers={"Retry-After": "1"})


@asynccontextmanager
async def open_app_state(
    url: str, clock: Callable[[], datetime], size: int = 12
) -> AsyncIterator[AppState]:
    reads, hot = ReadPool(url, size), ReadPool(url, size, PLAN_ONCE)
    with open_pool(url, size=16) as pool:
        pool.timeout = CONNECT_TIMEOUT
        shown = Shown()
        app = AppState(pool, reads, hot, clock, CapacityLimiter(WRITERS), Bell(reads), shown)
        hearing = asyncio.create_task(shown.listen(url))
        try:
            yield app
        finally:
            await run_sync(app.close)
            await app.bell.close()
            hearing.cancel()
            await reads.close()
            await hot.close()
