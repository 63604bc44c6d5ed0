"""Dispute cases that wait too long for an answer, a decision or an escalation.

A case may span several invoices: the reminder is recorded in each book, and a single message is
requested in the same append.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from uuid import UUID

from api.clock.candidate import Candidate, pages
from api.session import TenantSession
from commands.command import Command
from commands.disputes.reminders import JOBS, CaseJob
from commands.execute import UnitOfWork
from ledger.facts.books import INVOICE, PLAYBOOK, replay
from ledger.facts.playbook import NUMBER
from ledger.facts.playbook_rules import Rules
from ledger.policy import business_days
from ledger.policy.disputes.case_part import CasePart
from ledger.policy.visibility import EVERYTHING
from ledger.store.errors import Unreadable
from ledger.store.reading import entries_of_many
from projections import dispute_queries, disputes


def cases_late(session: TenantSession, on: date) -> Iterator[Candidate]:
    """Yield each open case that waits too long, once for each job; on business days only, and
    only after a playbook was applied."""
    rules = session.ledger.book(PLAYBOOK, NUMBER).state.rules
    if rules is None or not business_days.is_business_day(on, rules.calendar):
        return
    seen = set[UUID]()
    find = partial(dispute_queries.find, session.tenant, {"status": "open"}, scope=EVERYTHING)
    for page in pages(session, find, None, dispute_queries.behind):
        for case_id in _late(session, page, rules, on):
            if case_id not in seen:
                seen.add(case_id)
                numbers = _numbers(session, case_id)
                for job in JOBS:
                    plan = partial(_plan, job, case_id, numbers)
                    yield Candidate(f"case {case_id}", plan, correlation=str(case_id))


def _plan(
    job: CaseJob, case_id: UUID, numbers: Sequence[str], work: UnitOfWork
) -> Sequence[Command]:
    work.assert_unchanged(PLAYBOOK, NUMBER)
    states = [work.state(INVOICE, number) for number in numbers]
    parts = [CasePart(s, s.disputes[case_id]) for s in states if case_id in s.disputes]
    return job.make_commands(case_id, parts, work.playbook, work.now.today)


def _late(
    session: TenantSession, page: Sequence[disputes.DisputeRow], rules: Rules, on: date
) -> Iterator[UUID]:
    """Yield the late cases of a page, whose books are read in a single query."""
    try:
        with session.pool.connection() as conn:
            books = entries_of_many(conn, session.tenant, {row.book_id for row in page})
    except Unreadable:  # a plan reads it again, where it stops only its own case
        yield from (row.case_id for row in page)
        return
    states = {id_: replay(INVOICE, id_, lines).state for id_, lines in books.items()}
    for row in page:
        part = CasePart(states[row.book_id], states[row.book_id].disputes[row.case_id])
        if any(job.is_due(part, rules, on) for job in JOBS):
            yield row.case_id


def _numbers(session: TenantSession, case_id: UUID) -> list[str]:
    with session.pool.connection() as conn:
        rows = dispute_queries.of_case(session.tenant, case_id, scope=EVERYTHING).fetch(conn)
    return [row.invoice for row in rows if row.invoice]
