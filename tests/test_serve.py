"""``dossier serve`` as a process of its own: it starts, answers, and stops without a loss."""

import re
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Thread

import httpx2
import psycopg
import pytest

from api.http.auth.keys import Role
from ledger.database.pool import Pool
from support.cli import CliUser
from support.postgres import new_database
from support.served import Served, make_key, serving
from support.waiting import wait_for

INVOICE = {"invoice": "A-1", "amount": "100.00", "due_on": "2026-02-20", "debtor": "D-17"}


@pytest.fixture(scope="module")
def served(postgres: str) -> Iterator[Served]:
    """A server for all tests that leave it running."""
    with new_database(postgres) as url:
        cli = CliUser(url)
        key = cli("user", "add", "anna", "--role", "collector").ok().out.strip()
        with serving(cli, key=key) as running:
            yield running


@pytest.fixture
def own_server(cli: CliUser, database: str) -> Iterator[Served]:
    with serving(cli, key=make_key(database, Role.COLLECTOR)) as running:
        yield running


def figure(served: Served, name: str) -> float:
    told = served.http.get(f"{served.watch}/metrics").text
    return sum(float(n) for n in re.findall(rf"^{name}(?:\{{.*\}})? (\S+)$", told, re.MULTILINE))


def test_it_says_that_it_is_alive_and_ready(served: Served) -> None:
    assert served.http.get("/v1/health").json() == {"status": "alive"}
    ready = served.http.get(f"{served.watch}/v1/ready")
    assert ready.status_code == 200
    assert set(ready.json()["lag"].values()) == {0}


def test_a_browser_finds_the_documentation(served: Served) -> None:
    page = served.http.get("/")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    links = re.findall(r'href="([^"]+)"', page.text)
    assert {"/docs", "/openapi.json"} <= set(links)
    assert [link for link in links if served.http.get(link).status_code != 200] == []
    assert "<script" not in page.text


def test_the_first_start_prints_a_link_that_signs_the_first_admin_in(cli: CliUser) -> None:
    with serving(cli) as served:
        assert served.http.get("/v1/health").status_code == 200
        _, output = served.stop()
    [token] = re.findall(r"/sign-in/link/(\S+)", output)
    with serving(cli) as served:
        assert served.http.get("/today").status_code == 303
        signed_in = served.http.post(f"/sign-in/link/{token}", data={"x": "y"})
        assert signed_in.status_code == 303
        assert "admin" in served.http.get("/today").text
        _, output = served.stop()
    with serving(cli) as served:
        assert served.http.get("/v1/health").status_code == 200
        _, later = served.stop()
    assert "sign-in/link" not in later, "somebody has signed in"
    assert "dossier --tenant default user link NAME" in later


def test_the_documentation_needs_no_internet(served: Served) -> None:
    page = served.http.get("/docs").text
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert {link.rpartition(".")[2] for link in loaded} == {"js", "css", "png"}
    assert [link for link in loaded if not served.http.get(link).is_success] == []
    assert "//" not in "".join(loaded), "nothing from elsewhere"


def test_what_was_written_is_read_at_its_position(served: Served) -> None:
    written = served.http.post("/v1/invoices", json=INVOICE)
    assert written.status_code == 201, written.text
    at_least = {"at_least": written.json()["position"]}
    found = served.http.get("/v1/invoices", params=at_least)
    assert found.status_code == 200, found.text
    assert "A-1" in found.text


def test_appends_are_observed(served: Served) -> None:
    before = figure(served, "dossier_append_seconds_count")
    made = served.http.post("/v1/invoices", json=INVOICE | {"invoice": "A-2"})
    assert made.status_code == 201, made.text
    assert figure(served, "dossier_append_seconds_count") == before + 1
    assert figure(served, "dossier_append_batch_lines_sum") >= 1
    assert figure(served, "dossier_append_conflicts_total") == 0
    assert figure(served, "dossier_requests_total") >= 2


