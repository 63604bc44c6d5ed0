"""Read models: catching up from zero, and rebuilt, against the library's ProjectionRunner."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import baseline
from baseline import KeepingView, View
from ledger.engine.fold import Model
from ledger.engine.projector import Projector
from ledger.engine.rebuild import rebuild
from projections import READ_MODELS
from projections.agenda import AGENDA
from sample_data import AT, TENANT, copy, empty, entries
from timing import Bench, explain, seconds

THEIRS, SPARED = "library, ProjectionRunner", "the same, with the books kept in memory"
OURS, ALL = "catching up", "all read models together"
REBUILD = "rebuild"


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


def rebuild_agenda(bench: Bench) -> None:
    """The agenda from scratch, in a process of its own, whose memory is seen to be bounded."""
    counts = [bench.size.entries // 4, bench.size.entries]
    peaks, best = list[float](), 0.0
    with bench.owner() as conn:
        empty(conn)
    for nth, count in enumerate(counts):
        with bench.owner() as conn:
            before = counts[nth - 1] if nth else 0
            count = copy(conn, entries(count - before, f"rebuild-{nth}"))
            conn.execute("vacuum analyze entry")
        found = bench.compare(
            f"agenda rebuilt, {count:,} entries",
            (THEIRS, lambda: by_library(bench, View)),
            (SPARED, lambda: by_library(bench, KeepingView)),
            (REBUILD, lambda count=count: count / apart(bench, peaks)),  # type: ignore[misc]
        )
        print(f"  {'peak memory of its processes':44}{peaks[-1]:12,.0f} MB")
        best = found[REBUILD]
    if bench.size.explain:
        explain("rebuild", lambda: rebuild(bench.pool, AGENDA, AT))
    bench.target(f"rebuild of {count:,}: times the library's runner", best, 80)


def by_library(bench: Bench, view: type[View]) -> float:
    """Entries a second of the runner, on tables of its own."""
    with bench.owner() as conn:
        conn.execute("set search_path = public")
        conn.execute("drop table if exists library_events, follow_tracking, library_agenda")
        baseline.AGENDA_TOO.table.create(conn)
        conn.execute(f"alter table view.{baseline.AGENDA_TOO.name} set schema public")
        baseline.AGENDA_TOO.table.add_keys(conn)
    written = list(entries(bench.size.by_library, "library"))
    last = baseline.write(bench.owner_url, written)
    return len(written) / baseline.follow(bench.owner_url, last, view)


def catch_up(bench: Bench, models: Sequence[Model]) -> float:
    """Seconds from zero."""
    with bench.owner() as conn:
        conn.execute("truncate agenda, invoices, disputes, debtors, contact_log")
        conn.execute("update follower set position = 0, leased_by = null, leased_till = null")
    worker = Projector(bench.pool, TENANT, models, "bench", lambda: AT)
    return seconds(worker.catch_up)


def apart(bench: Bench, peaks: list[float]) -> float:
    """Seconds of a rebuild in a process of its own, and in those that help it."""
    script = Path(__file__).with_name("rebuild_process.py")
    env = {
        **os.environ,
        "DOSSIER_OWNER_URL": bench.owner_url,
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    with subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, env=env, start_new_session=True
    ) as process:
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, memory(process.pid))
            time.sleep(0.5)
        assert process.stdout
        took = float(process.stdout.read())
    peaks.append(peak)
    return took


def memory(session: int) -> float:
    """Return the megabytes that the processes of a session use by themselves; 0 if unknown."""
    found = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(process.name)) == session:
                status = (process / "status").read_text()
                found += sum(map(int, re.findall(r"^RssAnon:\s+(\d+) kB$", status, re.M)))
        except OSError:  # ended meanwhile
            continue
    return found / 1024
