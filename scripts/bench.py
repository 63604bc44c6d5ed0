"""How fast it is, beside the eventsourcing library as it comes. Read the ratios.

One embedded server of its own, fsync on; medians. Nothing fails here: it prints what was met.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import bench_agenda
import bench_append
import bench_bank
import bench_command
import bench_follow
import bench_import
import bench_items
import bench_pages
import bench_simulate
from api.postgres import server as embedded
from api.session import now, prepare_database
from ledger.database.pool import open_pool
from timing import QUICK, Bench, Size

SECTIONS: dict[str, Callable[[Bench], None]] = {
    "append": bench_append.run,
    "import": bench_import.bulk,
    "items": bench_items.run,
    "bank": bench_bank.run,
    "project": bench_follow.follow,
    "rebuild": bench_follow.rebuild_agenda,
    "command": bench_command.run,
    "agenda": bench_agenda.run,
    "pages": bench_pages.run,
    "simulate": bench_simulate.run,
}


def main(arguments: list[str]) -> None:
    only, size = _asked(arguments)
    os.environ.pop("DOSSIER_OWNER_URL", None)  # nobody else's database
    with server() as url:
        prepare_database(url, now())
        with open_pool(url) as pool:
            bench = Bench(pool, url, size)
            with bench.owner() as conn:
                [fsync] = conn.execute("show fsync").fetchone() or ["?"]
            print(f"fsync {fsync}; medians of {size.runs} runs of {size.seconds:g} s")
            for name in only:
                SECTIONS[name](bench)
    print("\n" + "\n".join(["Targets", *bench.targets]))


def _asked(arguments: list[str]) -> tuple[list[str], Size]:
    parser = argparse.ArgumentParser(description="How fast it is, side by side. Read the ratios.")
    parser.add_argument("--only", metavar="SECTION,…", help=", ".join(SECTIONS))
    parser.add_argument("--quick", action="store_true", help="only to see that it works")
    parser.add_argument("--runs", type=int, help="medians are of so many")
    parser.add_argument("--seconds", type=float, help="of a run")
    parser.add_argument("--entries", type=int, help="to rebuild from")
    parser.add_argument("--open", type=int, help="open invoices of the agenda")
    parser.add_argument("--past", type=int, help="invoices of the quarter that is simulated")
    parser.add_argument("--explain", action="store_true", help="show where the time is spent")
    asked = vars(parser.parse_args(arguments))
    only, quick = asked.pop("only"), asked.pop("quick")
    names = only.split(",") if only else list(SECTIONS)
    if unknown := set(names) - set(SECTIONS):
        parser.error(f"no such section: {', '.join(sorted(unknown))}")
    given = {name: value for name, value in asked.items() if value is not None}
    return names, replace(QUICK if quick else Size(), **given)


@contextmanager
def server() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="dossier-bench-") as folder:
        Path(folder).chmod(0o755)
        home = Path(folder)
        try:
            yield embedded.start(home)
        finally:
            embedded.remove(home)


if __name__ == "__main__":
    main(sys.argv[1:])
