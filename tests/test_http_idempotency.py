"""The same key writes once: repeated, changed, at once, after a month, after a crash."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Barrier, Event, Thread
from typing import Any

import httpx2
import pytest

from api.http.auth.keys import Role, issue
from api.session import prepare_database
from ledger.database.pool import open_pool
from ledger.store.ledger import Ledger
from support.http_clients import INVOICE, START, HttpClients, Person, refused
from support.postgres import Proxy

pytestmark = pytest.mark.no_worker

NOTE = {"text": "Call first."}
SRC = Path(__file__).parents[1] / "src"
SERVER = """
import sys
import uvicorn
from api.app import create_app
app = create_app(sys.argv[1], with_worker=False)
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="warning")
"""


@pytest.fixture
def one_invoice(anna: Person) -> None:
    anna.record("/invoices", INVOICE)


def notes(http: HttpClients) -> int:
    return http.topics().count("note-added.v1")


@pytest.mark.usefixtures("one_invoice")
def test_the_same_again_is_the_same_answer(http: HttpClients, anna: Person) -> None:
    first = anna.post("/invoices/F-1/notes", NOTE, Idempotency_Key="k")
    anna.record("/invoices/F-1/notes", {"text": "Meanwhile."})
    again = anna.post("/invoices/F-1/notes", NOTE, Idempotency_Key="k")
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers["etag"] == first.headers["etag"] == '"2"'
    assert notes(http) == 2


@pytest.mark.usefixtures("one_invoice")
def test_what_was_generated_is_the_same_too(http: HttpClients, anna: Person) -> None:
    said = {"promised_for": "2026-04-01"}
    first = anna.record("/invoices/F-1/promises", said, Idempotency_Key="k")
    assert anna.record("/invoices/F-1/promises", said, Idempotency_Key="k") == first


@pytest.mark.usefixtures("one_invoice")
def test_another_body_or_path_is_refused(http: HttpClients, anna: Person) -> None:
    anna.record("/invoices/F-1/notes", NOTE, Idempotency_Key="k")
    other = anna.post("/invoices/F-1/notes", {"text": "Else."}, Idempotency_Key="k")
    refused(other, 422, "key-reused")
    other = anna.post("/debtors/D-7/notes", NOTE, Idempotency_Key="k")
    refused(other, 422, "key-reused")
    assert notes(http) == 1


@pytest.mark.usefixtures("one_invoice")
def test_keys_are_each_ones_own(http: HttpClients, anna: Person) -> None:
    anna.record("/invoices/F-1/notes", NOTE, Idempotency_Key="k")
    http.collector().record("/invoices/F-1/notes", NOTE, Idempotency_Key="k")
    assert notes(http) == 2


@pytest.mark.usefixtures("one_invoice")
def test_a_refusal_is_not_kept(http: HttpClients, anna: Person) -> None:
    refused(anna.post("/invoices/F-2/notes", NOTE, Idempotency_Key="k"), 404, "unknown")
    anna.record("/invoices", INVOICE | {"invoice": "F-2"})
    anna.record("/invoices/F-2/notes", NOTE, Idempotency_Key="k")


@pytest.mark.usefixtures("one_invoice")
def test_nothing_to_write_is_an_answer_too(http: HttpClients, anna: Person) -> None:
    first = anna.post("/invoices", INVOICE, Idempotency_Key="k")
    assert first.json()["entries"] == []
    again = anna.post("/invoices", INVOICE, Idempotency_Key="k")
    assert again.content == first.content


@pytest.mark.usefixtures("one_invoice")
@pytest.mark.parametrize("key", ["", "x" * 201])
def test_a_key_has_a_length(anna: Person, key: str) -> None:
    answer = anna.post("/invoices/F-1/notes", NOTE, Idempotency_Key=key)
    refused(answer, 422, "invalid", "/idempotency-key")


@pytest.mark.usefixtures("one_invoice")
def test_kept_for_thirty_days(http: HttpClients, anna: Person) -> None:
    anna.record("/invoices/F-1/notes", NOTE, Idempotency_Key="k")
    http.clock.advance(days=29, hours=23)
    anna.record("/invoices/F-1/notes", NOTE, Idempotency_Key="k")
    assert notes(http) == 1
    http.clock.advance(hours=1)
    fresh = anna.post("/invoices/F-1/notes", {"text": "New."}, Idempotency_Key="k")
    assert (fresh.status_code, fresh.headers.get("idempotency-replayed")) == (201, None)
    assert notes(http) == 2
    refused(anna.post("/invoices/F-1/notes", NOTE, Idempotency_Key="k"), 422, "key-reused")


@pytest.mark.usefixtures("one_invoice")
def test_two_at_once(http: HttpClients, anna: Person) -> None:
    for turn in range(10):
        start = Barrier(4)

        def say(_: int, turn: int = turn, start: Barrier = start) -> Any:
            start.wait()
            return anna.post("/invoices/F-1/notes", NOTE, Idempotency_Key=f"k{turn}")

        with ThreadPoolExecutor(4) as threads:
            answers = list(threads.map(say, range(4)))
        assert [a.status_code for a in answers] == [201] * 4
        assert len({a.content for a in answers}) == 1
        replayed = [a.headers.get("idempotency-replayed") for a in answers]
        assert sorted(map(str, replayed)) == ["None", "true", "true", "true"]
        assert notes(http) == turn + 1


@contextmanager
def served(url: str) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A process of its own, which may be killed."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    said = [sys.executable, "-c", SERVER, url, str(port)]
    process = subprocess.Popen(said, env=os.environ | {"PYTHONPATH": str(SRC)})
    at = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except ConnectionError:
                assert time.monotonic() < deadline
                time.sleep(0.05)
        yield process, at
    finally:
        process.kill()
        process.wait()


def test_a_crash_right_after_the_commit(database: str) -> None:
    """The server dies once the entries are committed and before it answers; the client repeats."""
    prepare_database(database, START)
    with open_pool(database) as pool:
        with pool.connection() as conn:
            _, secret = issue(conn, "default", "anna", Role.COLLECTOR, START, "root")
        ledger = Ledger(pool)
        headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "k"}
        _killed_after_commit(database, headers, INVOICE, ledger)
        with served(database) as (_, at):
            again = httpx2.post(f"{at}/v1/invoices", json=INVOICE, headers=headers)
        assert again.headers["idempotency-replayed"] == "true"
        topics = [entry.event.topic for entry in ledger.since(0, 100)]
        assert topics.count("invoice-registered.v1") == 1
        assert again.json()["position"] == ledger.head()
        ledger.close()


class Held(Proxy):
    """A wire that holds every answer back from the moment that something was committed."""

    def __init__(self, url: str, ledger: Ledger) -> None:
        super().__init__(url)
        self.ledger, self.before = ledger, ledger.head()
        self.holds = Event()

    def _back(self, server: socket.socket, client: socket.socket) -> None:
        with suppress(OSError):
            while sent := server.recv(65536):
                if self.holds.is_set() or self.ledger.head() > self.before:
                    self.holds.set()
                    continue
                client.sendall(sent)


def _killed_after_commit(url: str, headers: dict[str, str], body: Any, ledger: Ledger) -> None:
    """It is committed, and the server dies before it hears so."""
    wire = Held(url, ledger)
    runs = Thread(target=wire.run)
    runs.start()
    try:
        with served(wire.url) as (process, at), ThreadPoolExecutor(1) as thread:
            asked = thread.submit(httpx2.post, f"{at}/v1/invoices", json=body, headers=headers)
            assert wire.holds.wait(30)
            process.kill()
            with pytest.raises(httpx2.TransportError):
                asked.result(30)
    finally:
        wire.shut()
        runs.join()
