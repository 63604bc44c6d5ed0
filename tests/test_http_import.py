"""Imports over HTTP: a file goes in, and a worker takes it to the ledger, whoever dies."""

import gzip
import json
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any
from unittest.mock import patch

import pytest

from api.http.auth.keys import Role
from api.http.routes import imports
from api.importing import upload_source
from api.importing.job_runner import MAX_ATTEMPTS, run_next_job
from api.importing.jobs import LEASE, RETENTION
from api.importing.source import MAX_LINE_BYTES
from support.cli import CliUser
from support.http_clients import HttpClients, Person, refused
from support.import_files import EACH, HISTORY, assert_imported_once, history_line, history_lines

pytestmark = pytest.mark.no_worker

ITEMS = (
    "/v1/import?format=open-items&map=invoice%3DNo&map=debtor%3DCustomer&map=open_amount%3DOpen"
    "&map=issued%3DDate&map=due%3DDue&name=list.csv"
)
TABLE = "No,Customer,Open,Date,Due\nF-1,D-7,100.00,2026-01-05,2026-02-04\n"


def send(who: Person, path: str, content: Any, **headers: str) -> Any:
    return who.client.post(path, content=content, headers=who.headers(headers))


def job_of(who: Person, answer: Any) -> Any:
    assert answer.status_code == 202, answer.text
    found = who.client.get(answer.headers["location"], headers=who.headers({}))
    assert found.status_code == 200, found.text
    return found.json()


def work(http: HttpClients, tenant: str = "default", stop: Event | None = None) -> bool:
    return run_next_job(http.pool, tenant, "worker", stop or Event(), http.clock)


def rejects(who: Person, job: Any) -> list[Any]:
    found = who.client.get(job["rejects"], headers=who.headers({}))
    assert found.headers["content-type"].startswith("application/x-ndjson")
    return [json.loads(line) for line in found.text.splitlines()]


def kept(http: HttpClients) -> int:
    with http.pool.connection() as conn:
        [found] = conn.execute("select count(*) from job_chunk").fetchall()
    return int(found[0])


def test_a_history_goes_in(http: HttpClients) -> None:
    anna = http.collector(name="anna")
    body = history_line("F-1") + history_line("F-1", 2, "payment-received") + history_line("F-2")
    answer = send(
        anna, HISTORY + "&name=erp.jsonl", body, traceparent=f"00-{'a' * 32}-{'b' * 16}-01"
    )
    told = answer.json()
    assert (told["name"], told["format"], told["bytes"]) == ("erp.jsonl", "history", len(body))
    waiting = job_of(anna, answer)
    assert (waiting["id"], waiting["state"], waiting["began_at"]) == (told["id"], "waiting", None)
    assert work(http)
    job = job_of(anna, answer)
    assert (job["state"], job["done"], job["trouble"]) == ("finished", len(body), None)
    assert job["counts"] | {"debtors": 1, "lines": 3, "imported": 3} == job["counts"]
    assert (job["rejects"], job["asked_by"]) == (None, "anna")
    entries = http.entries()
    assert job["position"] == entries[-1].position
    assert {(e.by, e.via, e.correlation) for e in entries} == {
        ("anna", str(anna.key.key_id), "a" * 32)
    }
    assert kept(http) == 0
    assert not work(http)


def test_a_list_of_open_items_goes_in_and_what_cannot_is_told(http: HttpClients) -> None:
    anna = http.collector()
    rows = "F-2,D-7,x,2026-01-05,2026-02-04\nF-3,D-8,7,soon,2026-02-04\n"
    answer = send(anna, ITEMS, (TABLE + rows).encode(), Content_Type="text/csv; charset=utf-8")
    work(http)
    job = job_of(anna, answer)
    assert (job["state"], job["counts"]["imported"], job["counts"]["rejected"]) == (
        "finished",
        1,
        2,
    )
    first, second = rejects(anna, job)
    assert (first["line"], first["field"], first["raw"]["No"]) == (3, "Open", "F-2")
    assert (second["line"], second["field"], second["raw"]["Date"]) == (4, "Date", "soon")
    assert http.topics().count("invoice-registered.v1") == 1


