"""Promises whose grace days have passed. Only the book shows whether they were kept."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from api.clock.candidate import Candidate, pages
from api.session import TenantSession
from commands.follow_up.promises import JudgePromise
from projections import invoices


def promises_due(session: TenantSession, on: date) -> Iterator[Candidate]:
    find = partial(invoices.promises_due, session.tenant, on)
    for page in pages(session, find, "", lambda row: row.number):
        for row in page:
            yield Candidate(f"promise on {row.number}", [JudgePromise(invoice=row.number)])
