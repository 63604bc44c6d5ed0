"""The follow-up of a day: one message a debtor, about every invoice whose step is due.

The message is named by debtor and day, so that whatever comes second, and however often, asks for
nothing and takes no step.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import groupby

from api.clock.candidate import Candidate, pages
from api.session import TenantSession
from commands.command import Command
from commands.follow_up.steps import due_steps, send_batch, unreachable_debtor
from commands.unit_of_work import UnitOfWork
from ledger.facts.books import DEBTOR, INVOICE, MESSAGE, PLAYBOOK, replay
from ledger.facts.playbook import NUMBER
from ledger.facts.playbook_rules import Rules
from ledger.policy.follow_up.batching import batch_for_debtor, message_key, step_due
from ledger.policy.follow_up.contact_days import why_closed
from ledger.policy.follow_up.ladder import step_offsets
from ledger.store.errors import Unreadable
from ledger.store.reading import entries_of_many
from projections import invoices


def debtors_due(session: TenantSession, on: date, unreachable: set[str]) -> Iterator[Candidate]:
    """Yield the debtors to write to on that day; the plans add to ``unreachable`` those to whom
    nothing can be sent.

    None on a day that is not worked or quiet, and none before a playbook was applied: who just
    imported their open items must not find that all debtors were written to.
    """
    rules = session.ledger.book(PLAYBOOK, NUMBER).state.rules
    if rules is None or why_closed(rules, on):
        return
    for debtor, found in groupby(_invoices_due(session, rules, on), key=lambda one: one.debtor):
        plan = partial(_plan, debtor, [one.number for one in found], unreachable)
        yield Candidate(f"debtor {debtor}", plan, correlation=message_key(debtor, on))


def _plan(
    debtor: str, numbers: Sequence[str], unreachable: set[str], work: UnitOfWork
) -> list[Command]:
    unreachable.discard(debtor)
    due = due_steps(work, debtor, numbers)
    if batch := batch_for_debtor(work.state(DEBTOR, debtor), due):
        return send_batch(work, debtor, batch)
    if due:
        unreachable.add(debtor)
        return unreachable_debtor(work, debtor, due[0][1].step)
    return []


def _invoices_due(
    session: TenantSession, rules: Rules, on: date
) -> Iterator[invoices.FollowUpCandidate]:
    """By debtor; on whatever ladder, the first step is not before ``until``."""
    first = min(step_offsets(ladder)[0] for ladder in rules.ladders.values())
    until = on + timedelta(days=max(0, -first))
    find = partial(invoices.follow_up_candidates, session.tenant, on, until)
    for page in pages(session, find, ("", ""), lambda one: (one.debtor, one.number)):
        try:
            yield from _due_by_book(session, page, rules, on)
        except Unreadable:  # it is met again, alone, where it holds up one debtor only
            yield from page


def _due_by_book(
    session: TenantSession, page: Sequence[invoices.FollowUpCandidate], rules: Rules, on: date
) -> list[invoices.FollowUpCandidate]:
    """Those whose step is due, of debtors who were not written to today; the page's books are read
    at once, as the clock asks this every few minutes."""
    keys = {one.debtor: session.ledger.id_of(MESSAGE, message_key(one.debtor, on)) for one in page}
    with session.pool.connection() as conn:
        written = entries_of_many(conn, session.tenant, keys.values())
        left = [one for one in page if keys[one.debtor] not in written]
        debtors = {one.debtor: session.ledger.id_of(DEBTOR, one.debtor) for one in left}
        wanted = [*debtors.values(), *(one.invoice_id for one in left)]
        books = entries_of_many(conn, session.tenant, wanted)
    owe = {one: replay(DEBTOR, id_, books.get(id_, [])).state for one, id_ in debtors.items()}

    def due(one: invoices.FollowUpCandidate) -> bool:
        state = replay(INVOICE, one.invoice_id, books[one.invoice_id]).state
        return step_due(state, one.debtor, owe[one.debtor], rules, on) is not None

    return [*filter(due, left)]