def test_the_rejects_are_those_of_the_command_line(
    http: HttpClients, database: str, tmp_path: Path
) -> None:
    body = (
        history_line("F-1")
        + b"{no json}\n"
        + history_line("F-2", type_="invented")
        + history_line("F-3", amount="x")
    )
    anna = http.collector()
    answer = send(anna, HISTORY, body)
    work(http)
    file = tmp_path / "f.jsonl"
    file.write_bytes(body)
    CliUser(database)("import", file, "--format", "history", "--terms", 30)
    beside = Path(f"{file}.rejects.jsonl").read_text("utf-8").splitlines()
    assert rejects(anna, job_of(anna, answer)) == [json.loads(line) for line in beside]
    assert len(beside) == 3


@pytest.mark.parametrize("headers", [{}, {"Content_Encoding": "gzip"}])
def test_it_may_be_packed(http: HttpClients, headers: dict[str, str]) -> None:
    anna = http.collector()
    answer = send(anna, ITEMS, gzip.compress(TABLE.encode()), **headers)
    work(http)
    assert job_of(anna, answer)["counts"]["imported"] == 1


def test_once_more_writes_nothing(http: HttpClients) -> None:
    anna = http.collector()
    for imported, there in ((1, 0), (0, 1)):
        answer = send(anna, ITEMS, TABLE.encode())
        work(http)
        counts = job_of(anna, answer)["counts"]
        assert (counts["imported"], counts["already_there"]) == (imported, there)


def test_a_list_of_debtors_goes_in(http: HttpClients) -> None:
    anna = http.collector()
    path = "/v1/import?format=debtors&map=name%3DNaam&full_list=true&as_of=2026-03-01"
    table = b"number,Naam,vat_id\nD-7,Smith,NL1\nD-8,,\n"
    for counts in ({"debtors": 2, "odd": 1, "rejected": 0}, {"entries": 0, "already_there": 2}):
        answer = send(anna, path, table, Content_Type="text/csv")
        work(http)
        job = job_of(anna, answer)
        assert (job["state"], job["counts"] | counts) == ("finished", job["counts"])
    assert http.topics() == ["debtor-registered.v1"] * 2


def test_a_full_list_closes_what_it_lacks(http: HttpClients) -> None:
    anna = http.collector()
    more = "".join(f"G-{nth},D-7,9,2026-01-05,2026-02-04\n" for nth in range(9))
    send(anna, ITEMS, (TABLE + more).encode())
    http.clock.advance(seconds=1)
    full = ITEMS + "&full_list=true&as_of=2026-03-01"
    send(anna, full, (TABLE.splitlines()[0] + "\n" + more).encode())
    http.clock.advance(seconds=1)
    half = send(anna, full, TABLE.encode())
    while work(http):
        pass
    assert http.topics().count("closed-per-erp.v1") == 1
    failed = job_of(anna, half)
    assert failed["state"] == "failed"
    assert "--close-most" in failed["trouble"]


def test_jobs_of_a_tenant_are_done_as_they_were_asked_for(http: HttpClients) -> None:
    anna = http.collector()
    asked = []
    for nth in range(3):
        http.clock.advance(seconds=1)
        asked.append(send(anna, HISTORY, history_line(f"F-{nth}")).json()["id"])
    listed = anna.get("/jobs?limit=2")
    assert [job["id"] for job in listed.json()] == [asked[2], asked[1]]
    rest = anna.client.get(listed.links["next"]["url"], headers=anna.headers({}))
    assert [job["id"] for job in rest.json()] == [asked[0]]
    for done in range(1, 4):
        work(http)
        states = [anna.get(f"/jobs/{id_}").json()["state"] for id_ in asked]
        assert states == ["finished"] * done + ["waiting"] * (3 - done)


