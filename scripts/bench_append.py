"""Appending one event each: in order and version-checked against the library, and against none."""

from functools import partial
from itertools import count
from threading import local
from uuid import uuid4

from eventsourcing.persistence import StoredEvent

import baseline
from ledger.append import line
from ledger.pool import dial
from ledger.store import Ledger
from material import STATE, TENANT
from measuring import Bench, Delays, rate

MOST = 32
OURS, THEIRS, RAW = "group append", "library, default recorder", "raw unordered insert, a connection each"


def run(bench: Bench) -> None:
    ledger = Ledger(bench.pool)
    theirs = baseline.recorder(bench.owner_url, MOST)
    with bench.owner() as conn:
        conn.execute("create table if not exists raw (like entry including all)")
        conn.execute("grant insert on raw to dossier_app")
    position, own = count(1), local()

    def event() -> StoredEvent:
        return StoredEvent(uuid4(), 1, "dispute-opened.v1", STATE)

    def by_library() -> None:
        theirs.insert_events([event()])

    def grouped() -> None:
        ledger.recorder.insert_events([event()])

    def raw() -> None:
        if not hasattr(own, "conn"):
            own.conn = dial(bench.pool)
        row = line(TENANT, uuid4(), 1, "dispute-opened.v1", STATE.decode())
        insert = "insert into raw values (%s, %s, %s, %s, %s, %s, %s)"
        own.conn.execute(insert, [TENANT, next(position), *row], prepare=True, binary=True)

    for callers in (1, MOST):
        delays = {THEIRS: Delays(), OURS: Delays(), RAW: Delays()}
        calls = {THEIRS: by_library, OURS: grouped, RAW: raw}
        ways = [
            (name, partial(rate, callers, bench.size.seconds, call, delays[name]))
            for name, call in calls.items()
        ]
        found = bench.compare(f"append one event, {callers} callers", *ways)
        for name, took in delays.items():
            print(f"  {name:44}{took}")
        if callers == 1:
            bench.target("append, 1 caller: times the library", found[OURS], 2)
        else:
            bench.target("append, 32 callers: times the library", found[OURS], 12)
            times = found[OURS] / found[RAW]
            bench.target("append, 32 callers: times raw unordered inserts", times, 1)
    theirs.datastore.close()
    ledger.close()
