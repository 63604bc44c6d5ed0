"""What every command of the command line needs first: a database that is up, and a tenant."""

import getpass
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from api.cli.kit.output import errors, progress
from api.session import TenantSession, database_url, now, open_session, prepare_database
from api.worker import worker_for
from ledger.store.reading import head

LEASE_TIMEOUT = 30.0  # seconds to wait for another process that holds the lease


@dataclass(frozen=True)
class Settings:
    """What was said before the command's name."""

    tenant: str


SETTINGS: ContextVar[Settings] = ContextVar("settings")


def settings() -> Settings:
    return SETTINGS.get()


def me() -> str:
    """Whom the entries name when ``--by`` does not: the one who is logged in."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "cli"


@contextmanager
def database() -> Iterator[str]:
    """URL of a database that has all this code wants."""
    url = database_url()
    with progress("Making read models anew", "entries") as tick:
        prepare_database(url, now(), lambda read: tick(read, None))
    try:
        yield url
    except KeyboardInterrupt:
        errors.print("Stopped. Nothing is half-written.", style="yellow")
        raise


@contextmanager
def tenant_session() -> Iterator[TenantSession]:
    with database() as url, open_session(url, settings().tenant) as opened:
        yield opened


@contextmanager
def caught_up_session() -> Iterator[TenantSession]:
    """A desk whose read models have seen all that was written before this moment."""
    with tenant_session() as opened:
        level(opened)
        yield opened


def level(session: TenantSession) -> None:
    """Reads on ourselves, or waits for who has the lease. Says so when it takes too long."""
    with session.pool.connection() as conn:
        target = head(conn, session.tenant)
    worker, deadline = (
        worker_for(session.pool, session.tenant, session.clock),
        time.monotonic() + LEASE_TIMEOUT,
    )
    try:
        with progress("Reading the ledger", "entries") as tick:
            total = target - _place(session)
            while (place := _place(session)) < target and time.monotonic() < deadline:
                if taken := worker.process_batch():
                    tick(taken, total)
                    deadline = time.monotonic() + LEASE_TIMEOUT
                elif place == _place(session):
                    time.sleep(0.05)
    finally:
        worker.release_lease()
    if (place := _place(session)) < target:
        errors.print(
            f"What follows is as of position {place} of {target}: the read models do not go on."
            " Look at: dossier status",
            style="yellow",
            soft_wrap=True,
        )


def _place(session: TenantSession) -> int:
    with session.pool.connection() as conn:
        found = conn.execute(
            "select min(position) from follower where tenant_id = %s", [session.tenant]
        ).fetchone()
    return int(found[0]) if found and found[0] is not None else 0
