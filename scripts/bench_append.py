"""Appending one event each: in order and version-checked, against the library and against none."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from queue import SimpleQueue
from typing import Any
from uuid import uuid4

from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder
from psycopg import Connection

import baseline
from ledger.database.pool import connect
from ledger.store.append import make_line
from ledger.store.ledger import Ledger
from sample_data import STATE, TENANT
from timing import Bench, Delays, explain, rate

MOST = 32
THEIRS, OURS, RAW = "library, default recorder", "group append", "raw unordered insert"
TOPIC = "dispute-opened.v1"


@dataclass
class Ways:
    """Three of them, each an event to a new book a call, from any thread."""

    ledger: Ledger
    theirs: PostgresApplicationRecorder
    idle: SimpleQueue[Connection[Any]] = field(default_factory=SimpleQueue)  # one a caller
    positions: Iterator[int] = field(default_factory=lambda: count(1))

    def by_library(self) -> None:
        self.theirs.insert_events([StoredEvent(uuid4(), 1, TOPIC, STATE)])

    def grouped(self) -> None:
        self.ledger.recorder.insert_events([StoredEvent(uuid4(), 1, TOPIC, STATE)])

    def raw(self) -> None:
        row = make_line(TENANT, uuid4(), 1, TOPIC, STATE.decode())
        insert = "insert into raw values (%s, %s, %s, %s, %s, %s, %s)"
        conn = self.idle.get()
        conn.execute(insert, [TENANT, next(self.positions), *row[:5]], prepare=True, binary=True)
        self.idle.put(conn)


def run(bench: Bench) -> None:
    with ways(bench) as all_ways:
        found = compare(bench, all_ways, 1)
        bench.target("append, 1 caller: times the library", found[OURS], 2)
        found = compare(bench, all_ways, MOST)
        bench.target(f"append, {MOST} callers: times the library", found[OURS], 12)
        times = found[OURS] / found[RAW]
        bench.target(f"append, {MOST} callers: times raw unordered inserts", times, 1)
        if bench.size.explain:
            explain("append, 1 caller", lambda: many(all_ways, bench.size.commands))


def compare(bench: Bench, all_ways: Ways, callers: int) -> dict[str, float]:
    calls = {THEIRS: all_ways.by_library, OURS: all_ways.grouped, RAW: all_ways.raw}
    delays = {name: Delays() for name in calls}
    found = bench.compare(
        f"append one event, {callers} callers",
        *((name, partial(rate, callers, call, delays[name])) for name, call in calls.items()),
        turns=bench.size.turns,
    )
    for name, took in delays.items():
        print(f"  {name:44}{took}")
    return found


def many(all_ways: Ways, times: int) -> None:
    for _ in range(times):
        all_ways.grouped()


@contextmanager
def ways(bench: Bench) -> Iterator[Ways]:
    with bench.owner() as conn:
        conn.execute("create table raw (like entry including all)")
        conn.execute("grant insert on raw to dossier_app")
    ledger = Ledger(bench.pool)
    made = Ways(ledger, baseline.recorder(bench.owner_url, MOST))
    for _ in range(MOST):
        made.idle.put(connect(bench.pool))
    yield made
    while not made.idle.empty():
        made.idle.get().close()
    made.theirs.datastore.close()
    ledger.close()
