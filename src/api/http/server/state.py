"""What the routes may ask for: the ledgers, an asynchronous pool to read with, the clock."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any, TypeVar

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from api.http.server import metrics
from api.http.server.problems import Problem
from api.session import Desk
from ledger.database.pool import Pool, as_application, open_pool
from ledger.database.query import Query
from ledger.engine.projection_lag import Memory
from ledger.store.ledger import Ledger

R = TypeVar("R")
Made = Callable[[AsyncConnection[Any]], Awaitable[None]]  # what a new connection is told
WRITERS = 64  # at once; more wait their turn
PATIENCE = 2.0  # seconds that a read waits for its position


@dataclass
class Office:
    """One for the process."""

    pool: Pool
    reads: AsyncConnectionPool[AsyncConnection[Any]]
    hot: AsyncConnectionPool[AsyncConnection[Any]]  # for what is asked all the time
    clock: Callable[[], datetime]
    writers: CapacityLimiter
    memory: Memory = field(default_factory=Memory)
    _ledgers: dict[str, Ledger] = field(default_factory=dict)
    _door: Lock = field(default_factory=Lock)

    def desk(self, tenant: str) -> Desk:
        """The tenant's desk; its ledger is opened once."""
        if tenant not in self._ledgers:
            with self._door:
                if tenant not in self._ledgers:
                    self._ledgers[tenant] = Ledger(self.pool, tenant, metrics.appended)
        return Desk(self.pool, self._ledgers[tenant], self.clock)

    async def opened(self, tenant: str) -> None:
        """From here on ``desk`` asks nothing of the database, so the event loop may call it."""
        if tenant not in self._ledgers:
            await run_sync(self.desk, tenant)

    async def in_thread(self, work: Callable[[], R]) -> R:
        """For what waits for the group append; many threads share one flush."""
        return await run_sync(work, limiter=self.writers)

    async def ask(self, query: Query[R], hot: bool = False) -> list[R]:
        """``hot``: planned once a connection, where the plan is the same whatever is asked."""
        async with (self.hot if hot else self.reads).connection() as conn:
            return await query.ask(conn)

    async def wait_for(self, tenant: str, models: Iterable[str], position: int) -> None:
        """Until the models have seen ``position``. Raises ``Problem``."""
        query = Query(
            "select coalesce(min(position), 0) as position from follower"
            " where tenant_id = %(tenant)s and name = any(%(models)s)",
            {"tenant": tenant, "models": list(models)},
            lambda position: int(position),
        )
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while (await self.ask(query))[0] < position:
            if asyncio.get_running_loop().time() > deadline:
                raise Problem(
                    "behind", f"Position {position} is not shown yet.", headers={"Retry-After": "1"}
                )
            await asyncio.sleep(0.01)

    def close(self) -> None:
        """Everything that was taken is written first."""
        for ledger in self._ledgers.values():
            ledger.close()


@asynccontextmanager
async def open_office(
    url: str, clock: Callable[[], datetime], size: int = 12
) -> AsyncIterator[Office]:
    async with _pool(url, size) as reads, _pool(url, size, _plan_once) as hot:
        with open_pool(url, size=16) as pool:
            office = Office(pool, reads, hot, clock, CapacityLimiter(WRITERS))
            try:
                yield office
            finally:
                await run_sync(office.close)


def _pool(
    url: str, size: int, made: Made | None = None
) -> AsyncConnectionPool[AsyncConnection[Any]]:
    return AsyncConnectionPool(
        as_application(url),
        kwargs={"autocommit": True},
        min_size=2,
        max_size=size,
        open=False,
        configure=made,
    )


async def _plan_once(conn: AsyncConnection[Any]) -> None:
    """Planning takes as long as answering. Citus must see the values to find the shard."""
    await conn.execute(
        "select set_config('plan_cache_mode', 'force_generic_plan', false)"
        " where not exists (select from pg_extension where extname = 'citus')"
    )
