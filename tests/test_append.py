"""What an append promises: all or nothing, in one gapless order, answered once."""

import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from threading import Event as Flag
from threading import Lock, main_thread
from typing import Any, cast
from uuid import UUID

import psycopg
import pytest

from ledger.database.pool import Pool, connect, open_pool, take_role
from ledger.database.tenants import UnknownTenant
from ledger.facts.books import INVOICE
from ledger.store import appender as appender_module
from ledger.store.append import Line, append, assert_unchanged, make_line
from ledger.store.appender import Appender
from ledger.store.errors import Stale
from ledger.store.ledger import Ledger
from ledger.store.recorder import Recorder
from support.histories import note
from support.postgres import proxied
from support.waiting import wait_for

A, B, C = UUID(int=1), UUID(int=2), UUID(int=3)
STALE = (None, False)


def page(book: UUID, number: int, text: str = "{}") -> Line:
    return make_line("default", book, number, "note-added.v1", text)


def test_an_append_that_is_stale_in_one_book_writes_in_none(ledger: Ledger) -> None:
    ledger.write([note(A, 1)])
    with pytest.raises(Stale):
        ledger.write([note(B, 1), note(A, 1, by="ben")])
    assert [(e.book_id, e.position) for e in ledger.since(0, 10)] == [(A, 1)]
    assert [e.position for e in ledger.write([note(B, 1), note(A, 2), note(B, 2)])] == [2, 3, 4]
    assert ledger.head() == 4


def test_a_line_may_not_be_skipped(ledger: Ledger) -> None:
    with pytest.raises(Stale):
        ledger.write([note(A, 2)])
    with pytest.raises(Stale):
        ledger.write([note(A, 1), note(A, 3)])
    assert ledger.head() == 0


def test_appends_in_one_call_are_answered_one_by_one(pool: Pool) -> None:
    first, rival, other = [page(A, 1)], [page(A, 1, "[]"), page(B, 1)], [page(C, 1)]
    with connect(pool) as conn:
        assert append(conn, "default", [first, rival, other]) == [([1], True), STALE, ([2], True)]


def test_what_is_there_already_answers_where(pool: Pool) -> None:
    twice, part, other = [page(A, 1), page(B, 1)], [page(A, 1)], [page(A, 1, "[]")]
    with connect(pool) as conn:
        assert append(conn, "default", [twice, part]) == [([1, 2], True), STALE]
        assert append(conn, "default", [twice, part]) == [([1, 2], False), ([1], False)]
        assert append(conn, "default", [other]) == [STALE]


def test_an_append_is_stale_when_a_book_it_only_read_has_moved(pool: Pool) -> None:
    with connect(pool) as conn:
        assert append(conn, "default", [[page(A, 1), assert_unchanged(B, 0)]]) == [([1], True)]
        assert append(conn, "default", [[page(B, 1), assert_unchanged(A, 2)]]) == [STALE]
        assert append(conn, "default", [[page(B, 1), assert_unchanged(A, 1)]]) == [([2], True)]
        assert append(conn, "default", [[page(A, 2), assert_unchanged(B, 0)]]) == [STALE]


def test_to_assert_writes_nothing_and_two_may_read_the_same_book(ledger: Ledger) -> None:
    ledger.write([note(A, 1)])
    with connect(ledger.pool) as conn:
        read = [
            [page(B, 1), assert_unchanged(A, 1)],
            [page(C, 1), assert_unchanged(A, 1)],
            [page(A, 2)],
        ]
        assert append(conn, "default", read) == [([2], True), ([3], True), ([4], True)]
        order = conn.execute("select book_id from entry order by position").fetchall()
    assert order == [(A,), (B,), (C,), (A,)]


def test_who_reads_a_book_that_moves_in_the_same_call_is_stale(pool: Pool) -> None:
    with connect(pool) as conn:
        asked = [[page(A, 1)], [page(B, 1), assert_unchanged(A, 0)]]
        assert append(conn, "default", asked) == [([1], True), STALE]


