"""The event loop's connections answer as psycopg would, and a broken one is never used again."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg import AsyncConnection
from psycopg.errors import DivisionByZero, OperationalError

from ledger.database import read_connection, read_pool
from ledger.database.query import Query
from ledger.database.read_connection import ReadConnection
from ledger.database.read_pool import ReadPool

VALUES = (1, 2**40, "a'b\"c\\%", date(2026, 3, 2), Decimal("12.50"), UUID(int=7), True, None)


def query(sql: str, *parameters: object) -> Query[Any]:
    return Query(sql, parameters, lambda *values: values, by_name=False)


ME = query("select pg_backend_pid()")


def with_pool(url: str, size: int, work: Callable[[ReadPool], Awaitable[None]]) -> None:
    async def run() -> None:
        reads = ReadPool(url, size)
        try:
            await work(reads)
        finally:
            await reads.close()

    asyncio.run(run())


def test_values_come_back_as_they_were(database: str) -> None:
    asked = "select %s, %s, %s::text, %s, %s, %s, %s, %s::int, '100%%', %s::text[]"

    async def work(reads: ReadPool) -> None:
        for _ in range(2):
            [row] = await reads.ask(query(asked, *VALUES, ["a", 'b"', "c,d"]))
            assert row == (*VALUES, "100%", ["a", 'b"', "c,d"])

    with_pool(database, 1, work)


def test_an_answer_is_read_though_the_event_loop_reports_nothing(database: str) -> None:
    """As uvloop does after a connection was reset: the read of a killed server hung for ever."""

    async def run() -> None:
        conn = ReadConnection(await AsyncConnection.connect(database, autocommit=True))
        assert conn._watched is not None
        asyncio.get_running_loop().remove_reader(conn._watched)
        try:
            async with asyncio.timeout(30):
                assert await conn.ask(query("select 1")) == [(1,)]
        finally:
            await conn.close()

    asyncio.run(run())


def test_names_may_come_twice_and_in_any_order(database: str) -> None:
    asked = "select %(b)s || %(a)s || %(b)s as text, %(n)s::int as number"
    named: Query[Any] = Query(asked, {"a": "1", "n": 3, "b": "2", "unused": 4}, dict)

    async def work(reads: ReadPool) -> None:
        assert await reads.ask(named) == [{"text": "212", "number": 3}]

    with_pool(database, 1, work)


def test_a_large_answer_and_a_large_question(database: str) -> None:
    numbers = list(range(300_000))

    async def work(reads: ReadPool) -> None:
        rows = await reads.ask(query("select unnest(%s::int[])", numbers))
        assert [number for (number,) in rows] == numbers

    with_pool(database, 1, work)


def test_after_an_error_of_the_server_the_connection_is_used_again(database: str) -> None:
    async def work(reads: ReadPool) -> None:
        before = await reads.ask(ME)
        for _ in range(2):
            with pytest.raises(DivisionByZero):
                await reads.ask(query("select 1 / %s", 0))
        with pytest.raises(psycopg.DataError):
            await reads.ask(query("select %s", "a\0b"))
        assert await reads.ask(ME) == before

    with_pool(database, 1, work)


def test_more_statements_than_stay_prepared(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_connection, "MAX_STATEMENTS", 3)

    async def work(reads: ReadPool) -> None:
        for _ in range(2):
            for number in range(8):
                assert await reads.ask(query(f"select {number}")) == [(number,)]
        [(kept,)] = await reads.ask(query("select count(*) from pg_prepared_statements"))
        assert kept <= 3

    with_pool(database, 1, work)


def test_a_connection_that_was_cancelled_is_not_used_again(database: str) -> None:
    async def work(reads: ReadPool) -> None:
        before = await reads.ask(ME)
        slow = asyncio.create_task(reads.ask(query("select pg_sleep(60)")))
        await asyncio.sleep(0.05)
        slow.cancel()
        with suppress(asyncio.CancelledError):
            await slow
        assert await reads.ask(ME) != before

    with_pool(database, 1, work)


def test_a_connection_lost_while_idle_is_replaced_without_an_error(database: str) -> None:
    async def work(reads: ReadPool) -> None:
        [(before,)] = await reads.ask(ME)
        _terminate(database, before)
        await asyncio.sleep(0.2)
        assert await reads.ask(ME) != [(before,)]

    with_pool(database, 1, work)


def test_a_connection_lost_while_it_is_asked_is_an_error(database: str) -> None:
    async def work(reads: ReadPool) -> None:
        [(before,)] = await reads.ask(ME)
        slow = asyncio.create_task(reads.ask(query("select pg_sleep(60)")))
        await asyncio.sleep(0.05)
        _terminate(database, before)
        with pytest.raises(OperationalError):
            await slow
        assert await reads.ask(ME) != [(before,)]

    with_pool(database, 1, work)


def test_more_callers_than_connections_wait_their_turn(database: str) -> None:
    async def work(reads: ReadPool) -> None:
        asked = query("select pg_backend_pid(), pg_sleep(0.01)")
        answers = await asyncio.gather(*(reads.ask(asked) for _ in range(20)))
        assert len({pid for [(pid, _)] in answers}) == 2

    with_pool(database, 2, work)


def test_nobody_waits_for_ever(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_pool, "TIMEOUT", 0.05)

    async def work(reads: ReadPool) -> None:
        slow = asyncio.create_task(reads.ask(query("select pg_sleep(0.5)")))
        await asyncio.sleep(0.05)
        with pytest.raises(OperationalError, match="no connection was free"):
            await reads.ask(ME)
        await slow
        assert await reads.ask(ME)

    with_pool(database, 1, work)


def _terminate(database: str, pid: int) -> None:
    with psycopg.connect(database) as conn:
        conn.execute("select pg_terminate_backend(%s, 5000)", [pid])
