"""Open items by the hundred thousand: their import, the read models after it, the nightly list.

Each is a command of `dossier` in a process of its own: its processor time and memory are those of
the command and its helpers, not of the database.
"""

import csv
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import processor
import servers
from api.session import now
from bench_data import COLLECTORS, EACH, debtor, number
from sample_data import TENANT, empty
from timing import Bench

HEADER = ("No", "Customer", "Name", "Amount", "Open", "Cur", "Issued", "Due", "Collector")
FIELDS = ("invoice", "debtor", "debtor_name", "amount", "open_amount", "currency", "issued", "due")
MAPS = [f"{field}={column}" for field, column in zip(FIELDS, HEADER, strict=False)]
LISTED = 0.998  # of the open invoices are on the nightly list
LOWER = 1_000  # of so many lines one is part-paid
MEMORY, SECONDS = 300, 60  # megabytes, and seconds, that a nightly list of 998,000 lines may take


class Spent(NamedTuple):
    """What a command took: seconds, seconds of a processor, and megabytes at most."""

    seconds: float
    processor: float
    memory: float


def run(bench: Bench) -> None:
    many = bench.size.open
    with bench.owner() as conn:
        empty(conn)
        for table in ("handoffs", "outbox", "inbox", "names", "full_list"):
            conn.execute(f"truncate {table}".encode())
    with tempfile.TemporaryDirectory() as folder:
        file = _write(Path(folder, "open.csv"), many, many)
        took = spend(bench, "import", str(file), *_form(), "--yes")
        entries = _head(bench)
        tell(f"import of {many:,} open items ({entries:,} entries)", took, entries)
        bench.target("open items imported", entries / took.seconds, 20_000, "/s")
        took = spend(bench, "agenda")
        tell("all read models level after it", took, entries)
        bench.target("entries shown after an import", entries / took.seconds, 12_000, "/s")
        listed = int(many * LISTED)
        file = _write(Path(folder, "nightly.csv"), many, listed)
        day = now().date().isoformat()
        words = ("import", str(file), *_form(), "--full-list", "--as-of", day, "--yes")
        took = spend(bench, *words)
        tell(f"nightly list of {listed:,} lines", took, listed)
        print(f"  {'entries written':44}{_head(bench) - entries:12,}")
        least = 998_000 // SECONDS
        bench.target("nightly list: lines a second", listed / took.seconds, least, "/s")
        bench.target("nightly list: MB below the limit", MEMORY - took.memory, 0, " MB")


def _form() -> list[str]:
    maps = [word for text in MAPS for word in ("--map", text)]
    return ["--format", "open-items", *maps, "--map", f"collector={HEADER[-1]}"]


def _write(file: Path, many: int, listed: int) -> Path:
    """Write a list; when not all are listed, some of the others are part-paid."""
    with file.open("w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(HEADER)
        rows.writerows(_rows(many, listed))
    return file


def _rows(many: int, listed: int) -> Iterator[tuple[str, ...]]:
    today, debtors = now().date(), max(many // EACH, 1)
    days = [(today + timedelta(days=n - 150)).isoformat() for n in range(200)]
    for n in range(listed):
        spread = n * 7919  # a prime: neighbours differ
        amount, late = 10 + spread % 150_000, spread % 120
        shown = amount / 2 if listed < many and n % LOWER == 0 else amount
        who = n % debtors
        yield (
            *(number(n), debtor(who), f"Bakery {who}", f"{amount}.00", f"{shown:.2f}", "EUR"),
            *(days[late], days[late + 30], COLLECTORS[who % len(COLLECTORS)]),
        )


def spend(bench: Bench, *words: str) -> Spent:
    """Run a command to its end. What it prints is shown when it fails."""
    begun, spent, peak = time.perf_counter(), 0.0, 0.0
    with servers.started(bench.owner_url, *words) as process:
        while process.poll() is None:
            spent = max(spent, processor.seconds(process.pid))
            peak = max(peak, processor.memory(process.pid))
            time.sleep(0.2)
        assert process.stderr
        if process.returncode:
            print(process.stderr.read(), file=sys.stderr)
            raise subprocess.CalledProcessError(process.returncode, words[0])
    return Spent(time.perf_counter() - begun, spent, peak)


def _head(bench: Bench) -> int:
    with bench.owner() as conn:
        found = conn.execute("select position from tenant_head where tenant_id = %s", [TENANT])
        return int((found.fetchone() or [0])[0])


def tell(title: str, took: Spent, many: int) -> None:
    print(f"\n{title}")
    print(f"  {'':44}{many / took.seconds:12,.0f}/s {took.seconds:9,.1f} s")
    each = 1e6 * took.processor / many
    print(f"  {'processor of the command and its helpers':44}{took.processor:12,.1f} s", end="")
    print(f" {each:9,.0f} us each")
    print(f"  {'peak memory of the same':44}{took.memory:12,.0f} MB")
