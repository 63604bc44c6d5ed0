"""Holds whose day has come. The job only finds them; the book decides which are over."""

import logging
from collections.abc import Callable, Iterator
from datetime import date, datetime

from api.session import TenantSession
from commands.command import Command
from commands.context import Context
from commands.debtors.holds import ExpireDebtorHolds
from commands.execute import execute
from commands.follow_up.holds import ExpireHolds
from ledger.database.query import Query
from ledger.policy.refusal import NotFound
from ledger.store.errors import Stale, Unreadable
from projections import debtors, invoices

log = logging.getLogger(__name__)
PAGE = 500


def holds_over(desk: TenantSession, at: datetime) -> int:
    """Of invoices and of debtors; how many are over. No step is planned by it."""
    on, over = desk.ledger.today(at), 0
    for wish in _wishes(desk, on):
        try:
            over += len(execute(desk.ledger, [wish], Context("clock", at)).entries)
        except (NotFound, Stale, Unreadable) as error:  # the others are over all the same
            log.warning("holds of %s are not over now: %s", wish.number, error)
    return over


def _wishes(desk: TenantSession, on: date) -> Iterator[Command]:
    for number in _numbers(desk, on, invoices.holds_over):
        yield ExpireHolds(invoice=number)
    for number in _numbers(desk, on, debtors.holds_over):
        yield ExpireDebtorHolds(debtor=number)


def _numbers(
    desk: TenantSession, on: date, over: Callable[[str, date, str, int], Query[str]]
) -> Iterator[str]:
    after = ""
    while True:
        with desk.pool.connection() as conn:
            page = over(desk.tenant, on, after, PAGE).fetch(conn)
        yield from page
        if len(page) < PAGE:
            return
        after = page[-1]
