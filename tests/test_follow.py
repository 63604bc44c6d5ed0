"""Whatever happened: followed, rebuilt or folded as of then, a read model shows the same."""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from functools import partial
from itertools import count
from threading import Event as Flag
from typing import Any
from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.database.pool import Conn, Pool, connect, open_pool
from ledger.database.tenants import Tenant, create
from ledger.engine.fold import Log, Model
from ledger.engine.projector import LEASE, Projector
from ledger.engine.rebuild import Difference, check, prepare, rebuild, use_as_of
from ledger.engine.table import Key
from ledger.facts.books import INVOICE
from ledger.facts.entry import Entry
from ledger.facts.invoice.payments import PaymentReceived
from ledger.facts.invoice.promises import PromiseBroken
from ledger.facts.invoice.state import Invoice
from ledger.store.ledger import Ledger
from support.histories import (
    AT,
    LINES,
    MODELS,
    ON,
    PROMISES,
    History,
    LineRow,
    P,
    PromiseRow,
    Q,
    entries_of,
    folded,
    histories,
    line_of,
    note,
    open_promises,
    parked,
    promise_made,
    rows_of,
    shown,
    worker,
)

A, B, C = UUID(int=1), UUID(int=2), UUID(int=3)


@pytest.fixture(autouse=True)
def prepared(pool: Pool) -> None:
    prepare(pool, MODELS, AT)


def broken(book: UUID, line: int, promise: UUID) -> Entry:
    return Entry(book, line, AT, "clock", PromiseBroken(on=ON, promise_id=promise, paid=Decimal(0)))


def places(pool: Pool) -> dict[str, int]:
    with pool.connection() as conn:
        return dict(conn.execute("select name, position from follower").fetchall())


def checked(pool: Pool, models: tuple[Model, ...] = MODELS) -> None:
    with connect(pool) as conn:
        for model in models:
            check(conn, "default", model, AT)


def wipe(database: str) -> None:
    with psycopg.connect(database, options="-c search_path=view,ledger") as conn:
        conn.execute("truncate entry, parked, promises, lines")
        conn.execute("update tenant_head set position = 0")
        conn.execute("update follower set position = 0, leased_by = null")


@given(before=histories, after=histories, batch=st.integers(1, 20))
@settings(
    max_examples=40,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # wipe() empties it
)
def test_followed_rebuilt_and_folded_are_one(
    pool: Pool, ledger: Ledger, database: str, before: History, after: History, batch: int
) -> None:
    wipe(database)
    ledger.write(entries_of(before))
    follows = worker(pool, batch=batch)
    follows.catch_up()
    then, past = ledger.head(), [rows_of(pool, model) for model in MODELS]
    ledger.write(entries_of(after, ledger.since(0, 1000)))
    follows.catch_up()
    entries = ledger.since(0, 1000)
    assert parked(pool) == []
    checked(pool)
    for model, was in zip(MODELS, past, strict=True):
        followed = rows_of(pool, model)
        rebuild(pool, model, AT)
        assert followed == rows_of(pool, model) == folded(model, entries)
        assert was == folded(model, entries[:then])


def test_a_book_shows_several_rows_and_rows_that_vanish_are_deleted(
    pool: Pool, ledger: Ledger
) -> None:
    follows = worker(pool)
    ledger.write([promise_made(A, 1, P), promise_made(A, 2, Q), promise_made(B, 1, P)])
    follows.catch_up()
    row = PromiseRow(A, P, Decimal("12.50"), ON, None)
    assert rows_of(pool, PROMISES) == [row, replace(row, promise_id=Q), replace(row, book_id=B)]
    ledger.write([broken(A, 3, P), broken(B, 2, P)])
    follows.catch_up()
    assert rows_of(pool, PROMISES) == [replace(row, promise_id=Q)]


