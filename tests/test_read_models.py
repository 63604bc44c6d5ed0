"""Whatever happened: followed, rebuilt or folded as of then, every read model shows the same."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commands.disputes.opening import OpenDispute
from commands.payments.payments import ReceivePayment
from ledger.database.pool import Conn, Pool
from ledger.engine.fold import Model
from ledger.engine.rebuild import check, rebuild, use_as_of
from ledger.engine.table import RowKey
from ledger.facts.codes import Reason, TaskKind
from ledger.facts.entry import Entry
from ledger.facts.invoice.state import Invoice
from ledger.policy.tasks.invoice import tasks_for
from ledger.policy.tasks.task import CHASING
from ledger.policy.visibility import EVERYTHING
from projections import READ_MODELS, agenda, dispute_queries, invoices
from support.creditor import Creditor, invoice, new_creditor
from support.examples import CASE
from support.given import day
from support.histories import AT, History, entries_of, folded, histories, shown, worker
from support.random_lives import BEGIN, DatedCommand, States, days, random_commands, run_commands

Tables = dict[str, dict[RowKey, Any]]
with_database = settings(
    max_examples=12,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # each example has its tenant
)


def keyed(model: Model, rows: Sequence[Any]) -> dict[RowKey, Any]:
    by_key = {model.table.key_of(row): row for row in rows}
    assert len(by_key) == len(rows)
    return by_key


def tables(conn: Conn, tenant: str) -> Tables:
    return {model.name: keyed(model, shown(conn, model, tenant)) for model in READ_MODELS}


def from_entries(entries: Sequence[Entry]) -> Tables:
    return {model.name: keyed(model, folded(model, entries)) for model in READ_MODELS}


def followed(creditor: Creditor, entries: Sequence[Entry], batch: int) -> Tables:
    """The tables after these entries too, taken in batches of that size."""
    for entry in entries:
        creditor.ledger.write([entry])
    follower = worker(creditor.pool, READ_MODELS, tenant=creditor.tenant, batch=batch)
    follower.catch_up()
    follower.release_lease()
    with creditor.reading() as conn:
        return tables(conn, creditor.tenant)


def same_every_way(
    creditor: Creditor, before: Sequence[Entry], after: Sequence[Entry], batch: int
) -> None:
    past = followed(creditor, before, batch)
    then = creditor.ledger.head()
    present = followed(creditor, after, batch)
    entries = creditor.ledger.since(0, 10_000)
    assert from_entries(entries) == present
    assert from_entries(entries[:then]) == past
    with creditor.reading() as conn:
        for model in READ_MODELS:
            assert check(conn, creditor.tenant, model, AT) == len(entries)
        with conn.transaction(force_rollback=True):
            use_as_of(conn, creditor.tenant, READ_MODELS, AT, lambda _: True, then)
            assert tables(conn, creditor.tenant) == past
    for model in READ_MODELS:
        rebuild(creditor.pool, model, AT)
    with creditor.reading() as conn:
        assert tables(conn, creditor.tenant) == present


@given(before=random_commands, after=random_commands, batch=st.integers(1, 20))
@with_database
def test_lives_look_the_same_every_way(
    pool: Pool, before: list[DatedCommand], after: list[DatedCommand], batch: int
) -> None:
    with new_creditor(pool) as creditor:
        states: States = {}
        first = run_commands(creditor.tenant, states, [*BEGIN, *before])
        same_every_way(creditor, first, run_commands(creditor.tenant, states, after), batch)


@given(before=histories, after=histories, batch=st.integers(1, 20))
@with_database
def test_nonsense_looks_the_same_every_way(
    pool: Pool, before: History, after: History, batch: int
) -> None:
    with new_creditor(pool) as creditor:
        first = entries_of(before)
        same_every_way(creditor, first, entries_of(after, first), batch)


@given(life=random_commands, on=days)
@with_database
def test_on_an_earlier_day_the_tables_show_what_had_happened_by_then(
    pool: Pool, life: list[DatedCommand], on: date
) -> None:
    with new_creditor(pool) as creditor:
        entries = run_commands(creditor.tenant, {}, [*BEGIN, *life])
        present = followed(creditor, entries, 1000)
        written = creditor.ledger.since(0, 10_000)
        by_then = [entry for entry in written if entry.event.on <= on]
        with creditor.reading() as conn:
            with conn.transaction(force_rollback=True):
                head = creditor.ledger.head()
                use_as_of(conn, creditor.tenant, READ_MODELS, AT, lambda e: e.event.on <= on, head)
                assert tables(conn, creditor.tenant) == from_entries(by_then)
            assert tables(conn, creditor.tenant) == present


@given(life=random_commands)
@settings(max_examples=150, deadline=None, database=None)
def test_every_undisputed_euro_is_asked_for_once_unless_it_rests(life: list[DatedCommand]) -> None:
    states: States = {}
    run_commands("default", states, [*BEGIN, *life])
    for state in states.values():
        if isinstance(state, Invoice):
            asked = [
                task for task in tasks_for(state) if task.action in (*CHASING, TaskKind.PROMISE_DUE)
            ]
            total = sum(task.amount for task in asked)
            # of several promises the next is looked at when the one before it is judged
            waits = len([*state.open_promises]) > 1
            later = len(state.instalments) > 1  # what falls due later is asked for then
            open_ended = any(hold.until is None for hold in state.holds.values())
            if not state.collectable:
                assert asked == []
            elif not waits and not open_ended and not later:
                # what will be credited anyway is asked of nobody
                assert total == max(state.undisputed_amount - state.credit_due, 0)
            assert total <= state.undisputed_amount
            assert all(task.amount > 0 for task in asked)
            assert len({task.item for task in tasks_for(state)}) == len(tasks_for(state))


@pytest.fixture
def known_late(creditor: Creditor) -> None:
    """Heard on 10 March: paid on the 5th, and disputed on the 6th after all."""
    creditor.execute(invoice("F1"), on="2026-02-01")
    late = {"invoice": "F1", "on": "2026-03-05"}
    creditor.execute(ReceivePayment(reference="P1", amount=30, **late), on="2026-03-10")
    disputed = OpenDispute(
        invoice="F1", on="2026-03-06", reason=Reason.PRICE, comment="Less.", case_id=CASE
    )
    creditor.execute(disputed, on="2026-03-10")


def seen(conn: Conn, on: str) -> tuple[list[str], list[Any], list[str]]:
    """What the agenda, the invoices and the dispute report say."""
    return (
        [
            row.item.action
            for row in agenda.list_due("default", day(on), scope=EVERYTHING).fetch(conn)
        ],
        [row.open_amount for row in invoices.find("default", scope=EVERYTHING).fetch(conn)],
        [row.status for row in dispute_queries.find("default", scope=EVERYTHING).fetch(conn)],
    )


NOW_SEEN = (["assign resolver"], [70], ["open"])


@pytest.mark.usefixtures("known_late")
@pytest.mark.parametrize(
    ("on", "then"),
    [
        ("2026-01-31", ([], [], [])),
        ("2026-02-28", ([], [100], [])),
        ("2026-03-01", (["chase debtor"], [100], [])),
        ("2026-03-05", (["chase debtor"], [70], [])),
        ("2026-03-06", NOW_SEEN),
    ],
)
def test_the_business_date_shows_what_was_so_on_that_day(
    creditor: Creditor, on: str, then: Any
) -> None:
    with creditor.reading() as conn:
        with conn.transaction(force_rollback=True):
            keep = lambda entry: entry.event.on <= day(on)  # noqa: E731
            use_as_of(conn, "default", READ_MODELS, AT, keep, creditor.ledger.head())
            assert seen(conn, on) == then
        assert seen(conn, "2026-03-10") == NOW_SEEN


@pytest.mark.usefixtures("known_late")
@pytest.mark.parametrize(
    ("upto", "then"),
    [
        (0, ([], [], [])),
        (1, (["chase debtor"], [100], [])),
        (2, (["chase debtor"], [70], [])),
        (3, NOW_SEEN),
    ],
)
def test_the_position_shows_what_was_known_then(creditor: Creditor, upto: int, then: Any) -> None:
    with creditor.reading() as conn:
        with conn.transaction(force_rollback=True):
            use_as_of(conn, "default", READ_MODELS, AT, lambda _: True, upto)
            assert seen(conn, "2026-03-10") == then
        assert seen(conn, "2026-03-10") == NOW_SEEN
