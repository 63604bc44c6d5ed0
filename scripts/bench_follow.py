"""Read models: catching up from zero, and made anew, against the library's ProjectionRunner."""

import multiprocessing
import resource
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor

import baseline
from baseline import KeepingView, View
from ledger.fold import Model
from ledger.follow import Worker
from ledger.pool import open_pool
from ledger.rebuild import rebuild
from material import AT, TENANT, copy, empty, entries
from measuring import Bench, explain, seconds
from projections import READ_MODELS
from projections.agenda import AGENDA

THEIRS, SPARED = "library, ProjectionRunner", "the same, with the books kept in memory"
OURS, ALL = "catching up", "all read models together"
ANEW = "rebuild"


def follow(bench: Bench) -> None:
    """The agenda from zero, and all that walk together."""
    count = bench.size.follow
    with bench.owner() as conn:
        empty(conn)
        count = copy(conn, entries(count, "follow"))
        conn.execute("vacuum analyze entry")
    found = bench.compare(
        f"agenda from zero, {count:,} entries ({bench.size.by_library:,} for the library)",
        (THEIRS, lambda: by_library(bench, View)),
        (SPARED, lambda: by_library(bench, KeepingView)),
        (OURS, lambda: count / catch_up(bench, [AGENDA])),
        (ALL, lambda: count / catch_up(bench, READ_MODELS)),
    )
    bench.target("catching up: times the library's runner", found[OURS], 25)
    if bench.size.explain:
        explain("catching up", lambda: catch_up(bench, [AGENDA]))


def anew(bench: Bench) -> None:
    """The agenda from scratch, in a process of its own, whose memory is seen to be bounded."""
    counts = [bench.size.entries // 4, bench.size.entries]
    peaks, best = list[float](), 0.0
    with bench.owner() as conn:
        empty(conn)
    for nth, count in enumerate(counts):
        with bench.owner() as conn:
            before = counts[nth - 1] if nth else 0
            count = copy(conn, entries(count - before, f"anew-{nth}"))
            conn.execute("vacuum analyze entry")
        found = bench.compare(
            f"agenda made anew, {count:,} entries",
            (THEIRS, lambda: by_library(bench, View)),
            (SPARED, lambda: by_library(bench, KeepingView)),
            (ANEW, lambda count=count: count / apart(bench, peaks)),  # type: ignore[misc]
        )
        print(f"  {'peak memory of that process':44}{peaks[-1]:12,.0f} MB")
        best = found[ANEW]
    if bench.size.explain:
        explain("rebuild", lambda: rebuild(bench.pool, AGENDA, AT))
    bench.target(f"rebuild of {count:,}: times the library's runner", best, 80)


def by_library(bench: Bench, view: type[View]) -> float:
    """Entries a second of the runner, on tables of its own."""
    with bench.owner() as conn:
        conn.execute("set search_path = public")
        conn.execute("drop table if exists library_events, follow_tracking, library_agenda")
        baseline.AGENDA_TOO.table.create(conn)
        baseline.AGENDA_TOO.table.add_keys(conn)
    told = list(entries(bench.size.by_library, "library"))
    last = baseline.write(bench.owner_url, told)
    return len(told) / baseline.follow(bench.owner_url, last, view)


def catch_up(bench: Bench, models: Sequence[Model]) -> float:
    """Seconds from zero."""
    with bench.owner() as conn:
        conn.execute("truncate agenda, invoices, disputes, debtors, contact_log")
        conn.execute("update follower set position = 0, leased_by = null, leased_till = null")
    worker = Worker(bench.pool, TENANT, models, "bench", lambda: AT)
    return seconds(worker.catch_up)


def apart(bench: Bench, peaks: list[float]) -> float:
    """Seconds of a rebuild in a fresh process."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as process:
        took, peak = process.submit(_rebuild, bench.owner_url).result()
    peaks.append(peak)
    return took


def _rebuild(url: str) -> tuple[float, float]:
    with open_pool(url, size=2) as pool:
        pool.wait()
        begun = time.perf_counter()
        rebuild(pool, AGENDA, AT)
        took = time.perf_counter() - begun
    return took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
