"""The follow-up of a day: one message a debtor, about every invoice whose step is due.

The name of the message is made of debtor and day, so that a second run requests no second message.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import groupby

from api.clock.candidate import Candidate, pages
from api.session import TenantSession
from commands.command import Command
from commands.execute import UnitOfWork
from commands.follow_up.steps import due_steps, send_batch, unreachable_debtor
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
    """Yield the debtors to write to; the plans add those without an address to ``unreachable``.

    Nothing is sent on closed days, or before a playbook was applied: an import of open items must
    not remind all debtors.
    """
    rules = session.ledger.book(PLAYBOOK, NUMBER).state.rules
    if rules is None or why_closed(rules, on):
        return
    for debtor, rows in groupby(_invoices_due(session, rules, on), key=lambda row: row.debtor):
        plan = partial(_plan, debtor, [row.number for row in rows], unreachable)
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
    first = min(step_offsets(ladder)[0] for ladder in rules.ladders.values())
    until = on + timedelta(days=max(0, -first))
    find = partial(invoices.follow_up_candidates, session.tenant, on, until)
    for page in pages(session, find, ("", ""), lambda row: (row.debtor, row.number)):
        try:
            yield from _due_by_book(session, page, rules, on)
        except Unreadable:  # a plan reads it again, where it stops only its own debtor
            yield from page


def _due_by_book(
    session: TenantSession, page: Sequence[invoices.FollowUpCandidate], rules: Rules, on: date
) -> list[invoices.FollowUpCandidate]:
    """Return the rows with a step due, whose debtors have no message of that day yet; the books of
    a page are read at once, because the clock runs every few minutes."""
    id_of = session.ledger.id_of
    keys = {row.debtor: id_of(MESSAGE, message_key(row.debtor, on)) for row in page}
    with session.pool.connection() as conn:
        written = entries_of_many(conn, session.tenant, keys.values())
        left = [row for row in page if keys[row.debtor] not in written]
        debtors = {row.debtor: id_of(DEBTOR, row.debtor) for row in left}
        wanted = [*debtors.values(), *(row.invoice_id for row in left)]
        books = entries_of_many(conn, session.tenant, wanted)
    states = {name: replay(DEBTOR, id_, books.get(id_, [])).state for name, id_ in debtors.items()}

    def due(row: invoices.FollowUpCandidate) -> bool:
        invoice = replay(INVOICE, row.invoice_id, books[row.invoice_id]).state
        return step_due(invoice, row.debtor, states[row.debtor], rules, on) is not None

    return [*filter(due, left)]
