"""Disputes that nobody answers: the resolver is reminded, then somebody higher is told.

A case may be over several invoices; each says in its own book that its resolver was reminded, and
one message goes for all of them, in the same append.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from uuid import UUID

from api.session import TenantSession
from commands.command import Command
from commands.context import Context
from commands.disputes.reminders import CaseJob, ChaseApprover, MakeCommands, message, rules_of
from commands.execute import execute
from commands.unit_of_work import UnitOfWork
from ledger.database.pool import Conn
from ledger.facts.books import INVOICE, PLAYBOOK, Book, replay
from ledger.facts.codes import Purpose
from ledger.facts.playbook import NUMBER, Playbook
from ledger.policy import business_days
from ledger.policy.disputes.case_part import CasePart
from ledger.policy.disputes.deadlines import decision_overdue, next_reminder_on
from ledger.policy.refusal import NotFound, Refused
from ledger.policy.validation import is_sendable
from ledger.store.errors import Stale, Unreadable
from ledger.store.reading import entries_of_many
from projections import disputes

log = logging.getLogger(__name__)
PAGE = 500
MAX_ATTEMPTS = 5  # others may write in the same books


def cases_late(desk: TenantSession, at: datetime, jobs: Sequence[CaseJob]) -> list[int]:
    """For how many open cases each of the jobs had something to do, in their order. Nothing on a
    day that is not worked, and nothing before a playbook was applied."""
    on, rules = desk.ledger.today(at), desk.ledger.book(PLAYBOOK, NUMBER).state.rules
    done = [0] * len(jobs)
    if rules is None or not business_days.is_business_day(on, rules.calendar):
        return done

    def late(part: CasePart) -> bool:
        return any(job.is_due(part, rules, on) for job in jobs)

    for case_id in _late_cases(desk, late):
        for nth, job in enumerate(jobs):
            done[nth] += _carry_out(desk, at, case_id, job.make_commands)
    return done


def _late_cases(desk: TenantSession, late: Callable[[CasePart], object]) -> Iterator[UUID]:
    seen, after = set[UUID](), None
    while True:
        with desk.pool.connection() as conn:
            page = disputes.find(desk.tenant, {"status": "open"}, after, PAGE).fetch(conn)
            found = _late_of(desk, conn, page, late)
        for case_id in found:
            if case_id not in seen:
                seen.add(case_id)
                yield case_id
        if len(page) < PAGE:
            return
        last = page[-1]
        after = disputes.Cursor(last.listed_on, last.case_id, last.book_id)


def _late_of(
    desk: TenantSession,
    conn: Conn,
    page: Sequence[disputes.DisputeRow],
    late: Callable[[CasePart], object],
) -> list[UUID]:
    """The page's books are read at once, as the clock asks this every few minutes."""
    try:
        books = entries_of_many(conn, desk.tenant, {row.book_id for row in page})
    except Unreadable:  # it is met again, alone, where it holds up one case only
        return [row.case_id for row in page]
    states = {id_: replay(INVOICE, id_, lines).state for id_, lines in books.items()}
    parts = (
        CasePart(states[row.book_id], states[row.book_id].disputes[row.case_id]) for row in page
    )
    return [part.dispute.case_id for part in parts if late(part)]


def _carry_out(desk: TenantSession, at: datetime, case_id: UUID, wishes: MakeCommands) -> bool:
    """When a book moved meanwhile all is looked at anew; the next run tries what is left."""
    ledger, on = desk.ledger, desk.ledger.today(at)
    try:
        for _ in range(MAX_ATTEMPTS):
            playbook = ledger.book(PLAYBOOK, NUMBER)
            wanted = wishes(case_id, _parts(desk, case_id), playbook, on)
            if not wanted:
                return False
            try:
                plan = partial(_unless_changed, playbook.state.line, wanted)
                execute(ledger, plan, Context("clock", at, correlation=str(case_id)))
            except (Stale, Refused) as error:
                log.info("case %s is looked at again: %s", case_id, error)
            else:
                return True
    except (NotFound, Unreadable) as error:  # the others are seen to all the same
        log.warning("case %s is not seen to now: %s", case_id, error)
    return False


def _unless_changed(
    playbook: int, commands: Sequence[Command], work: UnitOfWork
) -> Sequence[Command]:
    """Raises ``Refused`` when the playbook is not at the line that the commands rest on."""
    work.assert_unchanged(PLAYBOOK, NUMBER)
    if work.playbook.line != playbook:
        raise Refused("book-changed", book="playbook")
    return commands


def _parts(desk: TenantSession, case_id: UUID) -> list[CasePart]:
    with desk.pool.connection() as conn:
        rows = disputes.of_case(desk.tenant, case_id).fetch(conn)
    states = [desk.ledger.book(INVOICE, row.invoice).state for row in rows if row.invoice]
    return [CasePart(one, one.disputes[case_id]) for one in states if case_id in one.disputes]


def _approval(
    case_id: UUID, parts: Sequence[CasePart], playbook: Book[Playbook], on: date
) -> list[Command]:
    """To the first approver who owes a decision; another of the same case is next."""
    rules, late = rules_of(playbook), [one for one in parts if decision_overdue(*one, on)]
    if not late:
        return []
    approver = late[0].dispute.credit_asked_of
    late = [one for one in late if one.dispute.credit_asked_of == approver]
    wishes: list[Command] = [
        ChaseApprover(invoice=one.invoice.number, case_id=case_id, rules=rules, approver=approver)
        for one in late
    ]
    if is_sendable(approver):
        one = late[0].dispute
        more = {
            "times": str(one.credit_reminders + 1),
            "answer_by": str(next_reminder_on(one, rules, on)),
            "credit": ", ".join(
                f"{part.dispute.credit_requested} {part.invoice.currency}" for part in late
            ),
        }
        name = f"approval-reminder/{case_id}/{approver}/{on}"
        ask = message(name, Purpose.APPROVAL_REQUEST, approver, late, playbook, **more)
        wishes.insert(0, ask)
    else:
        log.warning("case %s: %r is no mail address, nothing is sent", case_id, approver)
    return wishes


REMIND_APPROVER = CaseJob(lambda part, _, on: decision_overdue(*part, on), _approval)
