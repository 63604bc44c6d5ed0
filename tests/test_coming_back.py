"""``serve`` and ``worker`` come back by themselves when the embedded server is gone."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from uuid import uuid4

import httpx2
import psycopg
import pytest

from api.postgres import server
from support.cli import CliUser
from support.served import Served, serving
from support.waiting import wait_for

INVOICE = {"amount": "100.00", "due_on": "2026-02-20", "debtor": "D-17"}
BACK = 120  # seconds at most; docs/operations.md tells how long it takes


@pytest.fixture
def kept_home(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    server.remove(tmp_path)


@pytest.fixture
def embedded(kept_home: Path) -> CliUser:
    """A user of the server that comes with Dossier."""
    return CliUser("", more={"DOSSIER_HOME": str(kept_home)})


@contextmanager
def writing(served: Served) -> Iterator[list[str]]:
    """Register invoices all the time, each until it is acknowledged; yield those that are."""
    acknowledged, stop = list[str](), Event()

    def write() -> None:
        while not stop.is_set():
            number = f"W-{len(acknowledged)}"
            key = {"Idempotency-Key": uuid4().hex}
            while not stop.is_set():
                with suppress(httpx2.TransportError):
                    body = INVOICE | {"invoice": number}
                    if served.http.post("/v1/invoices", json=body, headers=key).is_success:
                        acknowledged.append(number)
                        break
                stop.wait(0.02)

    thread = Thread(target=write)
    thread.start()
    try:
        yield acknowledged
    finally:
        stop.set()
        thread.join()


def grows(acknowledged: list[str], more: int) -> None:
    """Wait for more acknowledged writes."""
    enough = len(acknowledged) + more
    wait_for(lambda: len(acknowledged) >= enough, BACK)


def kill_postmaster(kept_home: Path) -> None:
    file = server.data_folder(kept_home) / "data" / "postmaster.pid"
    os.kill(int(file.read_text().splitlines()[0]), signal.SIGKILL)


def stop(kept_home: Path) -> None:
    assert server.stop(kept_home)


@pytest.mark.parametrize("hurt", [kill_postmaster, stop])
def test_it_comes_back_on_its_port_and_loses_and_doubles_nothing(
    embedded: CliUser, kept_home: Path, hurt: Callable[[Path], None]
) -> None:
    key = embedded("user", "add", "anna", "--role", "collector").ok().out.strip()
    url = server.start(kept_home)
    with serving(embedded, key=key) as served, writing(served) as acknowledged:
        for _ in range(2):
            grows(acknowledged, 20)
            hurt(kept_home)
            hurt_at = time.monotonic()
            grows(acknowledged, 2)
            wait_for(lambda: served.http.get(f"{served.watch}/v1/ready").is_success, BACK)
            assert time.monotonic() - hurt_at < BACK
    assert server.start(kept_home) == url
    with psycopg.connect(url) as conn:
        written = conn.execute(
            "select state::json->'event'->>'number' from ledger.entry"
            " where topic = 'invoice-registered.v1'"
        ).fetchall()
    assert len(written) == len(set(written))
    assert set(acknowledged) <= {number for (number,) in written}


def test_a_worker_alone_brings_it_back(embedded: CliUser, kept_home: Path) -> None:
    embedded("status").ok()
    with embedded.started("worker") as process:
        assert process.stderr
        assert "Worker runs" in process.stderr.readline()
        kill_postmaster(kept_home)
        wait_for(lambda: server.running(kept_home), BACK)


def test_health_is_about_the_process_and_ready_about_the_database(
    embedded: CliUser, kept_home: Path
) -> None:
    with serving(embedded) as served:
        wait_for(lambda: served.http.get(f"{served.watch}/v1/ready").is_success)
        data = server.data_folder(kept_home) / "data"
        (data / "global" / "pg_control").rename(kept_home / "away")
        kill_postmaster(kept_home)
        assert served.http.get("/v1/health").is_success
        wait_for(lambda: served.http.get(f"{served.watch}/v1/ready").status_code == 503)
        (kept_home / "away").rename(data / "global" / "pg_control")
        wait_for(lambda: served.http.get(f"{served.watch}/v1/ready").is_success)
