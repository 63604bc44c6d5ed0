"""Holds of invoices and debtors whose end date is reached."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from api.clock.candidate import Candidate, pages
from api.session import TenantSession
from commands.debtors.holds import ExpireDebtorHolds
from commands.follow_up.holds import ExpireHolds
from projections import debtors, invoices


def holds_over(session: TenantSession, on: date) -> Iterator[Candidate]:
    """Yield the invoices and debtors with a hold that ends on or before a day."""
    for page in pages(session, partial(invoices.holds_over, session.tenant, on), "", str):
        for number in page:
            yield Candidate(f"holds of {number}", [ExpireHolds(invoice=number)])
    for page in pages(session, partial(debtors.holds_over, session.tenant, on), "", str):
        for number in page:
            yield Candidate(f"holds of {number}", [ExpireDebtorHolds(debtor=number)])