def test_of_many_workers_one_takes_each_entry(pool: Pool, ledger: Ledger) -> None:
    taken = list[int]()

    def take(entry: Entry) -> LineRow:
        taken.append(entry.position)
        return line_of(entry)

    def work(name: str) -> None:
        mine = worker(pool, [replace(LINES, show=take)], name, batch=7)
        while places(pool)["lines"] < 200:
            mine.process_batch()
            mine.release_lease()

    ledger.write([note(UUID(int=n), 1) for n in range(1, 201)])
    with ThreadPoolExecutor(4) as workers:
        list(workers.map(work, ["ann", "bob", "cem", "dan"]))
    assert taken == list(range(1, 201))


def test_a_lease_keeps_others_out_until_it_is_given_back_or_has_run_out(
    pool: Pool, ledger: Ledger
) -> None:
    ledger.write([note(A, n) for n in range(1, 7)])
    times = [AT]
    one, two = (
        worker(pool, name=name, batch=1, clock=lambda: times[-1]) for name in ("one", "two")
    )
    assert (one.process_batch(), two.process_batch(), one.process_batch()) == (1, 0, 1)
    one.release_lease()
    assert (two.process_batch(), one.process_batch()) == (1, 0)
    times.append(AT + LEASE + timedelta(seconds=1))
    assert (one.process_batch(), two.process_batch()) == (1, 0)
    assert set(places(pool).values()) == {4}


def test_a_lease_of_a_worker_whose_clock_ran_a_day_ahead_is_none(
    pool: Pool, ledger: Ledger
) -> None:
    ledger.write([note(A, n) for n in range(1, 3)])
    ahead = worker(pool, name="ahead", batch=1, clock=lambda: AT + timedelta(days=1))
    right = worker(pool, name="right", batch=1)
    assert (ahead.process_batch(), right.process_batch()) == (1, 1)


def test_a_worker_whose_lease_was_taken_writes_nothing(pool: Pool, ledger: Ledger) -> None:
    later = worker(pool, name="later", batch=2, clock=lambda: AT + 2 * LEASE)

    class Sleepy(Projector):
        """It leases, dozes off, and somebody else takes over and goes on."""

        def _lease(self) -> dict[str, int]:
            stands = super()._lease()
            assert later.process_batch() == 2
            return stands

    def never(entry: Entry) -> LineRow:
        raise AssertionError("it has no right to write")

    ledger.write([note(A, n) for n in range(1, 5)])
    sleepy = Sleepy(pool, "default", [PROMISES, replace(LINES, show=never)], "sleepy", lambda: AT)
    assert sleepy.process_batch() == 0
    assert set(places(pool).values()) == {2}
    assert [row.line for row in rows_of(pool, LINES)] == [1, 2]
    assert parked(pool) == []


def test_a_new_model_walks_alone_until_it_has_caught_up_and_then_joins(
    pool: Pool, ledger: Ledger
) -> None:
    ledger.write([note(A, n) for n in range(1, 6)])
    worker(pool).catch_up()
    new = replace(LINES, name="newer")
    prepare(pool, [*MODELS, new], AT)
    follows = worker(pool, [*MODELS, new], batch=3)
    stands = list[set[int]]()
    while follows.process_batch():
        stands.append(set(places(pool).values()))
    assert stands == [{5, 3}, {5}]
    ledger.write([note(A, 6), note(B, 1)])
    assert (follows.process_batch(), follows.process_batch()) == (2, 0)
    assert rows_of(pool, new) == rows_of(pool, LINES) == folded(LINES, ledger.since(0, 10))


