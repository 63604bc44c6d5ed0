"""The log over HTTP: CloudEvents in batches, and live to whoever listens."""

import asyncio
import http.client
import itertools
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from api.app import create_app
from api.http.auth.keys import Role
from api.http.kit.live_streams import MAX_STREAMS, Streams
from api.http.routes import events as events_module
from api.inbox.receive import MAILBOX as mailbox
from api.pages.contact.routes import ACTOR as form
from api.postman.record import ACTOR as postman
from api.whatsapp.receive import ACTOR as whatsapp
from ledger.database.pool import Conn
from projections.cloud_event import SYSTEM_ACTORS
from support.creditor import invoice
from support.http_clients import Clock, refused
from support.listening import listening
from support.two_units import TwoUnits
from support.waiting import wait_for


def test_the_log_is_a_batch_of_cloud_events(two_units: TwoUnits) -> None:
    answer = two_units.people["auditor"].get("/events?limit=1000")
    assert answer.headers["content-type"] == "application/cloudevents-batch+json"
    batch = answer.json()
    entries = two_units.creditor.ledger.since(0, 1000)
    assert [one["id"] for one in batch] == [f"default:{entry.position}" for entry in entries]
    assert [one["type"] for one in batch] == [f"dossier.{e.event.topic}" for e in entries]
    opened = next(one for one in batch if one["type"] == "dossier.dispute-opened.v1")
    assert opened["specversion"] == "1.0"
    assert opened["subject"] == "invoice/N-1"
    assert opened["time"] == "2026-03-02T00:00:00+01:00"
    assert opened["sequence"] == f"{int(opened['id'].split(':')[1]):020}"
    history = two_units.get("auditor", "/invoices/N-1/history")
    assert opened["contenthash"] == history[1]["content_hash"]
    assert batch[0]["subject"] == "debtor/D-7"


def test_batches_of_any_size_hold_every_event_once(two_units: TwoUnits) -> None:
    whole = two_units.get("auditor", "/events?limit=1000")
    for size in (1, 5, len(whole)):
        found, path = list[Any](), f"/events?limit={size}"
        while path:
            answer = two_units.people["auditor"].get(path)
            found += answer.json()
            link = answer.headers.get("link", "")
            path = link[1 : link.index(">")].removeprefix("/v1") if link else ""
        assert found == whole


def test_only_the_types_that_are_asked_for(two_units: TwoUnits) -> None:
    def types(query: str) -> set[str]:
        return {one["type"] for one in two_units.get("auditor", f"/events?types={query}")}

    opened, assigned = "dossier.dispute-opened.v1", "dossier.resolver-assigned.v1"
    assert types(opened) == {opened}
    assert types(f"{opened},resolver-assigned.v1") == {opened, assigned}
    assert types(f"{opened}&types={assigned}") == {opened, assigned}
    assert types(f"{opened}&after=1000") == set()
    answer = two_units.people["auditor"].get("/events?types=dossier.none.v1")
    refused(answer, 422, "invalid", "/types")


def test_answers_kept_for_a_key_are_told_to_who_asks(two_units: TwoUnits) -> None:
    anna, kept = two_units.people["anna"], "dossier.request-answered.v1"
    before = two_units.get("auditor", "/events")
    note = {"text": "They call back."}
    anna.record("/invoices/N-1/notes", note, Idempotency_Key="k")
    anna.record("/invoices/N-1/notes", note | {"text": "They did."})
    told = two_units.get("auditor", "/events")[len(before) :]
    assert [one["data"]["text"] for one in told] == ["They call back.", "They did."]
    [answer] = two_units.get("auditor", f"/events?types={kept}")
    first, last = (int(one["sequence"]) for one in told)
    assert first < int(answer["sequence"]) < last, "its position is skipped"
    for after in (first, int(answer["sequence"])):
        assert two_units.get("auditor", f"/events?after={after}") == told[1:]
    page = two_units.people["auditor"].get(f"/events?after={first - 1}&limit=1")
    assert page.json() == told[:1]
    assert f"after={first}" in page.headers["link"]


def test_a_tenant_sees_its_own_log_only(two_units: TwoUnits) -> None:
    batch = two_units.get("neighbour", "/events")
    assert [one["subject"] for one in batch] == ["debtor/A-D", "invoice/A-1"]
    assert {one["source"] for one in batch} == {"urn:dossier:acme"}


def test_a_stream_that_never_was_is_refused(two_units: TwoUnits) -> None:
    answer = two_units.people["auditor"].get(
        "/events", accept="text/event-stream", last_event_id="yesterday"
    )
    refused(answer, 422, "invalid", "/Last-Event-ID")