def test_without_a_worker_the_lag_shows(cli: CliUser, database: str) -> None:
    key = make_key(database, Role.COLLECTOR)
    with serving(cli, "--no-worker", key=key) as served:
        served.http.post("/v1/invoices", json=INVOICE)
        assert served.http.get(f"{served.watch}/v1/ready").json()["lag"]["invoices"] == 1
        assert figure(served, "dossier_lag_entries") >= 1
        assert figure(served, "dossier_lag_seconds") > 0


def test_a_read_model_in_trouble_is_not_ready(cli: CliUser, database: str) -> None:
    with serving(cli, "--no-worker") as served:
        with psycopg.connect(database, options="-c search_path=ledger") as conn:
            conn.execute("update follower set trouble = 'no room' where name = 'agenda'")
        told = served.http.get(f"{served.watch}/v1/ready")
        assert told.status_code == 503
        assert told.headers["content-type"] == "application/problem+json"
        assert told.json()["type"] == "urn:dossier:problem:not-ready"
        assert "agenda" in told.json()["detail"]


def test_a_database_that_is_not_up_to_date_is_not_ready(cli: CliUser, database: str) -> None:
    with serving(cli, "--no-worker") as served:
        assert served.http.get(f"{served.watch}/v1/ready").status_code == 200  # it has migrated
        with psycopg.connect(database, options="-c search_path=ledger") as conn:
            conn.execute("delete from migration where name like '0003%'")
        told = served.http.get(f"{served.watch}/v1/ready")
        assert told.status_code == 503
        assert told.json()["pending"] == ["0003_api_key.sql"]


def test_it_stops_cleanly_and_finishes_what_it_accepted(own_server: Served, pool: Pool) -> None:
    answers: list[tuple[str, int]] = []

    def write(writer: int) -> None:
        for nth in range(10_000):
            number = f"W{writer}-{nth}"
            try:
                answer = own_server.http.post("/v1/invoices", json=INVOICE | {"invoice": number})
            except httpx2.TransportError:  # it takes no more
                return
            answers.append((number, answer.status_code))

    writers = [Thread(target=write, args=(nth,)) for nth in range(8)]
    for writer in writers:
        writer.start()
    while len(answers) < 40:
        time.sleep(0.01)
    code, output = own_server.stop()
    for writer in writers:
        writer.join()
    assert (code, output.splitlines()[-1]) == (0, "Dossier stopped.")
    assert {status for _, status in answers} == {201}
    with pool.connection() as conn:
        written = {
            number
            for (number,) in conn.execute(
                "select state::json->'event'->>'number' from entry where line = 1"
            )
        }
    assert {number for number, _ in answers} <= written


def test_an_open_stream_of_events_does_not_hold_it_up(cli: CliUser, database: str) -> None:
    key = make_key(database, Role.AUDITOR)
    live = {"Accept": "text/event-stream"}
    with (
        serving(cli, key=key) as served,
        served.http.stream("GET", "/v1/events", headers=live) as stream,
    ):
        assert next(stream.iter_lines()).startswith("retry:")
        start = time.monotonic()
        code, output = served.stop()
        assert (code, output.splitlines()[-1]) == (0, "Dossier stopped.")
        assert time.monotonic() - start < 10


def test_several_processes_answer_with_one_worker(cli: CliUser, database: str) -> None:
    key = make_key(database, Role.COLLECTOR)
    with serving(cli, "--workers", "2", key=key) as served:
        for nth in range(8):
            made = served.http.post("/v1/invoices", json=INVOICE | {"invoice": f"B-{nth}"})
            assert made.status_code == 201, made.text
        at_least = {"at_least": made.json()["position"]}
        assert "B-7" in served.http.get("/v1/invoices", params=at_least).text
        assert figure(served, "dossier_append_seconds_count") == 8
        code, output = served.stop()
    assert (code, output.splitlines()[-1]) == (0, "Dossier stopped.")


