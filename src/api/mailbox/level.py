"""Mail is matched by the read models, which must not be behind what was written before it came."""

import os
import time
from threading import Event
from uuid import uuid4

from api.wiring import Desk
from ledger.follow import Worker
from ledger.pages import head
from projections import READ_MODELS
from projections.names import NAMES

LONGEST = 10.0  # seconds; a mail that is early waits in the inbox
HURRY = 2.0  # seconds, where somebody waits for our answer
LOOK = 0.05


def level(desk: Desk, stop: Event, longest: float = LONGEST) -> None:
    """Names are known of what was written so far: made here, or by who has the lease."""
    deadline = time.monotonic() + longest
    name = f"mailbox:{os.getpid()}:{uuid4().hex[:6]}"
    worker = Worker(desk.pool, desk.tenant, READ_MODELS, name, desk.clock)
    with desk.pool.connection() as conn:
        target = head(conn, desk.tenant)
    try:
        while _place(desk) < target and not stop.is_set() and time.monotonic() < deadline:
            if not worker.step():
                stop.wait(LOOK)
    finally:
        worker.rest()


def level_soon(desk: Desk) -> None:
    """The same, for what comes in by a request."""
    level(desk, Event(), HURRY)


def _place(desk: Desk) -> int:
    with desk.pool.connection() as conn:
        found = conn.execute(
            "select position from follower where tenant_id = %s and name = %s",
            [desk.tenant, NAMES.name],
        ).fetchone()
    return int(found[0]) if found else 0
