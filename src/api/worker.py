"""Keeps the read models up to date, for every tenant, until it is told to stop."""

import logging
import os
import socket
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event
from uuid import uuid4

import psycopg
from apscheduler.schedulers.background import BackgroundScheduler

from api.jobs import judge_promises
from api.wiring import open_desk
from ledger import tenants
from ledger.codec import Unreadable
from ledger.follow import Worker
from ledger.pool import Pool, open_pool
from projections import READ_MODELS

log = logging.getLogger(__name__)
IDLE, PATIENCE = 0.2, 5.0  # seconds between looks when all is read; the longest back-off


def worker_for(pool: Pool, tenant: str, clock: Callable[[], datetime]) -> Worker:
    name = f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:6]}"
    return Worker(pool, tenant, READ_MODELS, name, clock)


def run(url: str, stop: Event, clock: Callable[[], datetime]) -> None:
    """Several may run at once, on one machine or many: leases share out the work."""
    scheduler = BackgroundScheduler()
    scheduler.add_job(
        lambda: judge_everywhere(url, clock),
        "cron",
        minute=7,
        misfire_grace_time=None,  # late is better than never
        next_run_time=datetime.now(UTC),  # the scheduler's own clock: at once
    )
    scheduler.start()
    workers: dict[str, Worker] = {}
    wait = IDLE
    with open_pool(url) as pool:
        pool.timeout = PATIENCE  # so that it hears soon that it is to stop
        try:
            while not stop.is_set():
                try:
                    busy = _round(pool, workers, clock)
                    wait = IDLE
                except psycopg.OperationalError as error:  # the database is away: it comes back
                    log.warning("the database does not answer, trying again: %s", error)
                    busy, wait = False, min(wait * 2, PATIENCE)
                if not busy:
                    stop.wait(wait)
        finally:
            scheduler.shutdown()
            _rest(workers)


def _round(pool: Pool, workers: dict[str, Worker], clock: Callable[[], datetime]) -> bool:
    """One batch for every tenant; False when there was nothing to do."""
    with pool.connection() as conn:
        for tenant in tenants.every(conn):
            if tenant.tenant_id not in workers:
                workers[tenant.tenant_id] = worker_for(pool, tenant.tenant_id, clock)
    return any([_step(worker) for worker in workers.values()])


def _step(worker: Worker) -> bool:
    """One tenant in trouble must not hold up the others; it stands still, and says why."""
    try:
        return worker.step() > 0
    except psycopg.OperationalError:
        raise
    except Unreadable as error:
        worker.in_trouble(str(error))
        log.error("tenant %s: %s", worker.tenant, error)
    except Exception as error:
        worker.in_trouble(f"{type(error).__name__}: {error}")
        log.exception("tenant %s does not go on; trying again", worker.tenant)
    return False


def _rest(workers: dict[str, Worker]) -> None:
    try:
        for worker in workers.values():
            worker.rest()
    except psycopg.OperationalError as error:  # the leases then run out by themselves
        log.warning("could not give the leases back: %s", error)


def judge_everywhere(url: str, clock: Callable[[], datetime]) -> None:
    """One tenant in trouble must not hold up the others; the next hour tries again."""
    with open_pool(url, size=2) as pool, pool.connection() as conn:
        names = [tenant.tenant_id for tenant in tenants.every(conn)]
    for name in names:
        try:
            with open_desk(url, name, clock) as desk:
                judge_promises(desk)
        except Exception:
            log.exception("the promises of tenant %s were not all judged", name)
