"""Simulation: the past replayed under other rules. Nothing is sent or written."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from api.session import TenantSession
from ledger.database.pool import Conn, connect
from ledger.engine.gc_tuning import relaxed_gc
from ledger.facts.books import DEBTOR, MESSAGE, replay
from ledger.facts.playbook_rules import Rules
from ledger.policy.follow_up.contact_days import why_closed
from ledger.policy.playbook.checks import check_playbook
from ledger.store.reading import entries_of_many
from projections import invoices
from projections.simulation.past import Past, Span, past_of
from projections.simulation.replay import Replay, ReplayedMessage

PAGE = 500  # invoices at a time; a debtor's invoices are never split
MAX_SPAN = timedelta(days=3660)
Account = tuple[str, dict[UUID, str]]  # a debtor, and the numbers of their invoices by id


def simulate(
    session: TenantSession,
    rules: Rules,
    first: date,
    last: date,
    hindsight: bool = False,
    progress: Callable[[int], None] = lambda more: None,
) -> Iterator[ReplayedMessage]:
    """Yield what would and would not have been sent from ``first`` to ``last``, by debtor.

    ``progress`` gets the number of invoices done. Raises, before anything is read, ``Refused`` for
    rules that cannot be applied and ``ValueError`` for an invalid span.
    """
    if not first <= last <= first + MAX_SPAN:
        raise ValueError(
            f"the last day must be {first} or later, and at most ten years later, not {last}"
        )
    check_playbook(rules)
    return _replayed(session, rules, Span(first, last, session.ledger.zone, hindsight), progress)


def _replayed(
    session: TenantSession, rules: Rules, span: Span, progress: Callable[[int], None]
) -> Iterator[ReplayedMessage]:
    closed = {day: why for day, _, _ in span.days if (why := why_closed(rules, day))}
    with relaxed_gc(), connect(session.pool) as conn, conn.transaction():
        conn.execute("set transaction isolation level repeatable read, read only")
        for accounts in _pages(conn, session.tenant):
            for past in _pasts(conn, session, accounts, span):
                yield from Replay(past, rules).days(span, closed)
                progress(len(past.invoices))


def _pages(conn: Conn, tenant: str) -> Iterator[list[Account]]:
    """Yield debtors with all their invoices, about ``PAGE`` invoices at a time."""
    page, size = list[Account](), 0
    for debtor, rows in groupby(_invoices(conn, tenant), key=lambda row: row.debtor):
        page.append((debtor, {row.invoice_id: row.number for row in rows}))
        size += len(page[-1][1])
        if size >= PAGE:
            yield page
            page, size = [], 0
    yield page


def _invoices(conn: Conn, tenant: str) -> Iterator[invoices.FollowUpCandidate]:
    after = ("", "")
    while page := invoices.of_debtors(tenant, after, PAGE).fetch(conn):
        yield from page
        after = (page[-1].debtor, page[-1].number)


def _pasts(
    conn: Conn, session: TenantSession, accounts: list[Account], span: Span
) -> Iterator[Past]:
    ledger, tenant = session.ledger, session.tenant
    ids = {debtor: ledger.id_of(DEBTOR, debtor) for debtor, _ in accounts}
    wanted = [*ids.values(), *(id_ for _, numbers in accounts for id_ in numbers)]
    books = entries_of_many(conn, tenant, wanted)
    steps = span.steps(entry for entries in books.values() for entry in entries)
    names = {ledger.id_of(MESSAGE, name): name for name in steps}
    message_books = entries_of_many(conn, tenant, names)
    messages = {names[id_]: replay(MESSAGE, id_, book).state for id_, book in message_books.items()}
    for debtor, numbers in accounts:
        yield past_of(debtor, ids[debtor], numbers, books, messages, span)
