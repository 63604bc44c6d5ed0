"""Many clients at once against `dossier serve`, and proof that every acknowledged write is there.

A server and a database of its own, in a folder that is gone afterwards, also after a Ctrl-C.
"""

import argparse
import asyncio
import os
import signal
import sys
import time
from collections.abc import Sequence

import psycopg

import servers
from api.http.auth.keys import Role, issue
from api.session import now, prepare_database
from bench import server
from bench_data import Market
from http_client import call
from ledger.database.pool import connect_to, open_pool
from ledger.engine.projector import Projector
from load_users import COMMANDS, READS, Clerk, Day
from projections import READ_MODELS
from sample_data import TENANT, copy
from timing import Delays
from verify_load import prove

EXAMPLES = """examples:
  scripts/load                                   64 clients, 60 s, 100,000 open invoices
  scripts/load --clients 8 --seconds 5 --invoices 2000
"""


def main(arguments: list[str]) -> int:
    """0 when there was no error and every acknowledged write was found."""
    asked = _asked(arguments)
    os.environ.pop("DOSSIER_OWNER_URL", None)  # nobody else's database
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with server() as url:
            return _run(url, asked.clients, asked.seconds, asked.invoices)
    except KeyboardInterrupt:
        _say("stopped; nothing is left behind")
        return 130


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/load",
        description="60 % reads, 40 % commands, by many at once; then looks for every write.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--clients", type=_some, default=64)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--invoices", type=_some, default=100_000, help="open when it begins")
    return parser.parse_args(arguments)


def _some(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def _run(url: str, clients: int, seconds: float, invoices: int) -> int:
    market = Market(invoices, now())
    before, keys = _prepare(url, market, clients)
    with servers.dossier(url) as at:
        day = Day(market)
        took = asyncio.run(_work(at, keys, day, seconds))
    _tell(day, took, clients, invoices)
    _say("looking for every acknowledged write")
    with connect_to(url) as conn:
        wrong = prove(conn, before, day.acknowledged)
    for fault in wrong:
        print(fault)
    print(f"{len(day.acknowledged):,} acknowledged writes: {_verdict(not wrong)}")
    checks = [_command(url, words) for words in (("rebuild", "--check"), ("verify",))]
    return int(bool(wrong or day.errors) or not all(checks))


def _verdict(good: bool) -> str:
    return (
        "each in the log exactly once, and nothing else; no gap"
        if good
        else "NOT ALL AS ACKNOWLEDGED"
    )


def _prepare(url: str, market: Market, clients: int) -> tuple[int, list[str]]:
    """The ledger's last position, and an API key for each client."""
    _say(f"writing {market.invoices:,} open invoices")
    prepare_database(url, now())
    with psycopg.connect(url, autocommit=True, options="-c search_path=view,ledger") as conn:
        before = copy(conn, market.entries())
        conn.execute("vacuum analyze entry")
        _say("catching up the read models")
        with open_pool(url) as pool:
            worker = Projector(pool, TENANT, READ_MODELS, "load", now)
            worker.catch_up()
            worker.release_lease()
        conn.execute("vacuum analyze")
        names = [f"clerk-{n}" for n in range(clients)]
        issued = [issue(conn, TENANT, name, Role.COLLECTOR, now(), "load") for name in names]
    return before, [secret for _, secret in issued]


async def _work(at: str, keys: Sequence[str], day: Day, seconds: float) -> float:
    """Seconds that it took all of them to finish what they had begun."""
    clerks = [Clerk(n, len(keys), day, await call(at, key)) for n, key in enumerate(keys)]
    begun = time.perf_counter()
    end = begun + seconds
    watch = asyncio.create_task(_watch(day, begun, end))
    try:
        await asyncio.gather(*(clerk.work(end) for clerk in clerks))
    finally:
        watch.cancel()
        for clerk in clerks:
            clerk.caller.writer.close()
    return time.perf_counter() - begun


async def _watch(day: Day, begun: float, end: float) -> None:
    while True:
        passed = time.perf_counter() - begun
        _say(
            f"{passed:.0f} of {end - begun:.0f} s: {day.count:,} requests, {len(day.errors)} wrong"
        )
        await asyncio.sleep(5)


def _tell(day: Day, took: float, clients: int, invoices: int) -> None:
    load = os.getloadavg()[0]
    print(f"{clients} clients, {took:.1f} s, {invoices:,} open invoices; load average {load:.1f}")
    for title, kinds in (("reads", READS), ("commands", COMMANDS)):
        _line(title, [seconds for kind in kinds for seconds in day.took.get(kind, [])], took)
        for kind in kinds:
            _line(f"  {kind}", day.took.get(kind, []), took)
    _line("all", [seconds for some in day.took.values() for seconds in some], took)
    print(f"errors: {len(day.errors)}")
    for error in day.errors[:10]:
        print(f"  {error}")


def _line(title: str, seconds: list[float], took: float) -> None:
    if seconds:
        delays = Delays()
        delays.seconds = seconds
        print(f"  {title:32}{len(seconds):9,} {len(seconds) / took:8,.1f}/s  {delays}")


def _command(url: str, words: Sequence[str]) -> bool:
    """Whether `dossier` with these words finds all as it must be."""
    _say(f"dossier {' '.join(words)}")
    done = servers.run(url, *words)
    print(f"dossier {' '.join(words)}: {'good' if not done.returncode else 'NOT GOOD'}")
    for line in done.stdout.splitlines():
        print(f"  {line}")
    return not done.returncode


def _say(what: str) -> None:
    print(f"load: {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