def test_the_same_key_is_the_same_job(http: HttpClients) -> None:
    anna = http.collector()
    first = send(anna, ITEMS, TABLE.encode(), Idempotency_Key="k")
    work(http)
    again = send(anna, ITEMS, TABLE.encode(), Idempotency_Key="k")
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert (again.content, again.headers["location"]) == (first.content, first.headers["location"])
    assert not work(http)
    other = send(anna, ITEMS, TABLE.encode() + b"\n", Idempotency_Key="k")
    refused(other, 422, "key-reused")
    refused(send(anna, ITEMS + "&terms=7", TABLE.encode(), Idempotency_Key="k"), 422, "key-reused")
    bob = send(http.collector(), ITEMS, TABLE.encode(), Idempotency_Key="k")
    assert bob.json()["id"] != first.json()["id"]


def test_a_job_is_forgotten_after_thirty_days(http: HttpClients) -> None:
    anna = http.collector()
    old = send(anna, HISTORY, history_line("F-1") + b"x\n", Idempotency_Key="k")
    work(http)
    http.clock.advance(seconds=RETENTION.total_seconds() - 1)
    again = send(anna, HISTORY, history_line("F-1") + b"x\n", Idempotency_Key="k")
    assert again.json() == old.json()
    http.clock.advance(seconds=1)
    new = send(anna, HISTORY, history_line("F-2"), Idempotency_Key="k")
    assert "idempotency-replayed" not in new.headers
    assert job_of(anna, new)["state"] == "waiting"
    with http.pool.connection() as conn:
        assert conn.execute("select * from job_reject").fetchall() == []


def test_who_sees_a_job(http: HttpClients) -> None:
    anna = http.collector()
    answer = send(anna, HISTORY, b"no\n")
    work(http)
    job = job_of(anna, answer)
    paths = [f"/jobs/{job['id']}", f"/jobs/{job['id']}/rejects"]

    def sees(who: Person) -> set[int]:
        return {who.get(path).status_code for path in paths}

    for role in (Role.AUDITOR, Role.ADMIN, Role.COLLECTOR):
        assert sees(http.person(role)) == {200}
    for role in (Role.RESOLVER, Role.AGENCY):
        more = {"agency": "Acme"} if role is Role.AGENCY else {}
        assert sees(http.person(role, **more)) == {403}
    foreign = http.person(Role.ADMIN, tenant=http.tenant("acme"))
    north = http.collector(business_units=["north"])
    for other in (foreign, north):
        assert sees(other) == {404}
        assert other.get("/jobs").json() == []
    refused(send(north, HISTORY, history_line("F-1")), 403, "not-allowed")
    refused(send(http.person(Role.AUDITOR), HISTORY, history_line("F-1")), 403, "not-allowed")


BAD = [
    ("/v1/import", "/format"),
    ("/v1/import?format=pdf", "/format"),
    (f"{HISTORY}&colour=red", "/colour"),
    (f"{HISTORY}&terms=soon", "/terms"),
    (f"{HISTORY}&terms=-1", "/terms"),
    (f"{HISTORY}&name=", "/name"),
    (f"{HISTORY}&name=%00", "/name"),
    (f"{HISTORY}&full_list=true&as_of=2026-03-01", None),
    ("/v1/import?format=open-items", None),
    ("/v1/import?format=open-items&profile=sap", None),
    ("/v1/import?format=open-items&map=invoice", None),
    ("/v1/import?format=open-items&map=colour%3Dred", None),
    (f"{ITEMS}&full_list=true", None),
    (f"{ITEMS}&as_of=2026-02-30", "/as_of"),
    (f"{ITEMS}&as_of=0", "/as_of"),
    (f"{ITEMS}&delimiter=%7C%7C", None),
    (f"{ITEMS}&delimiter=%0A", None),
    (f"{ITEMS}&decimal=x", None),
    (f"{ITEMS}&encoding=klingon", None),
    (f"{ITEMS}&encoding=zlib", None),
    (f"{ITEMS}&encoding=punycode", None),
    (f"{ITEMS}&encoding=unicode_escape", None),
    (f"{ITEMS}&date_format=%25d%25d", None),
    (f"{ITEMS}&date_format=%25H", None),
    (f"{ITEMS}&date_format=yesterday", None),
    (f"{ITEMS}&disputed_on=never", None),
]


