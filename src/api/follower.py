"""Keeps the read models of all tenants up to date, in one thread."""

import logging
import os
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from api.session import take_batch
from api.tenant_rounds import check_answers
from ledger.database import tenants
from ledger.database.pool import UNAVAILABLE, Conn, Pool
from ledger.database.waking import listen, written
from ledger.engine.projector import LEASE, Projector
from ledger.engine.rebuild import add_positions_of
from ledger.store.errors import Unreadable
from projections import READ_MODELS

log = logging.getLogger(__name__)
REST = 2.0  # seconds that a tenant rests for which the database does not answer
LOOK = 0.2  # seconds between two looks at all tenants, for writes without a notification
Observer = Callable[
    [int, float], None
]  # called after a batch: its entries, and the seconds it took


def ignore(entries: int, seconds: float) -> None:
    """Observe nothing."""


def process_name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:6]}"


def worker_for(pool: Pool, tenant: str, clock: Callable[[], datetime]) -> Projector:
    return Projector(pool, tenant, READ_MODELS, process_name(), clock, tells=True)


@dataclass
class Follower:
    """A worker for each tenant; a write wakes it."""

    pool: Pool
    clock: Callable[[], datetime]
    watch: Observer = ignore
    workers: dict[str, Projector] = field(default_factory=dict)
    hears: Conn | None = None
    looked: float = 0.0
    unfinished: set[str] = field(default_factory=set)  # tenants with more than a batch to apply
    resting: dict[str, float] = field(default_factory=dict)  # on Citus, while their node is down

    def turn(self) -> bool:
        """Wait for a write, a moment at most, and apply a batch of every tenant that has one.

        Return True: it has waited already.
        """
        try:
            if self.hears is None:
                self.hears = listen(str(self.pool.conninfo))
            found = self.unfinished | written(self.hears, 0 if self.unfinished else LOOK)
        except BaseException:
            self._stop_listening()
            raise
        if time.monotonic() - self.looked >= LOOK:
            found |= self._waiting()
            self.looked = time.monotonic()
        now = time.monotonic()
        found -= {tenant for tenant, until in self.resting.items() if now < until}
        self.unfinished = {tenant for tenant in found if self._step(tenant)}
        return True

    def _worker(self, tenant: str) -> Projector:
        if tenant not in self.workers:
            with self.pool.connection() as conn:
                add_positions_of(conn, tenant, [model.name for model in READ_MODELS])
            self.workers[tenant] = worker_for(self.pool, tenant, self.clock)
        return self.workers[tenant]

    def close(self) -> None:
        """Give the leases back. Raise psycopg's errors."""
        self._stop_listening()
        for worker in self.workers.values():
            worker.release_lease()

    def _stop_listening(self) -> None:
        if self.hears:
            self.hears.close()
        self.hears = None

    def _waiting(self) -> set[str]:
        """Return the tenants with entries to apply, or whose lease ends soon or is free; all of
        them when the database does not answer for all together."""
        try:
            with self.pool.connection() as conn:
                waiting: Iterable[tuple[str]] = conn.execute(
                    "select distinct h.tenant_id from tenant_head h join follower f"
                    " using (tenant_id) where f.name = any(%s) and (f.position < h.position"
                    "  or f.leased_till is null or f.leased_till < %s)",
                    [[model.name for model in READ_MODELS], self.clock() + LEASE / 2],
                ).fetchall()
        except UNAVAILABLE:
            with self.pool.connection() as conn:
                return {tenant.tenant_id for tenant in tenants.list_all(conn)}
        return {tenant for (tenant,) in waiting}

    def _step(self, tenant: str) -> bool:
        """Apply a batch, and return whether there is more; a failure of one tenant is recorded."""
        begun = time.perf_counter()
        try:
            worker = self._worker(tenant)
            taken = take_batch(worker)
        except UNAVAILABLE as error:
            check_answers(self.pool)
            self.resting[tenant] = time.monotonic() + REST
            log.warning("the database does not answer for tenant %s: %s", tenant, error)
            return False
        except Unreadable as error:
            self._record(tenant, str(error))
            log.error("tenant %s: %s", tenant, error)
            return False
        except Exception as error:
            self._record(tenant, f"{type(error).__name__}: {error}")
            log.exception("tenant %s failed; trying again", tenant)
            return False
        if taken:
            self.watch(taken, time.perf_counter() - begun)
        return taken == worker.batch or (taken > 0 and not worker.is_level)

    def _record(self, tenant: str, failure: str) -> None:
        if worker := self.workers.get(tenant):
            worker.record_failure(failure)
