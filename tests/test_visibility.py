"""Every query that takes a scope shows exactly what the scope sees by the states of the books."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commands.disputes.opening import OpenDispute
from commands.disputes.resolutions import ResolveDispute, VoidDispute
from commands.disputes.resolvers import AssignResolver, RecordAnswer
from commands.follow_up.tasks import PostponeTask
from commands.handoffs import HandOff, RecallHandOff
from commands.invoices.registration import CancelInvoice, CorrectInvoice
from commands.payments.payments import ReceivePayment
from ledger.database.pool import Pool
from ledger.facts.books import kind_of_event, replay
from ledger.facts.codes import Answer, Outcome, Reason
from ledger.facts.entry import Entry
from ledger.facts.invoice.state import Invoice
from ledger.policy.visibility import EVERYTHING, NOTHING, Scope
from support.creditor import Creditor, debtor, invoice, new_creditor
from support.histories import History, entries_of, histories
from support.random_lives import (
    DatedCommand,
    amounts,
    days,
    ids,
    of_invoice,
    people,
    references,
    run_commands,
    whys,
)
from support.scoped_answers import Answers

UNITS = ["north", "south", ""]
HANDOFFS = [UUID(int=n) for n in (31, 32)]
with_database = settings(
    max_examples=25,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # each example has its tenant
)


@pytest.fixture(autouse=True)
def connected_pool(request: pytest.FixtureRequest) -> None:
    """Else the pool draws random numbers in the background, which Hypothesis takes for its own."""
    if "pool" in request.fixturenames:
        request.getfixturevalue("pool").wait()


def scopes(
    units: Sequence[str], names: Sequence[str], debtors: Sequence[str]
) -> st.SearchStrategy[Scope]:
    """Of units and names that there are, and of some that there are not."""
    name = st.sampled_from(["", "nobody", *names])
    several = st.lists(st.sampled_from(["nowhere", *units]), max_size=2, unique=True).map(tuple)
    return st.one_of(
        st.builds(Scope, business_units=several),
        st.builds(Scope, resolver=name),
        st.builds(Scope, agency=name),
        st.builds(Scope, debtor=st.sampled_from(["", "nobody", *debtors])),
        st.builds(Scope, several, st.none() | name, st.none() | name, st.none() | name),
        st.sampled_from([EVERYTHING, NOTHING]),
    )


def check_all(office: Creditor, entries: Sequence[Entry], data: st.DataObject) -> None:
    """Five random scopes over what these entries leave."""
    for entry in entries:
        office.ledger.write([entry])
    written = office.ledger.since(0, 10_000)
    by_book: dict[UUID, list[Entry]] = {}
    for entry in written:
        by_book.setdefault(entry.book_id, []).append(entry)
    books = {
        id_: replay(kind_of_event(lines[0].event), id_, lines).state
        for id_, lines in by_book.items()
    }
    found = [state for state in books.values() if isinstance(state, Invoice)]
    parts = [part for state in found for part in state.disputes.values()]
    names = [part.resolver for part in parts] + [state.agency for state in found]
    units = [state.business_unit for state in found]
    debtors = sorted({state.debtor for state in found})
    of_all = scopes(sorted({*UNITS, *units}), sorted({*names}), debtors)
    drawn = st.lists(of_all, min_size=5, max_size=5)
    with office.reading() as conn:
        for scope in data.draw(drawn):
            Answers(office.tenant, conn, scope, books, written).check()


steps: st.SearchStrategy[list[DatedCommand]] = st.lists(
    st.tuples(
        days,
        st.one_of(
            of_invoice(CorrectInvoice, why=whys, business_unit=st.sampled_from(UNITS)),
            of_invoice(CancelInvoice, why=whys),
            of_invoice(
                OpenDispute,
                reason=st.sampled_from(Reason),
                comment=whys,
                case_id=ids,
                contested=st.none() | amounts,
            ),
            of_invoice(AssignResolver, resolver=people, case_id=ids, unopened=st.booleans()),
            of_invoice(RecordAnswer, answer=st.sampled_from(Answer), case_id=ids),
            of_invoice(ResolveDispute, outcome=st.sampled_from(Outcome), case_id=ids),
            of_invoice(VoidDispute, why=whys, case_id=ids),
            of_invoice(HandOff, agency=people, handoff_id=st.sampled_from(HANDOFFS)),
            of_invoice(RecallHandOff, why=whys),
            of_invoice(PostponeTask, item=st.just("debtor"), until=days, why=whys),
            of_invoice(ReceivePayment, reference=references, amount=amounts),
        ),
    ),
    max_size=30,
)
BEGIN: list[DatedCommand] = [
    (date(2026, 2, 1), command)
    for command in (
        debtor(),
        debtor("D-8", "Garage Smit"),
        invoice("F1", business_unit="north"),
        invoice("F2", business_unit="south", debtor="D-8"),
        invoice("F3", business_unit="south"),  # the same debtor and amount as F1
        HandOff(invoice="F3", agency="sam", handoff_id=HANDOFFS[0]),
        RecallHandOff(invoice="F3", why="They pay us."),
        HandOff(invoice="F3", agency="eva", handoff_id=HANDOFFS[1]),
    )
]


@given(life=steps, data=st.data())
@with_database
def test_a_query_shows_exactly_what_the_scope_sees(
    pool: Pool, life: list[DatedCommand], data: st.DataObject
) -> None:
    with new_creditor(pool) as office:
        check_all(office, run_commands(office.tenant, {}, [*BEGIN, *life]), data)


@given(history=histories, data=st.data())
@with_database
def test_it_does_so_whatever_was_recorded(
    pool: Pool, history: History, data: st.DataObject
) -> None:
    with new_creditor(pool) as office:
        check_all(office, entries_of(history), data)