def fails_for(book: UUID, show: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def fail(what: Any) -> Any:
        if book == (what.id if isinstance(what, Invoice) else what.book_id):
            raise LookupError("a bug of ours")
        return show(what)

    return fail


def test_a_book_that_a_model_cannot_show_is_parked_and_the_others_go_on(
    pool: Pool, ledger: Ledger
) -> None:
    models: list[Model] = [
        replace(PROMISES, show=fails_for(B, open_promises)),
        replace(LINES, show=fails_for(C, line_of)),
    ]
    ledger.write([promise_made(A, 1, P), promise_made(B, 1, P), promise_made(C, 1, P)])
    follows = worker(pool, models)
    follows.catch_up()
    why = "LookupError: a bug of ours"
    assert parked(pool) == [("promises", B, 2, why), ("lines", C, 3, why)]
    ledger.write([promise_made(A, 2, Q), promise_made(B, 2, Q), promise_made(C, 2, Q)])
    follows.catch_up()
    assert [row.book_id for row in rows_of(pool, PROMISES)] == [A, A, C, C]
    assert [row.book_id for row in rows_of(pool, LINES)] == [A, A, B, B]
    assert [position for _, _, position, _ in parked(pool)] == [2, 3]
    with pytest.raises(Difference, match="1 parked"):
        checked(pool)


def test_a_parked_book_is_left_alone_until_a_rebuild_with_the_bug_fixed(
    pool: Pool, ledger: Ledger
) -> None:
    ledger.write([note(A, 1), note(B, 1)])
    worker(pool, [PROMISES, replace(LINES, show=fails_for(B, line_of))]).catch_up()
    assert len(parked(pool)) == 1
    ledger.write([note(A, 2), note(B, 2)])
    worker(pool).catch_up()
    assert [row.book_id for row in rows_of(pool, LINES)] == [A, A]
    rebuild(pool, LINES, AT)
    assert parked(pool) == []
    checked(pool)
    assert [row.book_id for row in rows_of(pool, LINES)] == [A, A, B, B]


def test_a_rebuild_with_the_bug_still_there_parks_again(pool: Pool, ledger: Ledger) -> None:
    buggy = replace(PROMISES, show=fails_for(B, open_promises))
    ledger.write([promise_made(A, 1, P), promise_made(B, 1, P)])
    worker(pool, [buggy, LINES]).catch_up()
    rebuild(pool, buggy, AT)
    assert [(name, book) for name, book, _, _ in parked(pool)] == [("promises", B)]
    assert [row.book_id for row in rows_of(pool, PROMISES)] == [A]


def test_a_book_that_was_parked_during_a_rebuild_is_shown_by_it(pool: Pool, ledger: Ledger) -> None:
    """The old code trips over a book while the new code, which does not, folds beside it."""
    ledger.write([promise_made(A, 1, P), promise_made(B, 1, P)])
    old = worker(pool, [replace(PROMISES, show=fails_for(B, open_promises))])

    def meanwhile(_: int) -> None:
        old.catch_up()

    rebuild(pool, PROMISES, AT, meanwhile)
    assert [row.book_id for row in rows_of(pool, PROMISES)] == [A, B]
    assert parked(pool) == []


def test_a_row_that_the_database_refuses_parks_its_book(pool: Pool, ledger: Ledger) -> None:
    """JSON lets a NUL through, a text column does not."""
    ledger.write([note(A, 1), note(B, 1, "\0"), note(C, 1)])
    worker(pool).catch_up()
    [(name, book, position, error)] = parked(pool)
    assert (name, book, position) == ("lines", B, 2)
    assert "u0000" in error
    assert [row.book_id for row in rows_of(pool, LINES)] == [A, C]
    rebuild(pool, LINES, AT)
    assert [book for _, book, _, _ in parked(pool)] == [B]
    assert [row.book_id for row in rows_of(pool, LINES)] == [A, C]


def test_a_model_that_gives_two_rows_one_key_parks_its_book(pool: Pool, ledger: Ledger) -> None:
    @dataclass(frozen=True)
    class Last:
        book_id: Key[UUID]
        line: int

    last = Log("last", Last, (INVOICE,), lambda entry: Last(entry.book_id, entry.line))
    prepare(pool, [last], AT)
    ledger.write([note(A, 1), note(B, 1), note(B, 2)])
    worker(pool, [last]).catch_up()
    assert [(name, book) for name, book, _, _ in parked(pool)] == [("last", B)]
    assert rows_of(pool, last) == [Last(A, 1)]


def test_a_book_that_cannot_be_folded_is_parked_even_in_a_batch_of_its_own(
    pool: Pool, ledger: Ledger
) -> None:
    nonsense = PaymentReceived(on=ON, reference="B1", amount=Decimal("sNaN"))
    ledger.write([note(A, 1), Entry(B, 1, AT, "bank", nonsense), note(C, 1)])
    assert worker(pool, batch=1).catch_up() == 3
    assert {(name, book) for name, book, _, _ in parked(pool)} == {("promises", B), ("lines", B)}
    assert [row.book_id for row in rows_of(pool, LINES)] == [A, C]


def test_a_worker_that_loses_its_connection_goes_on_and_loses_and_doubles_nothing(
    pool: Pool, ledger: Ledger, database: str
) -> None:
    cuts = [5, 17, 29]

    def cut(entry: Entry) -> LineRow:
        if cuts and entry.position == cuts[0]:
            cuts.pop(0)
            with psycopg.connect(database) as killer:
                killer.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                    " where datname = current_database() and pid <> pg_backend_pid()"
                )
        return line_of(entry)

    written = ledger.write([note(UUID(int=1 + n % 3), 1 + n // 3, f"{n}") for n in range(30)])
    follows = worker(pool, [PROMISES, replace(LINES, show=cut)], batch=4)
    failed = 0
    while places_of(database) != {30}:
        try:
            follows.catch_up()
        except psycopg.OperationalError:
            failed += 1
    assert failed >= 3
    assert not cuts
    pool.check()
    assert rows_of(pool, LINES) == folded(LINES, written)
    assert parked(pool) == []
    checked(pool)


def places_of(database: str) -> set[int]:
    """On a connection that nobody cuts."""
    with psycopg.connect(database) as conn:
        return {at for (at,) in conn.execute("select position from ledger.follower")}


def test_a_rebuild_beside_the_living_loses_nothing_and_never_shows_less(
    pool: Pool, ledger: Ledger
) -> None:
    done, seen, lines = Flag(), list[int](), count(1)
    ledger.write([note(B, 1)])
    follows = worker(pool, batch=5)
    follows.catch_up()
    apart = connect(pool)

    def look() -> None:
        with pool.connection() as conn:
            found = conn.execute("select count(*) from lines where tenant_id = 'default'")
            seen.append(found.fetchall()[0][0])

    def write() -> None:
        ledger.write([note(A, next(lines)), promise_made(UUID(int=100 + len(seen)), 1, P)][:1])

    def repeat(what: Callable[[], object]) -> None:
        while not done.is_set():
            what()

    def prove() -> None:
        check(apart, "default", LINES, AT)

    with ThreadPoolExecutor(4) as life:
        living = [life.submit(repeat, what) for what in (write, look, follows.catch_up, prove)]
        try:
            for _ in range(15):
                for model in MODELS:
                    rebuild(pool, model, AT)
        finally:
            done.set()
        for one in living:
            one.result()
    apart.close()
    follows.catch_up()
    entries = ledger.since(0, 100_000)
    assert seen == sorted(seen)
    for model in MODELS:
        assert rows_of(pool, model) == folded(model, entries)
    checked(pool)


def test_two_tenants_share_a_table_and_see_only_their_own(pool: Pool, ledger: Ledger) -> None:
    with pool.connection() as conn:
        create(conn, Tenant("other", "Other", "UTC", AT))
    prepare(pool, MODELS, AT)
    other = Ledger(pool, "other")
    ledger.write([promise_made(A, 1, P), promise_made(A, 2, Q)])
    other.write([promise_made(A, 1, P), broken(A, 2, P), promise_made(B, 1, P)])
    ours, theirs = ledger.since(0, 9), other.since(0, 9)
    other.close()
    worker(pool).catch_up()
    assert rows_of(pool, LINES, "other") == []
    worker(pool, tenant="other").catch_up()
    for _ in ("followed", "rebuilt"):
        for model in MODELS:
            assert rows_of(pool, model) == folded(model, ours)
            assert rows_of(pool, model, "other") == folded(model, theirs)
            rebuild(pool, model, AT)
    with pool.connection() as conn:
        assert conn.execute("select distinct position from follower").fetchall() in (
            [(2,), (3,)],
            [(3,), (2,)],
        )


@pytest.mark.parametrize(
    "tampering",
    [
        "update promises set amount = 1 where book_id = %s",
        "delete from promises where book_id = %s",
        "insert into promises select tenant_id, %s, gen_random_uuid(), 1, promised_for"
        " from promises limit 1",
    ],
)
def test_a_live_row_that_was_tampered_with_is_a_difference(
    pool: Pool, ledger: Ledger, tampering: str
) -> None:
    ledger.write([promise_made(A, 1, P), promise_made(B, 1, P)])
    worker(pool).catch_up()
    checked(pool)
    with pool.connection() as conn:
        conn.execute(tampering.encode(), [A])
    with pytest.raises(Difference, match=r"promises differs .* in [12] rows"):
        checked(pool)
    rebuild(pool, PROMISES, AT)
    checked(pool)


def written_by(then: int, entry: Entry) -> bool:
    return entry.position <= then


@pytest.mark.parametrize("rolled_back", [True, False])
def test_the_past_is_shown_for_one_transaction(
    pool: Pool, ledger: Ledger, rolled_back: bool
) -> None:
    ledger.write([promise_made(A, 1, P), promise_made(B, 1, P), broken(A, 2, P), note(C, 1)])
    worker(pool).catch_up()
    entries = ledger.since(0, 10)
    with connect(pool) as conn:
        for then in range(5):
            with conn.transaction(force_rollback=rolled_back):
                use_as_of(conn, "default", MODELS, AT, partial(written_by, then), 4)
                for model in MODELS:
                    assert shown(conn, model) == folded(model, entries[:then])
            assert shown(conn, PROMISES) == folded(PROMISES, entries)


def test_the_past_is_not_shown_outside_of_a_transaction(pool: Pool, ledger: Ledger) -> None:
    """It would have nothing to end it."""
    ledger.write([promise_made(A, 1, P)])
    with connect(pool) as conn, pytest.raises(RuntimeError, match="transaction"):
        use_as_of(conn, "default", MODELS, AT, lambda _: True, 1)
    assert rows_of(pool, LINES) == []


def test_a_book_that_the_past_cannot_show_is_not_parked_in_the_present(
    pool: Pool, ledger: Ledger
) -> None:
    ledger.write([promise_made(A, 1, P), promise_made(B, 1, P)])
    with pool.connection() as conn, conn.transaction():
        buggy = replace(PROMISES, show=fails_for(B, open_promises))
        use_as_of(conn, "default", [buggy], AT, lambda _: True, 2)
        assert [row.book_id for row in shown(conn, PROMISES)] == [A]
    assert parked(pool) == []


def prepare_there(url: str) -> int:
    """In another process: entries folded there."""
    read = list[int]()
    with open_pool(url) as pool:
        prepare(pool, [PROMISES, replace(LINES, name="newer")], AT, read.append)
    return sum(read)


def test_any_number_of_processes_prepare_at_once(pool: Pool, ledger: Ledger, database: str) -> None:
    """One makes the new table, one makes the table anew that other code had made."""
    ledger.write([promise_made(A, 1, P), promise_made(B, 1, P)])
    worker(pool).catch_up()
    with pool.connection() as conn:
        conn.execute("update promises set amount = 1")
        conn.execute("update read_model set fingerprint = 'old' where name = 'promises'")
    with ProcessPoolExecutor(4, multiprocessing.get_context("spawn")) as processes:
        read = list(processes.map(prepare_there, [database] * 4))
    assert sorted(read) == [0, 0, 0, 2]
    checked(pool)
    assert places(pool) == {"promises": 2, "lines": 2, "newer": 0}


def test_a_table_that_is_gone_is_filled_again(pool: Pool, ledger: Ledger, owner: Conn) -> None:
    """As after a restore of the ledger alone."""
    ledger.write([promise_made(A, 1, P)])
    worker(pool).catch_up()
    owner.execute("drop table promises")
    prepare(pool, MODELS, AT)
    worker(pool).catch_up()
    checked(pool)
    assert len(rows_of(pool, PROMISES)) == 1