class Stream:
    """Server-sent events, one at a time."""

    def __init__(self, port: int, secret: str, **headers: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        self.connection.request(
            "GET",
            "/v1/events?types=invoice-registered.v1",
            headers={"Authorization": f"Bearer {secret}", "Accept": "text/event-stream"} | said,
        )
        self.answer = self.connection.getresponse()
        assert self.answer.status == 200, self.answer.read()
        assert self.answer.headers["content-type"].startswith("text/event-stream")

    def block(self) -> dict[str, str]:
        """Up to the next empty line; nothing at the end."""
        found = dict[str, str]()
        while line := self.answer.readline().decode().rstrip("\n"):
            name, _, value = line.partition(": ")
            found[name] = value
        return found

    def event(self) -> tuple[int, Any]:
        block = self.block()
        while block and "data" not in block:
            block = self.block()
        return int(block["id"]), msgspec.json.decode(block["data"])

    def close(self) -> None:
        self.answer.close()
        self.connection.close()


def test_who_listens_hears_it_live_and_goes_on_where_it_broke_off(
    two_units: TwoUnits, database: str
) -> None:
    secret = two_units.people["auditor"].secret
    past = two_units.get("auditor", "/events?types=invoice-registered.v1")
    with listening(create_app(database, Clock(), with_worker=False)) as port:
        stream = Stream(port, secret)
        heard = [stream.event() for _ in past]
        assert [event for _, event in heard] == past
        two_units.creditor.execute(invoice("N-9"))
        position, event = stream.event()
        assert event["subject"] == "invoice/N-9"
        assert event["id"] == f"default:{position}"
        stream.close()
        again = Stream(port, secret, last_event_id=str(heard[-1][0]))
        assert again.event() == (position, event)
        again.close()


def test_a_stream_ends_when_the_server_stops(two_units: TwoUnits, database: str) -> None:
    secret = two_units.people["admin"].secret
    with listening(create_app(database, Clock(), with_worker=False)) as port:
        stream = Stream(port, secret, last_event_id="1000")
        assert stream.block() == {"retry": "1000"}
    assert stream.block() == {}
    stream.close()


def test_a_silent_stream_says_it_is_there_until_its_key_is_revoked(
    two_units: TwoUnits, database: str, owner: Conn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events_module, "HEARTBEAT", 0.1)
    monkeypatch.setattr("api.http.auth.authentication.REMEMBERED", 0.0)
    auditor = two_units.people["auditor"]
    with listening(create_app(database, Clock(), with_worker=False)) as port:
        stream = Stream(port, auditor.secret, last_event_id="1000")
        stream.block()
        assert "" in stream.block()
        owner.execute(
            "update api_key set revoked_at = %s where tenant_id = %s and name = %s",
            [two_units.http.clock(), "default", "auditor"],
        )
        while stream.block():
            pass
        stream.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def busy_log(two_units: TwoUnits, database: str, clock: Clock) -> Iterator[int]:
    """The port of a server whose log grows all the time."""
    stop = threading.Event()

    def write() -> None:
        for nth in itertools.count():
            if stop.is_set():
                return
            two_units.creditor.execute(invoice(f"B-{nth}"))

    writer = threading.Thread(target=write)
    with listening(create_app(database, clock, with_worker=False)) as port:
        writer.start()
        try:
            yield port
        finally:
            stop.set()
            writer.join()


CHANGES = [
    "update api_key set revoked_at = now() where name = 'auditor'",
    "update api_key set role = 'collector' where name = 'auditor'",
    "update api_key set business_units = '{north}' where name = 'auditor'",
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_stream_that_never_falls_silent_ends_when_its_key_changes(
    two_units: TwoUnits, busy_log: int, owner: Conn, change: str
) -> None:
    stream = Stream(busy_log, two_units.people["auditor"].secret)
    stream.event()
    owner.execute(change.encode())
    while stream.block():
        pass
    stream.close()


def test_a_stream_ends_when_its_key_expires(
    two_units: TwoUnits, busy_log: int, clock: Clock
) -> None:
    till = clock.at + timedelta(hours=1)
    person = two_units.http.person(Role.AUDITOR, "guest", expires_at=till)
    stream = Stream(busy_log, person.secret)
    stream.event()
    clock.advance(hours=1)
    while stream.block():
        pass
    stream.close()


def test_a_key_has_few_streams_and_gets_back_those_that_ended(
    two_units: TwoUnits, database: str
) -> None:
    secret = two_units.people["auditor"].secret
    app = create_app(database, Clock(), with_worker=False)
    with listening(app) as port:
        streams = [Stream(port, secret) for _ in range(MAX_STREAMS)]
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as more:
            live = {"Authorization": f"Bearer {secret}", "Accept": "text/event-stream"}
            more.request("GET", "/v1/events", headers=live)
            assert more.getresponse().status == 429
        other = Stream(port, two_units.people["admin"].secret)
        for stream in (*streams, other):
            stream.close()
        wait_for(lambda: not app.state.streams.of_key)
        Stream(port, secret).close()


def test_the_streams_of_a_tenant_look_at_the_log_together(two_units: TwoUnits) -> None:
    app: Any = two_units.http.client.app
    shared, asked = app.state.shared, list[str]()

    class Counting:
        """The state of the server, which keeps what it was asked."""

        async def query(self, query: Any) -> Any:
            asked.append(query.sql)
            return await shared.query(query)

    async def look() -> list[int]:
        streams = Streams()
        return await asyncio.gather(*(streams.head(Counting(), "default") for _ in range(50)))  # type: ignore[arg-type]

    assert two_units.http.client.portal
    found = two_units.http.client.portal.call(look)
    assert set(found) == {two_units.creditor.ledger.head()}
    assert len(asked) == 1


def test_no_machine_of_ours_passes_for_a_user() -> None:
    assert {postman, mailbox, whatsapp, form, "clock"} == {*SYSTEM_ACTORS}
