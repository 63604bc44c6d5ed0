"""``/live``: tells an open page of the desk what others changed, as long as its session lasts."""

import time
from collections.abc import AsyncIterator
from typing import Annotated

import msgspec
from fastapi import APIRouter, Header, Query, Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from api.http.auth import web_sessions
from api.http.server.problems import Problem
from api.pages.desk.changes import Changes, News
from api.pages.kit.page_route import PageRoute
from api.pages.kit.visitor import Anybody, Visitor

router = APIRouter(include_in_schema=False, route_class=PageRoute)
PAUSE = 0.5  # seconds in which a stopping server is noticed
CHECKED = 5.0  # seconds between two looks at the session
HEARTBEAT = 15.0  # seconds
MOST = 2**63 - 1


class Live(StreamingResponse):
    """A stream that was counted, until it ends, however it ends."""

    media_type = "text/event-stream"

    def __init__(self, visitor: Visitor, changes: Changes, news: News, after: int) -> None:
        super().__init__(
            _messages(visitor, news, after),
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )
        self.changes, self.tenant, self.session = (
            changes,
            visitor.person.tenant_id,
            visitor.session.id,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self.changes.end(self.tenant, self.session)


@router.get("/live")
async def live(
    visitor: Anybody,
    request: Request,
    after: Annotated[int, Query(ge=0, le=MOST)] = 0,
    last_event_id: Annotated[int | None, Header(ge=0, le=MOST)] = None,
) -> Response:
    """Name the books and cases that change after a position, and who changed them."""
    if "text/event-stream" not in request.headers.get("accept", ""):
        raise Problem("invalid", "This address is a stream of events.")
    changes: Changes = request.app.state.changes
    news = await changes.begin(visitor.app, visitor.person.tenant_id, visitor.session.id)
    begin = after if last_event_id is None else last_event_id
    return Live(visitor, changes, news, begin or news.at)


async def _messages(visitor: Visitor, news: News, at: int) -> AsyncIterator[bytes]:
    """Yield the changes until the server stops or the session is over or no longer what it was."""
    yield b"retry: 3000\n\n"
    spoke = checked = time.monotonic()
    while not visitor.request.app.state.stopping.is_set():
        now = time.monotonic()
        if now - checked >= CHECKED:
            checked = now
            if not await _lasts(visitor):
                return
        for step in await news.after(at, PAUSE):
            at, seen = step.upto, await step.seen_by(visitor.app, visitor.key)
            if seen or step.entries is None:
                data = msgspec.json.encode({"changed": seen, "all": step.entries is None})
                yield b"id: %d\ndata: %s\n\n" % (at, data)
                spoke = time.monotonic()
        if time.monotonic() - spoke >= HEARTBEAT:
            spoke = time.monotonic()
            yield b": still here\n\n"


async def _lasts(visitor: Visitor) -> bool:
    """Return whether the session is open and its person's rights are the same."""
    query = web_sessions.find(visitor.session.secret, visitor.app.clock())
    found = await visitor.app.query(query) if query else []
    return [session.person for session in found] == [visitor.person]
