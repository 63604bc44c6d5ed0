"""Promises whose day is over. The job only finds them; the book decides whether they were kept."""

import logging

from api.session import TenantSession
from commands.context import Context
from commands.execute import execute
from commands.follow_up.promises import JudgePromise
from ledger.policy.refusal import NotFound, Refused
from ledger.store.errors import Stale, Unreadable
from projections import invoices

log = logging.getLogger(__name__)
PAGE = 500


def promises_due(desk: TenantSession) -> int:
    """Promises whose day and grace are over are kept or broken. How many were judged."""
    at = desk.clock()
    on, judged, after = desk.ledger.today(at), 0, ""
    while True:
        with desk.pool.connection() as conn:
            page = invoices.promises_due(desk.tenant, on, after, PAGE).fetch(conn)
        for row in page:
            command = JudgePromise(invoice=row.number)
            try:
                receipt = execute(desk.ledger, [command], Context("clock", at))
            except (Refused, NotFound) as stale:  # the read model lags; the book knows better
                log.info("promise on %s not judged: %s", row.number, stale)
                continue
            except (Stale, Unreadable) as error:  # the others are judged all the same
                log.warning("promise on %s not judged now: %s", row.number, error)
                continue
            judged += len(receipt.entries)
        if len(page) < PAGE:
            return judged
        after = page[-1].number
