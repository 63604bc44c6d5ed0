"""No file of an import costs more than it may, and no tenant waits for another's."""

import threading
from threading import Event
from typing import Any

import psycopg
import pytest

from api.importing import upload_source
from api.importing.formats.layout import ENCODINGS, is_text_encoding
from api.importing.formats.table import MAX_LINE
from api.importing.job_runner import run_next_job
from api.worker import run
from support.http_clients import HttpClients, Person
from support.import_files import HISTORY, history_line, history_lines
from support.waiting import wait_for

pytestmark = pytest.mark.no_worker

ITEMS = (
    "/v1/import?format=open-items&map=invoice%3DNo&map=debtor%3DCustomer&map=open_amount%3DOpen"
    "&map=issued%3DDate&map=due%3DDue&name=list.csv"
)
WIDE = "\u0a0a" * (MAX_LINE + 1)  # in UTF-16 each half of it looks like the end of a line


def send(who: Person, path: str, content: bytes) -> str:
    answer = who.client.post(path, content=content, headers=who.headers({}))
    assert answer.status_code == 202, answer.text
    return str(answer.headers["location"])


def job(who: Person, location: str) -> Any:
    return who.client.get(location, headers=who.headers({})).json()


def work(http: HttpClients) -> None:
    assert run_next_job(http.pool, "default", "worker", Event(), http.clock)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_line_without_end_is_refused(http: HttpClients, encoding: str) -> None:
    anna = http.collector()
    location = send(anna, f"{ITEMS}&encoding={encoding}", WIDE.encode(encoding))
    work(http)
    found = job(anna, location)
    assert found["state"] == "failed"
    # in UTF-16 the bytes of these characters look like line ends
    assert any(
        why in found["trouble"]
        for why in (f"longer than {MAX_LINE:,} characters", "empty lines in a row")
    )


def test_a_list_in_wide_characters_is_read(http: HttpClients) -> None:
    anna, days = http.collector(), "2026-01-05,2026-02-04"
    table = f"No,Customer,Open,Date,Due\nF-1,{WIDE[:2]},100.00,{days}\nF-2,x,1,{days}"
    location = send(anna, f"{ITEMS}&encoding=utf-16", table.encode("utf-16"))
    work(http)
    assert job(anna, location)["counts"]["imported"] == 2


def test_every_encoding_of_the_list_is_there() -> None:
    assert [name for name in ENCODINGS if not is_text_encoding(name)] == []
    assert is_text_encoding("windows-1252")
    for name in ("punycode", "idna", "unicode_escape", "utf-7", "rot13", "zlib", "hex", "\0"):
        assert not is_text_encoding(name)


def test_a_file_that_takes_too_much_of_the_processor_is_given_up(
    http: HttpClients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload_source, "SECONDS", 0.0)
    monkeypatch.setattr(upload_source, "SECONDS_A_MB", 0.0)
    anna = http.collector()
    location = send(anna, HISTORY, b"".join(history_lines(100)))
    work(http)
    assert "seconds of a processor" in job(anna, location)["trouble"]


def test_a_tenant_does_not_wait_for_anothers_file(http: HttpClients, database: str) -> None:
    http.tenant("acme")
    ours, theirs = http.collector(), http.collector(tenant="acme")
    long, short = (send(who, HISTORY, history_line("F-1")) for who in (ours, theirs))
    stop = Event()
    runs = threading.Thread(target=run, args=(database, stop, http.clock))
    with psycopg.connect(database, options="-c search_path=ledger") as held:
        held.execute("select from tenant_head where tenant_id = 'default' for update")
        runs.start()
        try:
            wait_for(lambda: job(ours, long)["state"] == "running")
            wait_for(lambda: job(theirs, short)["state"] == "finished")
            assert job(ours, long)["state"] == "running"
            held.rollback()
            wait_for(lambda: job(ours, long)["state"] == "finished")
        finally:
            held.rollback()
            stop.set()
            runs.join()
