"""Several processes fold a long ledger as one does, and none stays behind."""

import os
import resource
import signal
import subprocess
import sys
from dataclasses import replace
from multiprocessing import parent_process
from pathlib import Path
from typing import NoReturn
from uuid import UUID

import pytest

from api.session import take_batch
from ledger.database.pool import Pool
from ledger.engine.catch_up import position
from ledger.engine.parallel import ordered_map
from ledger.engine.projector import Projector
from ledger.engine.rebuild import prepare, rebuild, rebuild_together
from ledger.facts.entry import Entry
from ledger.store.ledger import Ledger
from support.histories import AT, LINES, MODELS, P, folded, note, parked, promise_made, rows_of
from support.waiting import wait_for

SRC = Path(__file__).parents[1] / "src"


@pytest.fixture(autouse=True)
def many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of few rows each."""
    monkeypatch.setattr("ledger.engine.bulk_fold.PARALLEL_FROM", 0)
    monkeypatch.setattr("ledger.store.reading.PAGE", 7)
    monkeypatch.setattr("ledger.engine.parallel._processors", lambda: 2)


def test_what_several_make_comes_in_order() -> None:
    found = [*ordered_map(square, range(40), True)]
    assert [(n, squared) for n, (squared, _) in found] == [(n, n * n) for n in range(40)]
    assert os.getpid() not in {process for _, (_, process) in found}
    alone = [*ordered_map(square, range(40), False)]
    assert alone == [(n, (n * n, os.getpid())) for n in range(40)]


def square(number: int) -> tuple[int, int]:
    """And who did it."""
    return number * number, os.getpid()


def test_what_the_work_raises_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        list(ordered_map(inverse, [2, 1, 0, 1], True))


def inverse(number: int) -> float:
    return 1 / number


def test_what_a_killed_helper_left_is_done_all_the_same() -> None:
    found = [*ordered_map(doomed, range(40), True)]
    assert found == [(n, n + 1) for n in range(40)]


def doomed(number: int) -> int:
    if number == 20 and parent_process():
        os._exit(1)
    return number + 1


def test_where_no_helper_can_be_started_we_do_it_alone() -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    used = len(os.listdir("/dev/fd"))
    resource.setrlimit(resource.RLIMIT_NOFILE, (used + 2, before[1]))
    try:
        found = [*ordered_map(square, range(40), True)]
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert found == [(n, (n * n, os.getpid())) for n in range(40)]


def test_a_rebuild_by_several_processes_shows_what_one_shows(pool: Pool, ledger: Ledger) -> None:
    prepare(pool, MODELS, AT)
    long = [note(UUID(int=1), n) for n in range(1, 30)]  # longer than a page
    ledger.write([*long, *(promise_made(UUID(int=n), 1, P) for n in range(2, 40))])
    ledger.write([note(UUID(int=n), 2) for n in range(2, 40, 3)])
    told = list[int]()
    for model in MODELS:
        rebuild(pool, model, AT, told.append)
        assert rows_of(pool, model) == folded(model, ledger.since(0, 1000))
    assert sum(told) == len(MODELS) * ledger.head()
    assert len(told) > 10
    assert parked(pool) == []


def test_several_read_models_are_rebuilt_by_reading_the_ledger_once(
    pool: Pool, ledger: Ledger
) -> None:
    prepare(pool, MODELS, AT)
    ledger.write([note(UUID(int=1), n) for n in range(1, 30)])
    ledger.write([promise_made(UUID(int=n), 1, P) for n in range(2, 40)])
    read = list[int]()
    assert rebuild_together(pool, MODELS, AT, read.append) == sum(read) == ledger.head()
    for model in MODELS:
        assert rows_of(pool, model) == folded(model, ledger.since(0, 1000))
        assert position(pool, "default", model.name) == ledger.head()
    assert parked(pool) == []


def test_who_is_far_behind_catches_up_in_bulk(
    pool: Pool, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger.engine.rebuild.FAR_BEHIND", 30)
    prepare(pool, MODELS, AT)
    worker = Projector(pool, "default", MODELS, "w", lambda: AT, batch=10)
    ledger.write([note(UUID(int=n), 1) for n in range(1, 30)])
    assert take_batch(worker) == 10
    assert position(pool, "default", LINES.name) == 10  # the rest is no more than a few batches
    ledger.write([note(UUID(int=n), 1) for n in range(40, 80)])
    assert take_batch(worker) == 10
    assert {position(pool, "default", model.name) for model in MODELS} == {ledger.head()}
    for model in MODELS:
        assert rows_of(pool, model) == folded(model, ledger.since(0, 1000))
    ledger.write([note(UUID(int=n), 2) for n in range(1, 30)])
    assert worker.catch_up() == 29


@pytest.mark.parametrize("many", [0, 10**9], ids=["by several", "alone"])
def test_who_interrupts_a_rebuild_leaves_all_as_it_was(
    pool: Pool, ledger: Ledger, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr("ledger.engine.bulk_fold.PARALLEL_FROM", many)
    prepare(pool, MODELS, AT)
    ledger.write([note(UUID(int=n), 1) for n in range(1, 40)])

    with pytest.raises(KeyboardInterrupt):
        rebuild(pool, replace(LINES, show=ctrl_c), AT)
    assert rows_of(pool, LINES) == []
    rebuild(pool, LINES, AT)
    assert rows_of(pool, LINES) == folded(LINES, ledger.since(0, 1000))


def ctrl_c(_: Entry) -> NoReturn:
    raise KeyboardInterrupt


@pytest.mark.parametrize("many", [0, 10**9], ids=["by several", "alone"])
def test_books_that_are_refused_are_parked_and_the_others_are_shown(
    pool: Pool, ledger: Ledger, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    """Often, as a page may be on its way when a row is refused."""
    monkeypatch.setattr("ledger.engine.bulk_fold.PARALLEL_FROM", many)
    prepare(pool, MODELS, AT)
    bad = range(5, 100, 9)
    ledger.write([note(UUID(int=n), 1, "\0" if n in bad else "") for n in range(1, 100)])
    for _ in range(8):
        rebuild(pool, LINES, AT)
        assert [(name, book.int) for name, book, *_ in parked(pool)] == [("lines", n) for n in bad]
        books = [row.book_id.int for row in rows_of(pool, LINES)]
        assert books == [n for n in range(1, 100) if n not in bad]


KILLED = """
import os, time
from ledger.engine.catch_up import position
from ledger.engine.parallel import ordered_map

def work(_):
    time.sleep(0.01)
    return os.getpid()

if __name__ == "__main__":
    for _, helper in ordered_map(work, iter(int, 1), True):
        print(helper, flush=True)
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc: not Linux")
def test_kill_9_leaves_no_helper_behind(tmp_path: Path) -> None:
    script = tmp_path / "killed.py"
    script.write_text(KILLED)
    told = subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(SRC)},
        text=True,
    )
    assert told.stdout
    helpers = {int(told.stdout.readline()) for _ in range(50)}
    assert all(map(runs, helpers))
    told.send_signal(signal.SIGKILL)
    told.wait()
    told.stdout.close()
    wait_for(lambda: not any(map(runs, helpers)))


def runs(process: int) -> bool:
    """A zombie does not."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"