def test_the_ledger_writes_only_while_what_was_read_still_holds(ledger: Ledger) -> None:
    debtor = ledger.book(INVOICE, "read only")
    [written] = ledger.write([note(A, 1)], unchanged=[debtor])
    assert written.position == 1
    ledger.write([note(debtor.state.id, 1)])
    with pytest.raises(Stale):
        ledger.write([note(A, 2)], unchanged=[debtor])
    assert ledger.head() == 2


def test_a_lost_acknowledgement_is_found_again(ledger: Ledger, database: str) -> None:
    with proxied(database) as proxy, open_pool(proxy.url, size=1) as pool:
        far = Ledger(pool)
        try:
            proxy.to_lose = 1
            written = far.write([note(A, 1), note(B, 1)])
            assert proxy.lost == 1
        finally:
            far.close()
    assert [e.position for e in written] == [1, 2]
    assert ledger.since(0, 10) == written


def test_all_who_shared_a_lost_acknowledgement_are_answered(ledger: Ledger, database: str) -> None:
    with proxied(database) as proxy, open_pool(proxy.url, size=1) as pool:
        far = Ledger(pool)
        proxy.to_lose = 1
        try:
            with ThreadPoolExecutor(16) as callers:
                books = [UUID(int=n) for n in range(10, 26)]
                written = [e for [e] in callers.map(lambda book: far.write([note(book, 1)]), books)]
        finally:
            far.close()
        assert proxy.lost == 1
    assert ledger.since(0, 100) == sorted(written, key=lambda e: e.position)


def test_an_answer_lost_twice_is_an_error_and_nothing_is_doubled(
    ledger: Ledger, database: str
) -> None:
    with proxied(database) as proxy, open_pool(proxy.url, size=1) as pool:
        far = Ledger(pool)
        proxy.to_lose = 2
        try:
            with pytest.raises(psycopg.OperationalError):
                far.write([note(A, 1)])
            assert proxy.lost == 2
            assert [e.position for e in far.write([note(A, 2)])] == [2]
        finally:
            far.close()
    assert [(e.line, e.position) for e in ledger.since(0, 10)] == [(1, 1), (2, 2)]


def test_the_same_words_said_by_somebody_else_are_stale(pool: Pool, ledger: Ledger) -> None:
    ledger.write([note(A, 1)])
    elsewhere = Ledger(pool)
    try:
        with pytest.raises(Stale):
            elsewhere.write([note(A, 1)])
        with pytest.raises(Stale):
            ledger.write([note(A, 1)])
    finally:
        elsewhere.close()


def test_an_unknown_tenant_is_named(pool: Pool) -> None:
    with pytest.raises(UnknownTenant, match="'nobody'"):
        Ledger(pool, "nobody")
    appender = Appender(lambda: connect(pool), "nobody")
    with pytest.raises(psycopg.Error, match="there is no tenant nobody"):
        appender.append([page(A, 1)])
    appender.close()


BAD = [
    page(B, 1, "no text: \0"),  # refused before it is sent
    Line(B, 1, "note-added.v1", "{}", cast(bytes, None)),  # refused by the table
]


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_append_does_not_fail_its_neighbours_and_closing_drains(
    pool: Pool, bad: Line
) -> None:
    with busy(pool) as (appender, go), ThreadPoolExecutor(9) as callers:
        refused = callers.submit(appender.append, [bad])
        good = [callers.submit(appender.append, [page(UUID(int=n), 1)]) for n in range(10, 17)]
        wait_for(lambda: len(appender._waiting) == 8)
        closing = callers.submit(appender.close)
        wait_for(lambda: appender._closed)
        go.set()
        closing.result()
    assert isinstance(refused.exception(), psycopg.DataError | psycopg.IntegrityError)
    assert sorted(position for one in good for position in one.result()) == [*range(2, 9)]
    with pytest.raises(RuntimeError, match="closed"):
        appender.append([page(A, 1)])


