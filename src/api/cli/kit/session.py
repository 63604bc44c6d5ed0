"""The database, the tenant's session and the user of a command."""

import getpass
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Event, Thread
from typing import Any

from api.cli.kit.output import errors, progress
from api.environment import home
from api.follower import worker_for
from api.session import (
    TenantSession,
    database_url,
    is_embedded,
    now,
    open_session,
    prepare_database,
    take_batch,
)
from ledger.database.pool import check_own_session
from ledger.database.waking import wake
from ledger.store.reading import head
from projections.cloud_event import SYSTEM_ACTORS

LEASE_TIMEOUT = 30.0  # seconds to wait for another process that holds the lease


TENANT: ContextVar[str] = ContextVar("tenant")  # the option before the command's name


def me() -> str:
    """Return the logged-in user, whom each entry names, also when ``--by`` is given."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "cli"


def acting(by: str | None, because: str | None) -> dict[str, Any]:
    """Return the fields of the context that say who decided it, who typed it, and why they did.

    Raises ``ValueError`` when somebody records for another without a reason, or may not.
    """
    user = me()
    if by is None or by == user:
        return {"by": user, "via": f"os:{user}"}
    if by.casefold() in SYSTEM_ACTORS:
        raise ValueError(f"--by {by} is the name of a part of Dossier")
    admins = [name.strip() for name in os.environ.get("DOSSIER_ADMINS", "").split(",")]
    if any(admins) and user not in admins:
        raise ValueError(f"--by is for the users of DOSSIER_ADMINS, and you are {user}")
    if not (because or "").strip():
        raise ValueError("--by needs --because: why you record it for them; it is kept")
    return {"by": by, "via": f"os:{user}", "because": because}


def stop_on_signal() -> Event:
    """Return an event that Ctrl-C or SIGTERM sets."""
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        # In a thread: the signal may interrupt code that holds the event's lock.
        signal.signal(number, lambda *_: Thread(target=stop.set).start())
    return stop


@contextmanager
def database() -> Iterator[str]:
    """Yield the URL of a database that is up to date with this code."""
    url = database_url()
    with progress("Rebuilding read models", "entries") as tick:
        prepare_database(url, now(), lambda read: tick(read, None))
    try:
        yield url
    except KeyboardInterrupt:
        errors.print("Stopped. Nothing is partly written.", style="yellow")
        raise


@contextmanager
def lasting_database() -> Iterator[str]:
    """Yield the URL to a process that lasts: an embedded server that is gone is started again."""
    if not is_embedded():
        check_own_session(database_url())
        with database() as url:
            yield url
        return
    from api.postgres.watch import kept_running  # only here: another database needs no server

    with database() as url, kept_running(home()):
        yield url


@contextmanager
def tenant_session() -> Iterator[TenantSession]:
    with database() as url, open_session(url, TENANT.get()) as opened:
        yield opened


@contextmanager
def caught_up_session() -> Iterator[TenantSession]:
    """Yield a session whose read models have all entries written before this moment."""
    with tenant_session() as opened:
        level(opened)
        yield opened


def level(session: TenantSession) -> None:
    """Update the read models, or wait for the worker with the lease; warn after a timeout."""
    with session.pool.connection() as conn:
        target = head(conn, session.tenant)
    worker = worker_for(session.pool, session.tenant, session.clock)
    deadline = time.monotonic() + LEASE_TIMEOUT
    try:
        with progress("Reading the ledger", "entries") as tick:
            total = target - _position(session)
            while (position := _position(session)) < target and time.monotonic() < deadline:
                if taken := take_batch(worker):
                    tick(taken, total)
                    deadline = time.monotonic() + LEASE_TIMEOUT
                elif position == _position(session):  # another process has the lease
                    with session.pool.connection() as conn:
                        wake(session.tenant).fetch(conn)
                    time.sleep(0.05)
    finally:
        worker.release_lease()
    if (position := _position(session)) < target:
        errors.print(
            f"The answer is as of position {position} of {target}: the read models make no"
            " progress. Run: dossier status",
            style="yellow",
            soft_wrap=True,
        )


def _position(session: TenantSession) -> int:
    """Return the lowest position of the tenant's read models."""
    with session.pool.connection() as conn:
        row = conn.execute(
            "select min(position) from follower where tenant_id = %s", [session.tenant]
        ).fetchone()
    return int(row[0]) if row and row[0] is not None else 0