def test_processes_whose_first_one_was_killed_end_too(cli: CliUser) -> None:
    with serving(cli, "--workers", "2", "--no-worker") as served:
        assert served.http.get("/v1/health").is_success
        served.process.kill()
        served.process.wait()
        served.http.close()
        port = int(served.at.rpartition(":")[2])
        patience = time.monotonic() + 20
        while _taken(port):
            assert time.monotonic() < patience, "they go on"
            time.sleep(0.1)


def _taken(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return True
    return False


@pytest.mark.parametrize(
    ("name", "output"),
    [
        ("DOSSIER_LINK_DAYS", "two"),
        ("DOSSIER_RATE_LIMIT", "0"),
        ("DOSSIER_IMPORT_LIMIT", "1.5"),
        ("DOSSIER_PUBLIC_URL", "acme.example"),
        ("DOSSIER_MAILBOXES", "acme.example"),
        ("DOSSIER_SMTP_URL", "acme.example"),
        ("DOSSIER_WHATSAPP_NUMBERS", "1234"),
    ],
)
def test_a_setting_that_is_wrong_is_said_before_anything_runs(
    cli: CliUser, monkeypatch: pytest.MonkeyPatch, name: str, output: str
) -> None:
    monkeypatch.setenv("DOSSIER_MAIL_FROM", "credit@acme.example")
    monkeypatch.setenv("DOSSIER_WHATSAPP_SECRET", "secret")
    monkeypatch.setenv(name, output)
    for command in ("serve", "worker"):
        cli(command).refused(name, code=2)


def test_a_port_that_is_taken_is_said_in_one_line(cli: CliUser) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        cli("serve", "--port", port).refused(f"127.0.0.1:{port}", "--port")


def test_an_address_that_is_none_is_said_in_one_line(cli: CliUser) -> None:
    cli("serve", "--host", "no.such.host.invalid").refused("no.such.host.invalid", "--host")


def test_beyond_this_machine_it_serves_behind_a_proxy_only(cli: CliUser) -> None:
    cli("serve", "--host", "0.0.0.0", "--port", 0, "--watch-port", 0).refused(
        "--behind-proxy", "0.0.0.0", code=2
    )
    with serving(cli, "--host", "0.0.0.0", "--behind-proxy", "--no-worker") as served:
        assert served.http.get("/v1/health").is_success


def test_metrics_and_readiness_have_a_port_of_their_own(served: Served) -> None:
    for path in ("/metrics", "/v1/ready"):
        assert served.http.get(path).status_code == 404
        assert served.http.get(f"{served.watch}{path}").status_code == 200
    for path in ("/v1/invoices", "/docs", "/"):
        assert served.http.get(f"{served.watch}{path}").status_code == 404
    assert served.http.get(f"{served.watch}/v1/health").is_success


def test_no_environment_has_the_url_of_the_database(cli: CliUser) -> None:
    with serving(cli, "--workers", "2", "--no-worker") as served:
        wait_for(lambda: len(children_of(served.process.pid)) >= 3)  # and the tracker of theirs
        children = children_of(served.process.pid)
        for pid in children:
            environment = Path(f"/proc/{pid}/environ")  # until it begins, that of its parent
            wait_for(partial(_serves, environment))
            assert b"DOSSIER_SERVED_DATABASE" not in environment.read_bytes()


def _serves(environment: Path) -> bool:
    return b"DOSSIER_SERVED=" in environment.read_bytes()


def children_of(pid: int) -> list[str]:
    tasks = Path(f"/proc/{pid}/task")
    if not tasks.is_dir():
        pytest.skip("needs /proc, which only Linux has")
    found = list[str]()
    for task in tasks.iterdir():
        with suppress(FileNotFoundError):  # a thread that has ended meanwhile
            found += Path(task, "children").read_text().split()
    return found
