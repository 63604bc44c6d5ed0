"""Imports on servers of their own: killed half-way, without a worker, several at once, large."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from api.http.auth.keys import Role
from ledger.database.pool import connect_to
from ledger.store.ledger import Ledger
from support.cli import CliUser
from support.import_files import EACH, HISTORY, assert_imported_once, history_line, history_lines
from support.served import Served, make_key, serving


def await_(found: Callable[[], Any]) -> Any:
    deadline = time.monotonic() + 60
    while not (it := found()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return it


@contextmanager
def locked(url: str) -> Iterator[Any]:
    """The job's row as it is now; nobody tells of the job, or ends it, meanwhile."""
    with connect_to(url) as conn, conn.transaction():
        yield conn.execute("select ended_at, leased_till from job for update").fetchone()


def test_the_server_is_killed_half_way(database: str, ledger: Ledger) -> None:
    cli, key = CliUser(database), make_key(database, Role.COLLECTOR)
    invoices = 4000
    with serving(cli, key=key) as served:
        answer = served.http.post(HISTORY, content=history_lines(invoices))
        path = answer.headers["location"]
        await_(lambda: served.http.get(path).json()["counts"]["lines"])
        with locked(database) as (ended_at, leased_till):
            assert (ended_at, bool(leased_till)) == (None, True)
            served.process.kill()
            served.process.wait()
    assert 0 < ledger.head() < EACH * invoices
    with connect_to(database) as conn:
        conn.execute("update job set leased_till = asked_at")  # time passes
    with serving(cli, key=key) as served:
        await_(lambda: served.http.get(path).json()["state"] == "finished")
        job = served.http.get(path).json()
        assert (job["counts"]["lines"], job["counts"]["rejected"]) == (EACH * invoices, 0)
        assert job["counts"]["already_there"] > 0
    assert_imported_once(ledger, invoices)


def test_without_a_worker_it_waits_for_one(database: str, ledger: Ledger) -> None:
    cli, key = CliUser(database), make_key(database, Role.COLLECTOR)
    with serving(cli, "--no-worker", key=key) as served:
        path = served.http.post(HISTORY, content=history_lines(10)).headers["location"]
        assert served.http.get(path).json()["state"] == "waiting"
        with cli.started("worker"):
            await_(lambda: served.http.get(path).json()["state"] == "finished")
    assert_imported_once(ledger, 10)


def told(served: Served, paths: list[str]) -> list[Any]:
    return [served.http.get(path).json() for path in paths]


def moved(served: Served, paths: list[str], before: list[Any]) -> None:
    await_(lambda: told(served, paths) != before)


def test_several_processes_share_the_jobs(database: str, ledger: Ledger) -> None:
    cli, key = CliUser(database), make_key(database, Role.COLLECTOR)
    with serving(cli, "--workers", "2", key=key) as served, cli.started("worker"):
        lines = list(history_lines(400))
        paths = [
            served.http.post(HISTORY, content=b"".join(lines[nth::4])).headers["location"]
            for nth in range(4)
        ]
        while (jobs := told(served, paths)) and not all(job["state"] == "finished" for job in jobs):
            moved(served, paths, jobs)  # however busy the machine is
    assert_imported_once(ledger, 400)


def test_a_body_that_breaks_off_leaves_nothing(database: str) -> None:
    key = make_key(database, Role.COLLECTOR)
    with serving(CliUser(database), "--no-worker", key=key) as served:

        def half() -> Iterator[bytes]:
            yield history_line("F-1")
            raise ConnectionError

        with pytest.raises(ConnectionError):
            served.http.post(HISTORY, content=half())
        assert served.http.get("/v1/jobs").json() == []
        code, output = served.stop()
    assert (code, output.splitlines()[-1]) == (0, "Dossier stopped.")


def peak(pid: int) -> int:
    """Bytes of memory that the process ever had."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        pytest.skip("needs /proc, which only Linux has")
    [line] = [one for one in status.read_text().splitlines() if one.startswith("VmHWM")]
    return int(line.split()[1]) * 1024


def test_a_large_file_does_not_fill_the_memory(database: str) -> None:
    key, size = make_key(database, Role.COLLECTOR), 60_000_000
    with serving(CliUser(database), "--no-worker", key=key) as served:
        assert served.http.post(HISTORY, content=history_line("F-1")).status_code == 202
        before = peak(served.process.pid)
        line = history_line("F-1", name=uuid4().hex * 30)
        lines = (line * 60 for _ in range(size // len(line * 60)))
        answer = served.http.post(HISTORY, content=lines)
        assert answer.json()["bytes"] > 0.99 * size
        assert peak(served.process.pid) - before < size / 3
