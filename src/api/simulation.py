"""What would have been sent under other rules: the past, replayed. Nothing leaves or is written."""

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

PAGE = 500  # invoices at a time; of a debtor who has more, all of his
MAX_SPAN = timedelta(days=3660)
Account = tuple[str, dict[UUID, str]]  # a debtor, and his invoices' numbers by id


def simulate(
    session: TenantSession,
    rules: Rules,
    first: date,
    last: date,
    hindsight: bool = False,
    progress: Callable[[int], None] = lambda more: None,
) -> Iterator[ReplayedMessage]:
    """What would (not) have been sent from the ``first`` day to the ``last``, debtor by debtor.

    ``progress`` is told of invoices that are done. Raises ``Refused`` for rules that could not be
    applied, ``ValueError`` for days that are no span; both before anything is read.
    """
    if not first <= last <= first + MAX_SPAN:
        raise ValueError(
            f"the last day must be {first} or later, and at most ten years later: not {last}"
        )
    check_playbook(rules)
    return _replayed(session, rules, Span(first, last, session.ledger.zone, hindsight), progress)


def _replayed(
    session: TenantSession, rules: Rules, span: Span, progress: Callable[[int], None]
) -> Iterator[ReplayedMessage]:
    shut = {day: why for day, _, _ in span.days if (why := why_closed(rules, day))}
    with relaxed_gc(), connect(session.pool) as conn, conn.transaction():
        conn.execute("set transaction isolation level repeatable read, read only")
        for accounts in _pages(conn, session.tenant):
            for past in _pasts(conn, session, accounts, span):
                yield from Replay(past, rules).days(span, shut)
                progress(len(past.invoices))


def _pages(conn: Conn, tenant: str) -> Iterator[list[Account]]:
    """Debtors with all their invoices, about ``PAGE`` invoices at a time."""
    page, size = list[Account](), 0
    for debtor, found in groupby(_owed(conn, tenant), key=lambda one: one.debtor):
        page.append((debtor, {one.invoice_id: one.number for one in found}))
        size += len(page[-1][1])
        if size >= PAGE:
            yield page
            page, size = [], 0
    yield page


def _owed(conn: Conn, tenant: str) -> Iterator[invoices.FollowUpCandidate]:
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
    names = span.steps(line for lines in books.values() for line in lines)
    named = {ledger.id_of(MESSAGE, name): name for name in names}
    told = entries_of_many(conn, tenant, named)
    messages = {named[id_]: replay(MESSAGE, id_, lines).state for id_, lines in told.items()}
    for debtor, numbers in accounts:
        yield past_of(debtor, ids[debtor], numbers, books, messages, span)