@pytest.mark.parametrize(("path", "pointer"), BAD)
def test_what_cannot_be_meant_is_refused_at_once(
    http: HttpClients, path: str, pointer: str | None
) -> None:
    refused(send(http.collector(), path, TABLE.encode()), 422, "invalid", pointer)
    assert http.collector().get("/jobs").json() == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Content_Type": "application/json"},
        {"Content_Type": "multipart/form-data; boundary=x"},
        {"Content_Type": "application/x-www-form-urlencoded"},
        {"Content_Encoding": "br"},
        {"Content_Encoding": "gzip, gzip"},
    ],
)
def test_bodies_of_another_kind(http: HttpClients, headers: dict[str, str]) -> None:
    answer = send(http.collector(), HISTORY, history_line("F-1"), **headers)
    refused(answer, 415, "unsupported-media-type")


def test_an_empty_body(http: HttpClients) -> None:
    refused(send(http.collector(), HISTORY, b""), 422, "invalid", "")


def test_a_file_too_large(http: HttpClients) -> None:
    anna = http.collector()
    with patch.object(imports, "MAX_BYTES", 1000):
        refused(send(anna, HISTORY, b"x" * 1001), 413, "too-large")
        refused(send(anna, HISTORY, (b"x" * 100 for _ in range(11))), 413, "too-large")
        assert send(anna, HISTORY, b"x" * 1000).status_code == 202


BROKEN: list[tuple[str, bytes, str]] = [
    (ITEMS, b"a,b\n1,2\n", "no column"),
    (ITEMS, b"\n\n", "is empty"),
    (ITEMS, gzip.compress(TABLE.encode() * 99)[:-9], "after line"),
    (HISTORY, b" \n", "is empty"),
    (HISTORY, b"\x1f\x8bnonsense", "after line 0"),
    (HISTORY, gzip.compress(b"x" * (MAX_LINE_BYTES + 1)), "longer than"),
    (HISTORY, gzip.compress(history_line("F-1") * 1000), "unpacks to more"),
    (ITEMS + "&encoding=utf-16", b"odd", "not written in utf-16"),
]


@pytest.mark.parametrize(("path", "body", "why"), BROKEN, ids=[why for _, _, why in BROKEN])
def test_a_file_that_cannot_be_read_fails_and_says_why(
    http: HttpClients, path: str, body: bytes, why: str
) -> None:
    anna = http.collector()
    answer = send(anna, path, body)
    with patch.object(upload_source, "MIN_UNPACKED_BYTES", 10_000):
        assert work(http)
    job = job_of(anna, answer)
    assert (job["state"], kept(http)) == ("failed", 0)
    assert why in job["trouble"]
    assert not work(http)


@pytest.mark.parametrize("at", ["9999-12-31", "0001-01-01", "99-1-1", "2026-01-05T25:00", "\0"])
def test_dates_that_lead_nowhere_are_rejected(http: HttpClients, at: str) -> None:
    anna = http.collector()
    answer = send(anna, HISTORY, history_line("F-1", at=at))
    work(http)
    assert [reject["line"] for reject in rejects(anna, job_of(anna, answer))] == [1]


def test_told_to_stop_it_gives_the_job_back(http: HttpClients) -> None:
    anna = http.collector()
    answer = send(anna, HISTORY, b"".join(history_lines(1000)))
    stop = Event()
    stop.set()
    assert work(http, stop=stop)
    assert job_of(anna, answer)["state"] == "waiting"
    assert http.entries() != []
    assert work(http)
    job = job_of(anna, answer)
    assert job["state"] == "finished"
    assert 0 < job["counts"]["already_there"] < job["counts"]["lines"] == 1000 * EACH
    assert_imported_once(http.ledgers["default"], 1000)


