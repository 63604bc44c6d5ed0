"""The server is killed in the middle of load: what was acknowledged is there, and nothing twice."""

import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from itertools import count
from pathlib import Path
from threading import Event as Flag
from uuid import UUID

import psycopg
import pytest

from api.postgres import server
from ledger.database.migrate import migrate
from ledger.database.pool import Pool, connect, open_pool
from ledger.database.tenants import Tenant, create
from ledger.engine.rebuild import check, prepare
from ledger.facts.entry import Entry
from ledger.facts.invoice.promises import PromiseMade
from ledger.store.errors import Stale
from ledger.store.ledger import Ledger
from ledger.store.verify import verify
from support.histories import AT, MODELS, ON, folded, shown, worker

BOOKS = [UUID(int=n) for n in range(1, 9)]


@pytest.fixture
def own_home(tmp_path: Path) -> Iterator[Path]:
    """Of a server of our own, which we may kill."""
    url = server.start(tmp_path)
    try:
        migrate(url)
        with open_pool(url) as pool:
            with pool.connection() as conn:
                create(conn, Tenant("default", "Default", "UTC", datetime(2026, 1, 1, tzinfo=UTC)))
            prepare(pool, MODELS, AT)
        yield tmp_path
    finally:
        server.remove(tmp_path)


def kill(own_home: Path, pool: Pool) -> None:
    """Every process of the server, as a power cut would; the postmaster first."""
    master = (server.data_folder(own_home) / "data" / "postmaster.pid").read_text().splitlines()[0]
    with pool.connection() as conn:
        others = conn.execute("select pid from pg_stat_activity").fetchall()
    for pid in (int(master), *(pid for (pid,) in others)):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def promise(book: UUID, line: int, by: str) -> Entry:
    made = PromiseMade(
        on=ON, promise_id=UUID(int=line), amount=Decimal(1), promised_for=ON, grace_days=0
    )
    return Entry(book, line, AT, by, made)


def write(ledger: Ledger, writer: int, acknowledged: list[Entry], done: Flag) -> None:
    """Until the server is gone; whatever was acknowledged is in the list."""
    for turn in count():
        if done.is_set():
            return
        book, other = BOOKS[writer], BOOKS[(writer + turn) % len(BOOKS)]
        books = dict.fromkeys([book, other])
        try:
            lines = [len(ledger.history(id_)) + 1 for id_ in books]
            entries = [promise(b, n, f"{writer}") for b, n in zip(books, lines, strict=True)]
            acknowledged += ledger.write(entries)
        except Stale:
            continue
        except psycopg.Error:
            return


def follow(step: Callable[[], int], done: Flag) -> None:
    while not done.is_set():
        try:
            step()
        except psycopg.Error:
            return


def load_until(own_home: Path, enough: int) -> list[Entry]:
    """Eight writers and a follower work on; the server is killed under them."""
    acknowledged: list[list[Entry]] = [[] for _ in BOOKS]
    done = Flag()
    with open_pool(server.start(own_home)) as pool, ThreadPoolExecutor(9) as crowd:
        ledgers = [Ledger(pool), Ledger(pool)]
        try:
            working = [
                crowd.submit(write, ledgers[n % 2], n, acknowledged[n], done)
                for n in range(len(BOOKS))
            ]
            working.append(crowd.submit(follow, worker(pool, name=f"{enough}").process_batch, done))
            deadline = time.monotonic() + 30
            while sum(map(len, acknowledged)) < enough:
                assert time.monotonic() < deadline
                time.sleep(0.005)
            kill(own_home, pool)
            for work in working:
                work.result(60)
        finally:
            done.set()
            for ledger in ledgers:
                ledger.close()
    return [entry for mine in acknowledged for entry in mine]


def test_what_was_acknowledged_survives_kill_9(own_home: Path) -> None:
    acknowledged = [*load_until(own_home, 300), *load_until(own_home, 500)]
    with open_pool(server.start(own_home)) as pool:
        ledger = Ledger(pool)
        entries = ledger.since(0, 1_000_000)
        ledger.close()
        with connect(pool) as conn:
            proof = verify(conn, "default")
            late = worker(pool, name="after the crash", clock=lambda: datetime.now(UTC))
            while_behind = conn.execute("select min(position) from follower").fetchone()
            assert while_behind is not None
            assert while_behind[0] <= len(entries)
            late.catch_up()
            for model in MODELS:
                assert check(conn, "default", model, AT) == len(entries)
                assert shown(conn, model) == folded(model, entries)

    there = Counter((e.book_id, e.line, e.by, e.position) for e in entries)
    assert max(there.values()) == 1
    assert not Counter((e.book_id, e.line, e.by, e.position) for e in acknowledged) - there
    assert [e.position for e in entries] == list(range(1, len(entries) + 1))
    assert proof.entries == len(entries) >= len(acknowledged) >= 800
