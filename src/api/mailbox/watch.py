"""Threads that watch the mailboxes."""

import logging
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from threading import Event, Thread

import psycopg

from api.mailbox.imap import FIRST_WAIT, Mailbox, watch
from api.outage import DATABASE
from api.session import TenantSession
from ledger.database.pool import Pool
from ledger.database.tenants import UnknownTenant
from ledger.store.ledger import Ledger

log = logging.getLogger(__name__)


def threads(
    pool: Pool, boxes: list[Mailbox], stop: Event, clock: Callable[[], datetime]
) -> list[Thread]:
    """Return a thread for each mailbox, to start now and to join after ``stop`` is set."""
    return [
        Thread(target=_watch, args=(pool, box, stop, clock), name=f"mailbox {box.name}")
        for box in boxes
    ]


def _watch(pool: Pool, box: Mailbox, stop: Event, clock: Callable[[], datetime]) -> None:
    while not stop.is_set():
        try:
            with closing(Ledger(pool, box.tenant)) as ledger:
                watch(TenantSession(pool, ledger, clock), box, stop)
        except UnknownTenant as error:
            log.error("mailbox %s is not read: %s", box.name, error)
            return
        except psycopg.Error as error:
            DATABASE.began(error)
            stop.wait(FIRST_WAIT)
