"""Pages of the desk beside their JSON routes, and searches, over a large book."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import median
from typing import Any, NamedTuple
from uuid import uuid4

from psycopg import Connection

import processor
import servers
from api.http.auth import people, web_sessions
from api.http.auth.keys import Role, issue
from api.pages.kit.visitor import LOCAL
from api.session import now
from bench_data import LARGE, UNITS, Market, debtor, number
from http_client import Caller, call
from ledger.database.query import Query
from ledger.engine.rebuild import rebuild_together
from ledger.facts.books import DEBTOR, INVOICE, book_id
from ledger.policy.visibility import EVERYTHING, Scope
from projections import READ_MODELS, agenda, debtors, dispute_queries, invoices
from projections.matching import Match, debtors_of, match_of, weigh
from projections.search import search
from sample_data import TENANT, copy, empty
from timing import Bench

CALLERS, ROWS = 4, 50
TEXTS = (  # rare and common words, of numbers and names, and the first characters of later numbers
    *("f", "F-09", "09", "d19", "12", "199", "bakery", "bakery 12", "bakery 1"),
    *("bakery f", "f 0", "1 2", "bakery 777", "bakery 19999", "nobody"),
)
MOST = 100  # milliseconds of a search
LOOKS = 20  # at each page of much
LARGEST, SLOWEST = 60, 500  # kilobytes and milliseconds of a page


class Pair(NamedTuple):
    """A JSON route and the page that shows the same."""

    name: str
    route: str
    page: str


def run(bench: Bench) -> None:
    market = Market(bench.size.open, now(), bench.size.largest, bench.size.long)
    with bench.owner() as conn:
        empty(conn)
        copy(conn, market.entries())
        conn.execute("vacuum analyze entry")
    rebuild_together(bench.pool, READ_MODELS, market.at)
    with bench.owner() as conn:
        conn.execute("vacuum analyze")
    measure(bench, market)


def measure(bench: Bench, market: Market) -> None:
    """Measure over a book that is there."""
    with bench.owner() as conn:
        _, key = issue(conn, TENANT, f"pages-{uuid4()}", Role.COLLECTOR, market.at, "bench")
        person = people.add(conn, TENANT, f"anna-{uuid4()}", Role.COLLECTOR, now())
        cookie = f"{LOCAL}={web_sessions.begin(conn, person, now(), 'bench')}"
    with servers.dossier(bench.owner_url, "--no-worker") as served:
        for pair in _pairs(market):
            _compare(bench, pair, served, key, cookie)
        asked = [asyncio.run(_look(served, path, cookie)) for path in _large(market)]
    bench.target(
        "largest page: compressed kB below the limit", LARGEST - max(asked).kilobytes, 0, " kB"
    )
    slowest = max(look.milliseconds for look in asked)
    bench.target("slowest of them: ms below the limit", SLOWEST - slowest, 0, " ms")
    with bench.owner() as conn:
        slowest = max(_search(conn, text, market) for text in TEXTS)
    bench.target("searches: ms below the limit", MOST - slowest, 0, " ms")


def _pairs(market: Market) -> Sequence[Pair]:
    nth = market.invoices // 2
    invoice, owing = number(nth), debtor(nth % market.debtors)
    file = book_id(TENANT, INVOICE.name, invoice)
    return [
        Pair("agenda", f"/v1/agenda?limit={ROWS}", "/today"),
        Pair("invoice", f"/v1/invoices/{invoice}", f"/invoices/{file}"),
        Pair("debtor", f"/v1/debtors/{owing}", f"/debtors/{book_id(TENANT, DEBTOR.name, owing)}"),
    ]


def _large(market: Market) -> Sequence[str]:
    """Return the lists, and the pages of the largest debtor and of the longest book."""
    owing, file = (
        book_id(TENANT, kind.name, given)
        for kind, given in ((DEBTOR, LARGE), (INVOICE, number(market.invoices)))
    )
    return [
        *("/today", "/today?by=urgency", "/invoices", "/debtors", "/disputes"),
        *(f"/invoices?debtor={LARGE}", f"/debtors/{owing}", f"/debtors/{owing}/statement"),
        *(f"/invoices/{file}", f"/invoices/{file}?first=60"),
    ]


class Look(NamedTuple):
    """What a page takes: sent, and until it is there."""

    kilobytes: float
    milliseconds: float


async def _look(served: servers.Served, path: str, cookie: str) -> Look:
    """Print what a page takes, the median of some looks."""
    caller = await call(served.at, headers={"Cookie": cookie, "Accept-Encoding": "gzip"})
    await caller.get(path)  # warm
    before = processor.seconds(served.pid)
    answers = [await caller.get(path) for _ in range(LOOKS)]
    spent = 1000 * (processor.seconds(served.pid) - before) / LOOKS
    caller.writer.close()
    if {answer.status for answer in answers} != {200}:
        raise RuntimeError(f"{path}: {answers[0].status}")
    size = len(answers[0].body) / 1000
    took = 1000 * median(answer.took for answer in answers)
    print(f"  {path[:52]:52}{size:8,.1f} kB {took:8,.0f} ms {spent:8,.1f} ms of the processor")
    return Look(size, took)


def _compare(bench: Bench, pair: Pair, served: servers.Served, key: str, cookie: str) -> None:
    json = {"Authorization": f"Bearer {key}"}
    html = {"Cookie": cookie}
    spent: dict[str, list[float]] = {pair.route: [], pair.page: []}

    def rate(path: str, headers: Mapping[str, str]) -> float:
        before = processor.seconds(served.pid)
        done, took = asyncio.run(_ask_for(served.at, path, headers, bench.size.seconds))
        spent[path].append(1e6 * (processor.seconds(served.pid) - before) / done)
        return done / took

    rate(pair.route, json), rate(pair.page, html)  # warm
    found = bench.compare(
        f"{pair.name}: the page beside its JSON route, {CALLERS} callers",
        ("JSON", lambda: rate(pair.route, json)),
        ("page", lambda: rate(pair.page, html)),
    )
    for path, each in spent.items():
        print(f"  {path[:44]:44}{median(each):12,.0f} us of the server's processor")
    bench.target(f"page of the {pair.name}: times its JSON route", found["page"], 0.5)


async def _ask_for(
    at: str, path: str, headers: Mapping[str, str], seconds: float
) -> tuple[int, float]:
    callers = [await call(at, headers=headers) for _ in range(CALLERS)]
    begun = time.perf_counter()
    done = sum(await asyncio.gather(*(_ask(caller, path, begun + seconds) for caller in callers)))
    took = time.perf_counter() - begun
    for caller in callers:
        caller.writer.close()
    return done, took


async def _ask(caller: Caller, path: str, end: float) -> int:
    done = 0
    while time.perf_counter() < end:
        answer = await caller.get(path)
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {answer.body[:300]!r}")
        done += 1
    return done


def _search(conn: Connection[Any], text: str, market: Market) -> float:
    """Print the milliseconds of a search and of the lists; return the most."""
    begun = time.perf_counter()
    match = match_of(text, weigh(TENANT, text).fetch(conn))
    if not match.is_rare:
        match = replace(match, found=debtors_of(TENANT, match).fetch(conn))
    took = {"weighed": 1000 * (time.perf_counter() - begun)}
    for who, scope in (("", EVERYTHING), (" of a unit", Scope((UNITS[3],)))):
        took |= {what + who: ms for what, ms in _searched(conn, match, market, scope)}
    print(f"\nsearch for {text!r}: ms")
    print("  " + ", ".join(f"{what} {ms:,.0f}" for what, ms in took.items()))
    return max(took.values())


def _searched(
    conn: Connection[Any], match: Match, market: Market, scope: Scope
) -> Sequence[tuple[str, float]]:
    queries: dict[str, Query[Any]] = {
        "search": search(TENANT, match, 20, scope=scope),
        "invoices": invoices.find(TENANT, match=match, scope=scope),
        "agenda": agenda.list_due(TENANT, market.today, match=match, scope=scope),
        "disputes": dispute_queries.find(TENANT, match=match, scope=scope),
        "debtors": debtors.balances(TENANT, market.today, match=match, scope=scope),
    }
    found = []
    for what, query in queries.items():
        took = []
        for _ in range(3):
            begun = time.perf_counter()
            query.fetch(conn)
            took.append(1000 * (time.perf_counter() - begun))
        found.append((what, median(took)))
    return found