def test_each_caller_works_once_while_its_lines_are_written(pool: Pool) -> None:
    worked = list[int]()
    with busy(pool) as (appender, go), ThreadPoolExecutor(8) as callers:
        asked = [
            callers.submit(appender.append, [page(UUID(int=n), 1)], partial(worked.append, n))
            for n in range(10, 18)
        ]
        wait_for(lambda: len(appender._waiting) == 8)
        go.set()
        positions = [one.result()[0] for one in asked]
        appender.append([page(A, 1)], lambda: worked.append(18))
        appender.close()
    assert sorted(worked) == [*range(10, 19)]
    assert len(set(positions)) == 8


def test_trouble_in_that_work_reaches_its_caller_alone(pool: Pool) -> None:
    def fail() -> None:
        raise ValueError("no work")

    appender = Appender(lambda: connect(pool), "default")
    with pytest.raises(ValueError, match="no work"):
        appender.append([page(A, 1)], fail)
    assert appender.append([page(A, 2)]) == [2], "the answer was read, and the line is there"
    appender.close()


class Interrupted(psycopg.Connection[Any]):
    """Ctrl-C comes while we wait for the second append, before or after its answer."""

    waits = -1  # for the role, the plan, the first append and the second
    answered = False

    def wait(self, gen: Any, *args: Any, **more: Any) -> Any:
        self.waits += 1
        if self.waits != 3:
            return super().wait(gen, *args, **more)
        if self.answered:
            super().wait(gen, *args, **more)
        raise KeyboardInterrupt


@contextmanager
def busy(pool: Pool, kind: type[Any] | None = None) -> Iterator[tuple[Appender, Flag]]:
    """An appender whose first caller holds the turn until the flag is set."""
    go = Flag()

    def connect_late() -> psycopg.Connection[Any]:
        go.wait()
        if not kind:
            return connect(pool)
        made = cast(psycopg.Connection[Any], kind.connect(pool.conninfo, autocommit=True))
        take_role(made)
        return made

    appender = Appender(connect_late, "default")
    with ThreadPoolExecutor(1) as first:
        try:
            first.submit(appender.append, [page(UUID(int=9), 1)])
            wait_for(lambda: bool(appender._batch))
            yield appender, go
        finally:
            go.set()


@pytest.mark.parametrize("answered", [False, True])
def test_ctrl_c_in_him_who_writes_for_all_does_not_hang_the_others(
    pool: Pool, answered: bool
) -> None:
    kind = type("Interrupted", (Interrupted,), {"answered": answered})
    with busy(pool, kind) as (appender, go), ThreadPoolExecutor(8) as callers:
        asked = [callers.submit(appender.append, [page(UUID(int=n), 1)]) for n in range(10, 18)]
        wait_for(lambda: len(appender._waiting) == 8)
        leader = appender._waiting[0].lines[0].book_id.int - 10
        go.set()
        assert isinstance(asked[leader].exception(), KeyboardInterrupt)
        positions = [p for one in asked if one is not asked[leader] for p in one.result()]
        appender.close()
    assert len(set(positions)) == 7
    with pool.connection() as conn:
        found = conn.execute("select count(*), max(position) from entry").fetchone()
    assert found == (9, 9) or (found == (8, 8) and not answered)


def test_a_waiter_that_is_interrupted_leaves_the_queue(pool: Pool) -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with busy(pool) as (appender, go), ThreadPoolExecutor(1) as other:

            def interrupt() -> None:
                wait_for(lambda: len(appender._waiting) == 1)
                signal.pthread_kill(main_thread().ident or 0, signal.SIGINT)

            helper = other.submit(interrupt)
            with pytest.raises(KeyboardInterrupt):
                appender.append([page(A, 1)])
            helper.result()
            go.set()
            assert appender.append([page(A, 1)]) == [2]
            appender.close()
    finally:
        signal.signal(signal.SIGINT, before)


class Rings:
    """A lock that does something as soon as who waited for it has it."""

    def __init__(self, then: Callable[[], object]) -> None:
        self.lock, self.then, self.made = Lock(), then, False

    def acquire(self) -> None:
        self.lock.acquire()
        if self.made:
            self.then()
        self.made = True

    def __getattr__(self, name: str) -> Any:
        return getattr(self.lock, name)


def interrupt() -> None:
    raise KeyboardInterrupt


