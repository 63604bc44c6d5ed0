"""Ctrl-C at each moment of an append: nobody hangs, each hears once, nothing is doubled."""

import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from threading import Event as Flag
from typing import Any
from uuid import UUID

import pytest

from ledger.database.pool import Pool, connect
from ledger.store.append import make_line
from ledger.store.appender import HANDOVER_LIMIT, Appender
from support.waiting import wait_for

OURS = {"ledger.store.appender", "ledger.store.append", "ledger.database.pg_prepared"}


def after_calls(calls: int) -> Callable[[Any, str, Any], None]:
    """A profiler that raises after so many calls of ours: there Python looks for signals."""
    left = count(calls, -1)

    def look(frame: Any, what: str, _: Any) -> None:
        ours = frame.f_globals["__name__"] in OURS and what in ("call", "c_return")
        if ours and next(left) == 0:
            sys.setprofile(None)
            raise KeyboardInterrupt

    return look


def write(appender: Appender, book: UUID, calls: int | None = None) -> int | None:
    """The line's position, or ``None`` when Ctrl-C came."""
    sys.setprofile(None if calls is None else after_calls(calls))
    try:
        [position] = appender.append([make_line("default", book, 1, "note-added.v1", "{}")])
    except KeyboardInterrupt:
        return None
    finally:
        sys.setprofile(None)
    return position


def together(
    appender: Appender, books: Sequence[UUID], nth: int, calls: int
) -> dict[UUID, int | None]:
    """All in one batch, in this order; Ctrl-C comes to the nth."""
    go, asked = Flag(), list[Future[int | None]]()

    def all_wait() -> bool:
        return len(appender._waiting) == sum(not one.done() for one in asked)

    with ThreadPoolExecutor(len(books) + 1) as crowd:
        reading = crowd.submit(appender.read, lambda conn: go.wait(20))
        wait_for(lambda: appender._leader is not None)
        for n, book in enumerate(books):
            asked.append(crowd.submit(write, appender, book, calls if n == nth else None))
            wait_for(all_wait)
        go.set()
        assert reading.result(20)
        return {book: one.result(20) for book, one in zip(books, asked, strict=True)}


@pytest.mark.parametrize("nth", [0, 1, 3])  # he who writes, and two who are written for
@pytest.mark.parametrize("late", [-1, HANDOVER_LIMIT], ids=["woken at once", "woken one by one"])
def test_ctrl_c_at_any_moment_hangs_nobody_and_doubles_nothing(
    pool: Pool, nth: int, late: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger.store.appender.HANDOVER_LIMIT", late)
    appender = Appender(lambda: connect(pool), "default")
    heard = dict[UUID, int | None]()
    for calls in count():
        first, *books = (UUID(int=1 + 5 * calls + n) for n in range(5))
        heard[first] = write(appender, first)  # Ctrl-C may have taken the connection away
        heard |= together(appender, books, nth, calls)
        if heard[books[nth]]:
            break
        assert all(heard[book] for book in books if book != books[nth])
    assert calls > 10
    appender.close()
    with pool.connection() as conn:
        written: dict[int, UUID] = dict(conn.execute("select position, book_id from entry"))
    assert sorted(written) == [*range(1, len(written) + 1)]
    assert len(set(written.values())) == len(written)
    assert all(written[position] == book for book, position in heard.items() if position)
