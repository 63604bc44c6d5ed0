"""The postman's rounds in a worker: every tenant, again and again, until told to stop."""

import logging
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from threading import Event

import psycopg

from api.postman.send import carry
from api.postman.settings import Settings
from api.postman.smtp import Away
from api.wiring import Desk
from ledger import tenants
from ledger.pool import Pool
from ledger.store import Ledger
from projections import outbox

log = logging.getLogger(__name__)
IDLE, PATIENCE = 1.0, 300.0  # seconds between rounds; the longest back-off


def post_everywhere(
    pool: Pool, settings: Settings, stop: Event, clock: Callable[[], datetime]
) -> None:
    """A mail server that is down is one trouble: nothing is recorded, and everything waits."""
    wait = IDLE
    while not stop.is_set():
        try:
            with pool.connection() as conn:
                names = [tenant.tenant_id for tenant in tenants.every(conn)]
            for name in names:
                _post(pool, name, settings, stop, clock)
            wait = IDLE
        except Away as error:
            wait = min(wait * 2, PATIENCE)
            log.warning("no mail goes now, trying again in %.0f seconds: %s", wait, error)
        except (psycopg.OperationalError, psycopg.InterfaceError) as error:  # it comes back
            wait = min(wait * 2, PATIENCE)
            log.warning("the database does not answer, mails go later: %s", error)
        stop.wait(wait)


def _post(
    pool: Pool, tenant: str, settings: Settings, stop: Event, clock: Callable[[], datetime]
) -> None:
    """One tenant in trouble must not hold up the others."""
    try:
        with pool.connection() as conn:
            if outbox.to_send(tenant, clock(), None, 1).one(conn) is None:
                return
        with closing(Ledger(pool, tenant)) as ledger:
            carry(Desk(pool, ledger, clock), settings, stop)
    except (Away, psycopg.OperationalError, psycopg.InterfaceError):
        raise
    except Exception:
        log.exception("the mails of tenant %s do not go; trying again", tenant)