def test_a_waiter_that_is_interrupted_does_not_keep_the_turn(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    with busy(pool) as (appender, go), ThreadPoolExecutor(2) as callers:
        with monkeypatch.context() as patch:
            patch.setattr(appender_module, "Lock", lambda: Rings(interrupt))
            interrupted = callers.submit(appender.append, [page(A, 1)])
            wait_for(lambda: len(appender._waiting) == 1)
        after = callers.submit(appender.append, [page(B, 1)])
        wait_for(lambda: len(appender._waiting) == 2)
        go.set()
        assert isinstance(interrupted.exception(), KeyboardInterrupt)
        assert after.result(20) == [2]
        appender.close()


def test_the_turn_goes_through_all_who_were_written_for(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever comes while one of them is not awake yet is in the next batch."""
    awake, batches = Flag(), list[int]()
    with busy(pool) as (appender, go), ThreadPoolExecutor(4) as callers:
        appender._watch = lambda lines, *_: batches.append(lines)
        writes = callers.submit(appender.append, [page(A, 1)])
        wait_for(lambda: len(appender._waiting) == 1)
        with monkeypatch.context() as patch:
            patch.setattr(appender_module, "Lock", lambda: Rings(lambda: awake.wait(20)))
            sleeps = callers.submit(appender.append, [page(B, 1)])
            wait_for(lambda: len(appender._waiting) == 2)
        go.set()
        assert writes.result(20) == [2]
        come = [callers.submit(appender.append, [page(UUID(int=n), 1)]) for n in (10, 11)]
        wait_for(lambda: len(appender._waiting) == 2)
        awake.set()
        assert sleeps.result(20) == [3]
        assert sorted(position for one in come for position in one.result(20)) == [4, 5]
        appender.close()
    assert batches == [1, 2, 2]


def test_a_lone_caller_reads_on_the_connection_that_writes(ledger: Ledger) -> None:
    appender = ledger.ours.appender
    assert appender.read(lambda conn: "asked") is None, "nobody dialled yet"
    ledger.write([note(A, 1)])
    writer = appender.read(lambda conn: conn.info.backend_pid)
    assert writer == appender.read(lambda conn: conn.info.backend_pid)
    assert [e.line for e in ledger.history(A)] == [1]


def test_while_somebody_writes_a_book_is_read_on_another_connection(pool: Pool) -> None:
    with busy(pool) as (appender, go):
        assert appender.read(lambda conn: "asked") is None
        assert appender._leader
        go.set()
        appender.close()


def test_who_writes_meanwhile_waits_for_a_read_and_is_not_forgotten(ledger: Ledger) -> None:
    ledger.write([note(A, 1)])
    appender, asked, go_on = ledger.ours.appender, Flag(), Flag()

    def slowly(conn: psycopg.Connection[Any]) -> str:
        asked.set()
        assert go_on.wait(20)
        return "read"

    with ThreadPoolExecutor(2) as crowd:
        reading = crowd.submit(appender.read, slowly)
        assert asked.wait(20)
        writing = crowd.submit(ledger.write, [note(A, 2)])
        wait_for(lambda: len(appender._waiting) == 1)
        assert [e.line for e in ledger.history(A)] == [1]
        go_on.set()
        assert reading.result(20) == "read"
        assert [e.position for e in writing.result(20)] == [2]


def test_a_connection_that_died_meanwhile_costs_a_reader_nothing(
    ledger: Ledger, database: str
) -> None:
    ledger.write([note(A, 1)])
    pid = ledger.ours.appender.read(lambda conn: conn.info.backend_pid)
    with psycopg.connect(database) as conn:
        conn.execute("select pg_terminate_backend(%s, 10000)", [pid])
    assert [e.line for e in ledger.history(A)] == [1]
    assert [e.position for e in ledger.write([note(A, 2)])] == [2]


def test_a_recorder_maps_stale_to_the_librarys_own_error(pool: Pool) -> None:
    recorder = Recorder(pool, "default")
    assert recorder.insert_events([]) == []
    assert recorder.max_notification_id() is None
    recorder.appender.close()
