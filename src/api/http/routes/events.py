"""The tenant's log as CloudEvents 1.0: in batches, and live as server-sent events."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Header, Query, Request
from starlette.responses import Response

from api.http.auth.authentication import Auditor, TheApp
from api.http.auth.keys import Key
from api.http.kit.live_streams import POLL, CountedStream, Streams
from api.http.kit.read_endpoint import NEXT, documented
from api.http.kit.route import Route
from api.http.server.problems import Problem
from api.http.server.responses import next_page
from api.http.server.state import AppState
from ledger.facts.books import kind_of_event
from ledger.facts.entry import Event
from ledger.store.entry_queries import Line, head, since
from projections.cloud_event import cloud_event

router = APIRouter(prefix="/v1", tags=["events"], route_class=Route)
PREFIX = "dossier."
HEARTBEAT = 15.0  # seconds
BATCH = 500
Position = Annotated[int, Query(ge=0, le=2**63 - 1)]


@dataclass(frozen=True)
class CloudEvent:
    """An entry: ``time`` is the business date, ``recordedtime`` the time of recording."""

    specversion: str
    id: str
    source: str
    type: str
    subject: str
    time: str
    recordedtime: str
    sequence: str
    bookline: int
    authtype: str
    authid: str
    contenthash: str
    datacontenttype: str
    data: dict[str, Any]
    correlationid: str = ""
    causationid: str = ""
    via: str = ""
    flags: str = ""


class Batch(Response):
    """A batch of CloudEvents 1.0."""

    media_type = "application/cloudevents-batch+json"


LIVE = {"text/event-stream": {"schema": {"type": "string"}}}


@dataclass(frozen=True)
class EventFeed:
    """The log of a tenant, of some topics or of all that happened.

    Answers stored for idempotency keys are returned only when their topic is named.
    """

    app: AppState
    key: Key
    topics: Sequence[str]
    streams: Streams

    async def page(self, after: int, limit: int) -> tuple[list[Line], int]:
        """Return the next lines, and the position up to which the log was read."""
        [upto] = await self.app.query(head(self.key.tenant_id)) or [0]
        return await self.lines(after, upto, limit)

    async def news(self, after: int) -> tuple[list[Line], int]:
        """Return the same for a stream."""
        upto = await self.streams.head(self.app, self.key.tenant_id)
        return await self.lines(after, upto, BATCH)

    async def lines(self, after: int, upto: int, limit: int) -> tuple[list[Line], int]:
        if upto <= after:
            return [], after
        query = since(self.key.tenant_id, after, upto, self.topics, limit)
        lines = await self.app.query(query)
        return lines, lines[-1].entry.position if len(lines) == limit else upto

    def render(self, line: Line) -> dict[str, Any]:
        entry, zone = line.entry, self.app.session(self.key.tenant_id).ledger.zone
        subject = f"{kind_of_event(entry.event).name}/{line.number or entry.book_id}"
        return cloud_event(self.key.tenant_id, zone, subject, entry, line.hashed)


@router.get(
    "/events",
    response_class=Batch,
    responses=documented(list[CloudEvent], NEXT, LIVE, Batch.media_type),
)
async def list_events(
    request: Request,
    key: Auditor,
    app: TheApp,
    after: Position = 0,
    types: Annotated[
        list[str] | None,
        Query(description="Types such as `dossier.dispute-opened.v1`, separated by commas."),
    ] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    last_event_id: Annotated[
        str | None, Header(description="The last event before a stream ended.")
    ] = None,
) -> Response:
    """Return all that happened, in the order of positions.

    The missing positions are answers for idempotency keys (`types=dossier.request-answered.v1`).
    """
    log = EventFeed(app, key, _topics(types or []), request.app.state.streams)
    if "text/event-stream" in request.headers.get("accept", ""):
        start = after if last_event_id is None else _position(last_event_id)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        log.streams.add(key)
        return CountedStream(log.streams, key, _live(request, log, start), headers)
    lines, _ = await log.page(after, limit)
    batch = msgspec.json.encode([log.render(line) for line in lines])
    headers = {}
    if len(lines) == limit:
        headers |= next_page(request, after=lines[-1].entry.position)
    return Batch(batch, 200, headers)


async def _live(request: Request, log: EventFeed, after: int) -> AsyncIterator[bytes]:
    """Yield events until the server stops, the key is no longer what it was when the stream
    began, or the client disconnects."""
    yield b"retry: 1000\n\n"
    spoke = time.monotonic()
    while not request.app.state.stopping.is_set() and await _still_allowed(request, log):
        lines, after = await log.news(after)
        for line in lines:
            data = msgspec.json.encode(log.render(line))
            yield b"id: %d\ndata: %s\n\n" % (line.entry.position, data)
        if lines:
            spoke = time.monotonic()
            continue
        await asyncio.sleep(POLL)
        if time.monotonic() - spoke >= HEARTBEAT:
            spoke = time.monotonic()
            yield b": still here\n\n"


async def _still_allowed(request: Request, log: EventFeed) -> bool:
    """Return whether the key is neither revoked, expired nor changed; looked up as for any request,
    but not counted as one."""
    secret = request.headers["authorization"].split(" ", 1)[-1].strip()
    try:
        key: Key = await request.app.state.keyring.usable(log.app, secret)
    except Problem:
        return False
    return replace(key, last_used_at=None) == replace(log.key, last_used_at=None)


def _topics(types: Sequence[str]) -> list[str]:
    """Return the topics. Raises ``Problem`` for a type that does not exist."""
    topics = [name.strip().removeprefix(PREFIX) for name in ",".join(types).split(",") if types]
    for topic in topics:
        if topic not in Event.by_topic:
            raise Problem("invalid", f"types: there is no {PREFIX}{topic}", "/types")
    return topics


def _position(last_event_id: str) -> int:
    if not (last_event_id.isascii() and last_event_id.isdigit() and len(last_event_id) < 19):
        raise Problem("invalid", "Last-Event-ID: a position", "/Last-Event-ID")
    return int(last_event_id)