def test_a_worker_that_dies_each_time_is_not_sent_for_ever(http: HttpClients) -> None:
    anna = http.collector()
    answer = send(anna, HISTORY, history_line("F-1"))
    with http.pool.connection() as conn:
        conn.execute("update job set attempts = %s", [MAX_ATTEMPTS])
    work(http)
    assert "every worker died" in job_of(anna, answer)["trouble"]


def test_a_lease_keeps_others_away_until_it_has_run_out(http: HttpClients) -> None:
    anna = http.collector()
    answer = send(anna, HISTORY, history_line("F-1"))
    with http.pool.connection() as conn:
        till = http.clock() + LEASE
        conn.execute("update job set leased_by = 'dead', leased_till = %s", [till])
    assert job_of(anna, answer)["state"] == "running"
    assert not work(http)
    http.clock.advance(seconds=LEASE.total_seconds())
    assert job_of(anna, answer)["state"] == "waiting"
    assert work(http)
    assert job_of(anna, answer)["state"] == "finished"


@pytest.mark.parametrize("odd", [b"\xe9", b"D-7\0"])
def test_a_line_that_cannot_be_stored_is_rejected_alone(http: HttpClients, odd: bytes) -> None:
    anna = http.collector()
    rows = b"".join(b"F-%d,D-7,1.00,2026-01-05,2026-02-04\n" % n for n in range(10, 5_010))
    body = TABLE.encode() + rows + b"F-2," + odd + b",5,2026-01-05,2026-02-04\n" + rows[:-1]
    answer = send(anna, ITEMS, body, Content_Type="text/csv")
    work(http)
    job = job_of(anna, answer)
    assert (job["state"], job["trouble"]) == ("finished", None)
    counts = job["counts"]
    assert (counts["imported"], counts["rejected"]) == (5_001, 5_001)  # each number twice
    assert rejects(anna, job)[0] | {"line": 5_003, "field": "Customer"} == rejects(anna, job)[0]
    assert http.topics().count("invoice-registered.v1") == 5_001


def test_the_counts_of_a_failed_job_are_what_was_written(http: HttpClients) -> None:
    """The file is cut off in its middle, when two batches are on their way."""
    anna = http.collector()
    packed = gzip.compress(b"".join(history_lines(2_000)))
    answer = send(anna, HISTORY, packed[:-2_000])
    work(http)
    job = job_of(anna, answer)
    assert job["state"] == "failed"
    causes = {entry.causation for entry in http.entries() if entry.causation}
    assert job["counts"]["imported"] + job["counts"]["noted"] == len(causes) > 2_000


def test_a_broken_full_list_closes_nothing(http: HttpClients) -> None:
    anna = http.collector()
    rows = [f"F-{n},D-7,100.00,2026-01-05,2026-02-04" for n in range(20)]
    header = TABLE.splitlines()[0]
    send(anna, ITEMS, "\n".join([header, *rows, ""]))
    work(http)
    cut = "\n".join([header, *rows[:18]])[:-20]
    whole = f"{ITEMS}&full_list=true&as_of=2026-03-01"
    answer = send(anna, whole, cut)
    work(http)
    job = job_of(anna, answer)
    assert (job["state"], job["counts"]["closed"], job["counts"]["left_open"]) == ("finished", 0, 2)
    assert (job["counts"]["file_lines"], job["counts"]["rejected"]) == (19, 1)
    answer = send(anna, f"{whole}&close_anyway=true&close_most=true", cut)
    work(http)
    assert job_of(anna, answer)["counts"]["closed"] == 2


def test_a_lease_of_a_worker_whose_clock_ran_ahead_is_none(http: HttpClients) -> None:
    anna = http.collector()
    answer = send(anna, HISTORY, history_line("F-1"))
    with http.pool.connection() as conn:
        till = http.clock() + timedelta(days=1)
        conn.execute("update job set leased_by = 'dead', leased_till = %s", [till])
    assert job_of(anna, answer)["state"] == "waiting"
    assert work(http)
    assert job_of(anna, answer)["state"] == "finished"
