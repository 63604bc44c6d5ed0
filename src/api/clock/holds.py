"""Holds of invoices and debtors whose end date is reached."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from api.clock.candidate import Candidate, pages
from api.session import TenantSession
from commands.debtors.holds import ExpireDebtorHolds
from commands.follow_up.holds import ExpireHolds
from ledger.database.query import Query
from projections import debtors, invoices

Find = Callable[[str, date, str, int], Query[str]]


def holds_over(session: TenantSession, on: date) -> Iterator[Candidate]:
    """Yield the invoices and debtors with a hold that ends on or before a day."""
    for number in _numbers(session, on, invoices.holds_over):
        yield Candidate(f"holds of {number}", [ExpireHolds(invoice=number)])
    for number in _numbers(session, on, debtors.holds_over):
        yield Candidate(f"holds of {number}", [ExpireDebtorHolds(debtor=number)])


def _numbers(session: TenantSession, on: date, find: Find) -> Iterator[str]:
    for page in pages(session, partial(find, session.tenant, on), "", str):
        yield from page
