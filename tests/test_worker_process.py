"""The worker of ``dossier serve``: a process of its own, which serve starts, watches and ends."""

import os
import re
import signal
from pathlib import Path
from uuid import UUID

import pytest

from api.http.auth.keys import Role
from ledger.database.pool import Conn, Pool, connect
from ledger.database.waking import SHOWN, listen, read_shown, wake, written
from ledger.engine.projector import Projector
from ledger.engine.rebuild import prepare
from ledger.store.ledger import Ledger
from support.cli import CliUser
from support.histories import AT, MODELS, note
from support.served import Served, make_key, serving
from support.waiting import wait_for

INVOICE = {"amount": "100.00", "due_on": "2026-02-20", "debtor": "D-17"}
MANY = pytest.mark.parametrize("more", [(), ("--workers", "2")], ids=["alone", "together"])


def worker_pid(owner: Conn) -> int:
    """Wait until a worker has the leases, and return its process."""
    found = set[str | None]()

    def is_leased() -> bool:
        found.clear()
        found.update(by for (by,) in owner.execute("select leased_by from follower"))
        return len(found) == 1 and None not in found

    wait_for(is_leased)
    [name] = found
    return int(str(name).split(":")[1])


def write_and_read(served: Served, number: str) -> None:
    """Write an invoice, and read it at its position once the read models show it."""
    made = served.http.post("/v1/invoices", json=INVOICE | {"invoice": number})
    assert made.status_code == 201, made.text
    at_least = {"at_least": made.json()["position"]}
    wait_for(lambda: number in served.http.get("/v1/invoices", params=at_least).text)


@MANY
def test_it_is_started_again_when_it_is_killed(
    cli: CliUser, database: str, owner: Conn, more: tuple[str, ...]
) -> None:
    with serving(cli, *more, key=make_key(database, Role.COLLECTOR)) as served:
        first = worker_pid(owner)
        assert first != served.process.pid
        write_and_read(served, "A-1")
        os.kill(first, signal.SIGKILL)
        wait_for(lambda: worker_pid(owner) != first)
        write_and_read(served, "A-2")
        code, said = served.stop()
    assert code == 0
    assert said.splitlines()[-1] == "Dossier stopped."
    assert "the worker ended (-9); starting it again" in said
    assert owner.execute("select distinct leased_by from follower").fetchall() == [(None,)]


@MANY
def test_it_ends_with_a_server_that_is_killed(
    cli: CliUser, owner: Conn, more: tuple[str, ...]
) -> None:
    with serving(cli, *more) as served:
        pid = worker_pid(owner)
        served.process.kill()
        served.process.wait()
        wait_for(lambda: not runs(pid))
    assert owner.execute("select distinct leased_by from follower").fetchall() == [(None,)]


def runs(pid: int) -> bool:
    """A zombie does not."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def test_its_figures_are_among_the_metrics(cli: CliUser, database: str) -> None:
    with serving(cli, key=make_key(database, Role.COLLECTOR)) as served:
        write_and_read(served, "A-1")
        text = served.http.get(f"{served.watch}/metrics").text
    for name, least in (("worker_starts", 1), ("followed_entries", 1), ("requests", 1)):
        figures = re.findall(rf"^dossier_{name}_total(?:\{{.*\}})? (\S+)$", text, re.MULTILINE)
        assert sum(map(float, figures)) >= least, name


def test_without_it_nothing_is_started(cli: CliUser, owner: Conn) -> None:
    with serving(cli, "--no-worker") as served:
        assert served.http.get("/v1/health").is_success
        assert owner.execute("select distinct leased_by from follower").fetchall() == [(None,)]


def test_a_write_wakes_who_follows(pool: Pool, database: str) -> None:
    with listen(database) as hears:
        assert written(hears, 0) == set()
        with pool.connection() as conn:
            wake("default").fetch(conn)
        assert written(hears, 30) == {"default"}


def test_who_follows_all_read_models_tells_what_they_show(pool: Pool, ledger: Ledger) -> None:
    prepare(pool, MODELS, AT)
    some = Projector(pool, "default", MODELS[:1], "some", lambda: AT, tells=False)
    everything = Projector(pool, "default", MODELS, "all", lambda: AT, tells=True)
    with connect(pool) as hears:
        hears.execute(f"listen {SHOWN}".encode())
        ledger.write([note(UUID(int=1), 1), note(UUID(int=2), 1)])
        assert some.catch_up() == 2
        some.release_lease()
        assert everything.catch_up() == 2  # those that `some` left behind: not all of them
        ledger.write([note(UUID(int=1), 2)])
        assert everything.catch_up() == 1
        told = [read_shown(heard.payload) for heard in hears.notifies(timeout=30, stop_after=1)]
    assert told == [("default", 3)]
