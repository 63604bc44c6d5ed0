"""Ways to do the same work, measured side by side: in turns, so that noise hits all alike."""

import cProfile
import pstats
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import StringIO
from statistics import median
from threading import Lock
from typing import Any, TypeVar

from psycopg import Connection, connect

from ledger.database.pool import Pool

T = TypeVar("T")
TURN = 0.25  # seconds
Way = tuple[str, Callable[[], float]]  # what it is, and how many of them it does a second


@dataclass(frozen=True)
class Size:
    """How long and how much is measured."""

    runs: int = 3
    seconds: float = 2.0  # that a way has in a run, in turns with the others
    entries: int = 1_000_000  # to rebuild
    follow: int = 70_000  # entries to catch up
    by_library: int = 2_100  # entries the library's runner gets
    commands: int = 5_000
    invoices: int = 20_000  # to import
    open: int = 1_000_000  # invoices, to show the agenda of
    past: int = 5_000  # invoices of a quarter, to simulate
    largest: int = 10_000  # invoices of the largest debtor
    long: int = 2_000  # calls in the longest book
    explain: bool = False

    @property
    def turns(self) -> int:
        return max(1, round(self.runs * self.seconds / TURN))


QUICK = Size(1, 0.1, 7_000, 1_400, 70, 100, 100, 2_000, 50, 100, 80)


@dataclass(frozen=True)
class Bench:
    """What every section gets."""

    pool: Pool
    owner_url: str
    size: Size
    targets: list[str] = field(default_factory=list)  # a line for each, met or not

    @contextmanager
    def owner(self) -> Iterator[Connection[Any]]:
        """Who may do what the application may not: empty tables and fill them directly."""
        options = "-c search_path=view,ledger"
        with connect(self.owner_url, autocommit=True, options=options) as conn:
            yield conn

    def target(self, what: str, found: float, least: float, unit: str = "x") -> None:
        met = "met" if found >= least else "NOT MET"
        shown = f"{found:,.1f}{unit}" if unit == "x" else f"{found:,.0f}{unit}"
        self.targets.append(f"{what:58}{shown:>12}  target {least:,g}{unit:4} {met}")

    def compare(self, title: str, *ways: Way, turns: int = 0) -> dict[str, float]:
        """Prints and returns how many times as fast as the first each way is."""
        runs = [[measure() for _, measure in ways] for _ in range(turns or self.size.runs)]
        print(f"\n{title}")
        found = dict[str, float]()
        for nth, (name, _) in enumerate(ways):
            found[name] = median(run[nth] / run[0] for run in runs)
            print(f"  {name:44}{median(run[nth] for run in runs):12,.0f}/s {found[name]:7.1f}x")
        return found


class Delays:
    """How long single calls took."""

    def __init__(self) -> None:
        self.seconds = list[float]()

    def __str__(self) -> str:
        ranked = sorted(self.seconds)
        p50, p99 = (1000 * ranked[int(len(ranked) * part)] for part in (0.5, 0.99))
        return f"p50 {p50:.2f} ms, p99 {p99:.2f} ms"


def rate(callers: int, call: Callable[[], object], delays: Delays) -> float:
    """Calls a second of so many threads, in one turn."""
    begun = time.perf_counter()

    def work(_: int) -> list[float]:
        took, now = list[float](), time.perf_counter()
        while now < begun + TURN:
            call()
            before, now = now, time.perf_counter()
            took.append(now - before)
        return took

    with ThreadPoolExecutor(callers) as crowd:
        took = [seconds for some in crowd.map(work, range(callers)) for seconds in some]
    elapsed = time.perf_counter() - begun
    delays.seconds += took
    return len(took) / elapsed


def rate_of(callers: int, items: Iterable[T], work: Callable[[T], object]) -> float:
    """Items a second when so many threads share them."""
    left, lock = iter(items), Lock()

    def take() -> int:
        done = 0
        while True:
            with lock:
                item = next(left, None)
            if item is None:
                return done
            work(item)
            done += 1

    begun = time.perf_counter()
    if callers == 1:
        done = take()
    else:
        with ThreadPoolExecutor(callers) as crowd:
            done = sum(crowd.map(lambda _: take(), range(callers)))
    return done / (time.perf_counter() - begun)


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


class Laps:
    """How long the parts of something take that is done again and again."""

    def __init__(self) -> None:
        self.took = dict[str, float]()

    def begin(self) -> None:
        self._since = time.perf_counter()

    def end(self, part: str) -> None:
        now = time.perf_counter()
        self.took[part] = self.took.get(part, 0.0) + now - self._since
        self._since = now

    def show(self, title: str, times: int) -> None:
        print(f"\n{title}")
        for part, spent in self.took.items():
            share = spent / sum(self.took.values())
            print(f"  {part:44}{1e6 * spent / times:10,.0f} us {share:7.0%}")


def explain(title: str, work: Callable[[], object], lines: int = 16) -> None:
    """The functions with most time of their own; those that are called often look dearer."""
    profile, text = cProfile.Profile(), StringIO()
    profile.runcall(work)
    pstats.Stats(profile, stream=text).strip_dirs().sort_stats("tottime").print_stats(lines)
    print(f"\n{title}: where the time is spent")
    print("\n".join(f"  {line}" for line in text.getvalue().splitlines()[4:] if line.strip()))
