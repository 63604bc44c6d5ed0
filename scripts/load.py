"""Many clients at once against `dossier serve`, and proof that every acknowledged write is there.

A server and a database of its own, in a folder that is gone afterwards, also after a Ctrl-C.
"""

import argparse
import asyncio
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import psycopg

import processor
import servers
from api.http.auth.keys import Role, issue
from api.session import now, prepare_database
from bench import server
from bench_data import Market
from http_client import call
from ledger.database.pool import connect_to, open_pool
from ledger.engine.projector import Projector
from load_users import COMMANDS, KINDS, OWN_WRITES, READS, Clerk, Day
from projections import READ_MODELS
from sample_data import TENANT, copy
from timing import Delays
from verify_load import prove

EXAMPLES = """examples:
  scripts/load                                   64 clients, 60 s, 100,000 open invoices
  scripts/load --clients 8 --seconds 5 --invoices 2000
  scripts/load --seconds 15 --rounds 4 --beside ../before/src    in turns with another version
"""


def main(arguments: list[str]) -> int:
    """0 when there was no error and every acknowledged write was found."""
    asked = _asked(arguments)
    os.environ.pop("DOSSIER_OWNER_URL", None)  # nobody else's database
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with server() as url:
            return _run(url, asked)
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
    parser.add_argument("--rounds", type=_some, default=1, help="each with a server of its own")
    parser.add_argument("--beside", metavar="SRC", help="another version's src, in turns with ours")
    return parser.parse_args(arguments)


def _some(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def _run(url: str, asked: argparse.Namespace) -> int:
    market = Market(asked.invoices, now())
    before, keys = _prepare(url, market, asked.clients)
    days = [Days(src, Day(market)) for src in (servers.SRC, asked.beside) if src]
    turns = asked.rounds * len(days)
    for nth in range(turns):
        days[nth % len(days)].serve(url, keys, nth, turns, asked.seconds)
    for some in days:
        some.tell(asked.clients)
    _say("looking for every acknowledged write")
    acknowledged = [answer for some in days for answer in some.day.acknowledged]
    with connect_to(url) as conn:
        wrong = prove(conn, before, acknowledged)
    for fault in wrong:
        print(fault)
    print(f"{len(acknowledged):,} acknowledged writes: {_verdict(not wrong)}")
    checks = [_command(url, words) for words in (("rebuild", "--check"), ("verify",))]
    errors = any(some.day.errors for some in days)
    return int(bool(wrong or errors) or not all(checks))


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


Spent = Callable[[], dict[str, float]]  # seconds of a processor


@dataclass
class Days:
    """The turns of one version: what came of them, and what they cost."""

    src: str
    day: Day
    took: float = 0.0
    spent: Counter[str] = field(default_factory=Counter)  # seconds of a processor

    def serve(self, url: str, keys: Sequence[str], nth: int, turns: int, seconds: float) -> None:
        """Let all clients work against a server, in one of all turns."""
        with servers.dossier(url, src=self.src) as served:
            many = len(keys)
            clerks = [(nth * many + n, turns * many, key) for n, key in enumerate(keys)]
            asyncio.run(self._work(served.at, clerks, seconds, lambda: _spent(url, served.pid)))

    async def _work(
        self, at: str, places: Sequence[tuple[int, int, str]], seconds: float, spent: Spent
    ) -> None:
        """Let the clerks work until the end, and finish what they had begun."""
        warm = Day(self.day.market)  # a server makes much when it is first asked
        clerks = [Clerk(n, many, warm, await call(at, key)) for n, many, key in places]
        for _, do in KINDS.values():
            await do(clerks[0])
        self.day.acknowledged += warm.acknowledged
        self.day.errors += warm.errors
        for clerk in clerks:
            clerk.day = self.day
        before, begun = spent(), time.perf_counter()
        end = begun + seconds
        watch = asyncio.create_task(_watch(self.day, begun, end))
        try:
            await asyncio.gather(*(clerk.work(end) for clerk in clerks))
        finally:
            watch.cancel()
            for clerk in clerks:
                clerk.caller.writer.close()
        self.took += time.perf_counter() - begun
        self.spent.update({part: now - before[part] for part, now in spent().items()})

    def tell(self, clients: int) -> None:
        day, took, load = self.day, self.took, os.getloadavg()[0]
        print(f"{self.src}\n{clients} clients, {took:.1f} s,", end=" ")
        print(f"{day.market.invoices:,} open invoices; load average {load:.1f}")
        for title, kinds in (("reads", (*READS, OWN_WRITES)), ("commands", COMMANDS)):
            _line(title, [seconds for kind in kinds for seconds in day.took.get(kind, [])], took)
            for kind in kinds:
                _line(f"  {kind}", day.took.get(kind, []), took)
        _line("all", [seconds for some in day.took.values() for seconds in some], took)
        for part, spent in self.spent.items():
            each = 1000 * spent / max(day.count, 1)
            print(f"  processor, {part:21}{spent:9,.1f} s {each:10,.2f} ms a request")
        print(f"errors: {len(day.errors)}")
        for error in day.errors[:10]:
            print(f"  {error}")


def _spent(url: str, pid: int) -> dict[str, float]:
    """Return the seconds of a processor: of each process of the server, and of the database."""
    below = [child for child in processor.tree(pid) if child != pid]
    worker = [child for child in below if "spawn_main" in processor.name(child)]
    found = {"answers": processor.seconds(pid) - sum(map(processor.seconds, worker))}
    found["worker"] = sum(map(processor.seconds, worker))
    with psycopg.connect(url) as conn:
        found["database"] = processor.seconds(processor.parent(conn.info.backend_pid))
    own = os.times()
    return found | {"clients": own.user + own.system}


async def _watch(day: Day, begun: float, end: float) -> None:
    while True:
        passed = time.perf_counter() - begun
        _say(
            f"{passed:.0f} of {end - begun:.0f} s: {day.count:,} requests, {len(day.errors)} wrong"
        )
        await asyncio.sleep(5)


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
