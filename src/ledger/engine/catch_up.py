"""Waiting until a read model shows what was written before."""

import time
from threading import Event

from ledger.database.pool import Pool
from ledger.database.waking import wake
from ledger.engine.projector import Projector
from ledger.store.reading import head

PAUSE = 0.05  # seconds between two looks at the process that holds the lease


def catch_up(worker: Projector, name: str, stop: Event, timeout: float) -> None:
    """Wait until read model ``name`` shows all that was written before this call.

    The worker reads, or waits for the process that holds the lease, for up to ``timeout`` seconds
    or until ``stop`` is set.
    """
    deadline = time.monotonic() + timeout
    with worker.pool.connection() as conn:
        target = head(conn, worker.tenant)
    try:
        while (
            position(worker.pool, worker.tenant, name) < target
            and not stop.is_set()
            and time.monotonic() < deadline
        ):
            if not worker.process_batch():
                with worker.pool.connection() as conn:
                    wake(worker.tenant).fetch(conn)
                stop.wait(PAUSE)
    finally:
        worker.release_lease()


def position(pool: Pool, tenant: str, name: str) -> int:
    """Return the position that the read model shows; 0 when it was never built."""
    with pool.connection() as conn:
        found = conn.execute(
            "select position from follower where tenant_id = %s and name = %s", [tenant, name]
        ).fetchone()
    return int(found[0]) if found else 0
