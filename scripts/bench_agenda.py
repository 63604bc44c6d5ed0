"""A page of the agenda from a million open invoices, over HTTP: ours beside a plain sync route."""

import asyncio
import os
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from psycopg import Connection

import servers
from api.http.auth.keys import Role, issue
from api.http.server.responses import wrap
from api.session import now
from bench_data import COLLECTORS, UNITS, Market
from http_client import Caller, call
from ledger.database.pool import connect_to
from ledger.engine.rebuild import rebuild
from ledger.policy.visibility import EVERYTHING
from projections import agenda
from projections.agenda import AGENDA
from projections.debtors import DEBTORS
from sample_data import TENANT, copy, empty
from timing import Bench

CALLERS, LIMIT = 16, 50
THEIRS, OURS = "plain sync route, response model", "agenda"
BIG = re.compile(r"Seq Scan on agenda\b")


@dataclass(frozen=True)
class Shape:
    """One way to ask. ``after`` is where the page before ended."""

    name: str
    filters: Mapping[str, str] = field(default_factory=dict)
    held: bool = False
    after: agenda.Cursor | None = None


def run(bench: Bench) -> None:
    market = Market(bench.size.open, now())
    with bench.owner() as conn:
        empty(conn)
        copy(conn, market.entries())
        conn.execute("vacuum analyze entry")
    for model in (DEBTORS, AGENDA):
        rebuild(bench.pool, model, market.at)
    with bench.owner() as conn:
        conn.execute("vacuum analyze agenda, debtors")
        _, key = issue(conn, TENANT, f"bench-{uuid4()}", Role.COLLECTOR, market.at, "bench")
        shapes = _shapes(conn, market)
    for shape in shapes:
        with connect_to(bench.owner_url) as conn:
            _explain(conn, shape, market.today)
    print(f"\nload average {os.getloadavg()[0]:.1f}")
    url = bench.owner_url
    with servers.dossier(url, "--no-worker") as served, servers.plain(url) as theirs:
        found = [_compare(bench, shape, market, served.at, key, theirs) for shape in shapes]
    bench.target("agenda page: times a plain sync route", found[0], 3)


def _shapes(conn: Connection[Any], market: Market) -> list[Shape]:
    """The last begins in the middle of what there is to do."""
    half = conn.execute(
        "select rank, due_on, book_id, item from agenda where tenant_id = %s and rank = ("
        " select percentile_disc(0.5) within group (order by rank) from agenda"
        " where tenant_id = %s) order by due_on, book_id, item limit 1",
        [TENANT, TENANT],
    ).fetchone()
    assert half
    unit = {"business_unit": UNITS[3], "reason": "damaged"}
    return [
        Shape("the first page"),
        Shape("a page in the middle", after=agenda.Cursor(*half)),
        Shape("of a collector", {"collector": COLLECTORS[3]}),
        Shape("of a business unit and a reason", unit),
        Shape("held", held=True),
    ]


def _explain(conn: Connection[Any], shape: Shape, on: date) -> None:
    """Prints the plan of the query that both ask, and says loudly what must not be in it."""
    query = agenda.list_due(
        TENANT, on, shape.filters, shape.after, LIMIT, shape.held, scope=EVERYTHING
    )
    explained = conn.execute(f"explain (analyze, buffers) {query.sql}".encode(), query.parameters)
    plan = [line for (line,) in explained]
    print(f"\nagenda, {shape.name}: explain (analyze, buffers)")
    for line in plan:
        print(f"  {line}")
    wrong = [line.strip() for line in plan if BIG.search(line)]
    wrong += ["OFFSET"] if re.search(r"\boffset\b", query.sql, re.IGNORECASE) else []
    for what in wrong:
        print(f"  !!! NOT AS IT MUST BE: {what}")


def _compare(bench: Bench, shape: Shape, market: Market, ours: str, key: str, theirs: str) -> float:
    on = {"on": market.today.isoformat(), "limit": str(LIMIT)}
    asked = {**on, **shape.filters, **({"held": "true"} if shape.held else {})}
    place = (
        {name: str(value) for name, value in shape.after._asdict().items()} if shape.after else {}
    )
    cursor = {"cursor": wrap(shape.after)} if shape.after else {}
    plain = f"/agenda?{urlencode(asked | place)}"
    page = f"/v1/agenda?{urlencode(asked | cursor)}"
    _same(theirs, plain, ours, page, key)
    found = bench.compare(
        f"agenda, {shape.name}: {LIMIT} of {market.invoices:,} open invoices, {CALLERS} callers",
        (THEIRS, lambda: asyncio.run(_rate(theirs, "", plain, bench.size.seconds))),
        (OURS, lambda: asyncio.run(_rate(ours, key, page, bench.size.seconds))),
    )
    return found[OURS]


def _same(theirs: str, plain: str, ours: str, page: str, key: str) -> None:
    """Both must answer the same things to do; this warms them up too."""
    ids = [
        asyncio.run(_ids(at, secret, path))
        for at, secret, path in ((theirs, "", plain), (ours, key, page))
    ]
    if ids[0] != ids[1] or not ids[0]:
        raise RuntimeError(f"they do not answer the same: {plain} and {page}")


async def _ids(at: str, key: str, path: str) -> list[tuple[str, str]]:
    caller = await call(at, key)
    answer = await caller.get(path)
    caller.writer.close()
    return [(row["book_id"], row["item"]) for row in answer.json]


async def _rate(at: str, key: str, path: str, seconds: float) -> float:
    """Pages a second, of callers that ask again as soon as they are answered."""
    callers = [await call(at, key) for _ in range(CALLERS)]
    begun = time.perf_counter()
    end = begun + seconds
    done = sum(await asyncio.gather(*(_ask(caller, path, end) for caller in callers)))
    took = time.perf_counter() - begun
    for caller in callers:
        caller.writer.close()
    return done / took


async def _ask(caller: Caller, path: str, end: float) -> int:
    done = 0
    while time.perf_counter() < end:
        answer = await caller.get(path)
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {answer.body[:300]!r}")
        done += 1
    return done
