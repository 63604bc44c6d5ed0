"""The worker: it updates the read models, runs imports and the clock, and sends and reads mail."""

import logging
import os
import socket
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event, Thread
from uuid import uuid4

from apscheduler.schedulers.background import BackgroundScheduler

from api.clock.tick import run_all_tenants
from api.importing.job_runner import run_next_job
from api.mailbox.imap import mailboxes
from api.mailbox.watch import threads as mailbox_threads
from api.outage import DATABASE
from api.postman.loop import send_all_tenants
from api.postman.settings import settings, wanted
from api.session import take_batch
from api.tenant_rounds import TenantRounds
from ledger.database.pool import UNAVAILABLE, Pool, open_pool
from ledger.engine.projector import Projector
from ledger.engine.rebuild import add_positions_of
from ledger.store.errors import Unreadable
from projections import READ_MODELS

log = logging.getLogger(__name__)
IDLE, MAX_WAIT = 0.2, 5.0  # seconds to wait without work, and at most after failures
TICK_EVERY = 5  # minutes
IMPORTS = 3  # tenants whose files are imported at once: a long file of one delays no other
CONNECT_TIMEOUT = 2.0  # seconds for a connection; longer would delay a stop


def worker_for(pool: Pool, tenant: str, clock: Callable[[], datetime]) -> Projector:
    return Projector(pool, tenant, READ_MODELS, _name(), clock)


def _name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:6]}"


def run(url: str, stop: Event, clock: Callable[[], datetime]) -> None:
    """Run until ``stop`` is set. Several workers may run at once: leases share out the work."""
    workers: dict[str, Projector] = {}
    post = settings() if wanted() else None
    with open_pool(url, size=8 + 2 * IMPORTS) as pool:
        pool.timeout = CONNECT_TIMEOUT
        scheduler = BackgroundScheduler()
        scheduler.add_job(
            lambda: run_all_tenants(pool, clock),
            "interval",
            minutes=TICK_EVERY,
            misfire_grace_time=None,  # late is better than never
            next_run_time=datetime.now(UTC),  # the scheduler's own clock: at once
        )
        scheduler.start()
        args = (pool, stop, clock)
        beside = [
            Thread(target=import_everywhere, args=args, name=f"imports {nth}")
            for nth in range(IMPORTS)
        ]
        if post:
            mails = (pool, post, stop, clock)
            beside.append(Thread(target=send_all_tenants, args=mails, name="mails"))
        beside += mailbox_threads(pool, mailboxes(), stop, clock)
        for thread in beside:
            thread.start()
        try:
            rounds = TenantRounds(pool, "the read models")
            _repeat(lambda: _update(rounds, workers, clock), stop)
        finally:
            stop.set()
            scheduler.shutdown()
            _release(workers)
            for thread in beside:
                thread.join()


def _repeat(work: Callable[[], bool], stop: Event) -> None:
    """Repeat ``work``, which returns whether it did anything, until ``stop`` is set."""
    wait = IDLE
    while not stop.is_set():
        try:
            busy, wait = work(), IDLE
            DATABASE.ended()
        except UNAVAILABLE as error:
            DATABASE.began(error)
            busy, wait = False, min(wait * 2, MAX_WAIT)
        if not busy:
            stop.wait(wait)


def _update(
    rounds: TenantRounds, workers: dict[str, Projector], clock: Callable[[], datetime]
) -> bool:
    """Process a batch for every tenant; return False when there was nothing to do."""

    def step(tenant: str) -> bool:
        if tenant not in workers:
            with rounds.pool.connection() as conn:
                add_positions_of(conn, tenant, [model.name for model in READ_MODELS])
            workers[tenant] = worker_for(rounds.pool, tenant, clock)
        return _step(workers[tenant])

    return any(rounds.run(step))


def _step(worker: Projector) -> bool:
    """Process a batch; a failure is recorded and does not stop the other tenants."""
    try:
        return take_batch(worker) > 0
    except UNAVAILABLE:
        raise
    except Unreadable as error:
        worker.record_failure(str(error))
        log.error("tenant %s: %s", worker.tenant, error)
    except Exception as error:
        worker.record_failure(f"{type(error).__name__}: {error}")
        log.exception("tenant %s failed; trying again", worker.tenant)
    return False


def _release(workers: dict[str, Projector]) -> None:
    for worker in workers.values():
        try:
            worker.release_lease()
        except UNAVAILABLE as error:  # the leases expire
            log.warning("could not give back the leases of %s: %s", worker.tenant, error)


def import_everywhere(pool: Pool, stop: Event, clock: Callable[[], datetime]) -> None:
    """Run the import jobs of all tenants, one of each in turn; several threads and workers share
    them out, and a tenant has one job at a time."""
    name = _name()

    def run_next(tenant: str) -> bool:
        return not stop.is_set() and run_next_job(pool, tenant, name, stop, clock)

    rounds = TenantRounds(pool, "the imports")
    _repeat(lambda: any(rounds.run(run_next)), stop)
