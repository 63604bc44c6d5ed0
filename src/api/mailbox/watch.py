"""Watches every mailbox of the setting, each in a thread of its own, until it is told to stop."""

import logging
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from threading import Event, Thread

import psycopg

from api.mailbox.imap import FIRST_WAIT, Mailbox, watch
from api.session import TenantSession
from ledger.database.pool import Pool
from ledger.database.tenants import UnknownTenant
from ledger.store.ledger import Ledger

log = logging.getLogger(__name__)


def threads(
    pool: Pool, boxes: list[Mailbox], stop: Event, clock: Callable[[], datetime]
) -> list[Thread]:
    """To be started, and to be waited for when ``stop`` is set."""
    return [
        Thread(target=_watch, args=(pool, one, stop, clock), name=f"mailbox {one.name}")
        for one in boxes
    ]


def _watch(pool: Pool, one: Mailbox, stop: Event, clock: Callable[[], datetime]) -> None:
    while not stop.is_set():
        try:
            with closing(Ledger(pool, one.tenant)) as ledger:
                watch(TenantSession(pool, ledger, clock), one, stop)
        except UnknownTenant as error:
            log.error("mailbox %s is not read: %s", one.name, error)
            return
        except psycopg.Error as error:  # it comes back
            log.warning("the database does not answer, mail waits: %s", error)
            stop.wait(FIRST_WAIT)
