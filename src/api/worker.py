"""The worker: it updates the read models, runs imports and the clock, and sends and reads mail."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event, Thread

from apscheduler.schedulers.background import BackgroundScheduler

from api.clock.tick import run_all_tenants
from api.digest import send_everywhere
from api.follower import Follower, Observer, ignore, process_name
from api.importing.job_runner import run_next_job
from api.mailbox.imap import mailboxes
from api.mailbox.watch import threads as mailbox_threads
from api.outage import DATABASE
from api.postman.loop import send_all_tenants
from api.postman.settings import settings, wanted
from api.tenant_rounds import TenantRounds
from ledger.database.pool import UNAVAILABLE, Pool, open_pool

log = logging.getLogger(__name__)
IDLE, MAX_WAIT = 0.2, 5.0  # seconds to wait without work, and at most after failures
TICK_EVERY = 5  # minutes
IMPORTS = 3  # tenants whose files are imported at once: a long file of one delays no other
CONNECT_TIMEOUT = 2.0  # seconds for a connection; longer would delay a stop


def run(url: str, stop: Event, clock: Callable[[], datetime], watch: Observer = ignore) -> None:
    """Run until ``stop`` is set. Several workers may run at once: leases share out the work."""
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
        if post and post.server:
            scheduler.add_job(
                lambda: send_everywhere(pool, post, clock),
                "interval",
                minutes=TICK_EVERY,
                misfire_grace_time=None,
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
        follower = Follower(pool, clock, watch)
        try:
            _repeat(follower.turn, stop)
        finally:
            stop.set()
            scheduler.shutdown()
            _release(follower)
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


def _release(follower: Follower) -> None:
    try:
        follower.close()
    except UNAVAILABLE as error:  # the leases expire
        log.warning("could not give the leases back: %s", error)


def import_everywhere(pool: Pool, stop: Event, clock: Callable[[], datetime]) -> None:
    """Run the import jobs of all tenants, one of each in turn; several threads and workers share
    them out, and a tenant has one job at a time."""
    name = process_name()

    def run_next(tenant: str) -> bool:
        return not stop.is_set() and run_next_job(pool, tenant, name, stop, clock)

    rounds = TenantRounds(pool, "the imports")
    _repeat(lambda: any(rounds.run(run_next)), stop)
