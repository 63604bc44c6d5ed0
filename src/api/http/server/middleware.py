"""The middleware of every request: its id, the size limit, the metrics and the security log.

A plain ASGI middleware, so that what it sets reaches synchronous code too.
"""

import re
import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import uuid4

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.server import looks, metrics, security_headers, security_log
from api.http.server.problems import Problem, answer
from ledger.database import access_log

TRACEPARENT = re.compile(r"^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$")
MAX_BYTES = 1_000_000  # of a JSON body; uploads have their own limit
UPLOADS = ("/documents", "/import", "/bank/statements", "/webhooks/whatsapp")
FORMS = ("/a/", "/contact/", "/i/", "/portal/")  # they may carry a document
WATCHED = {"/metrics", "/v1/ready"}  # on a port of their own, if there is one


@dataclass
class RequestContext:
    """The id of a request, where it comes from, who sent it, and headers of its answer."""

    id: str  # the trace id of ``traceparent``, or a new id
    address: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    who: dict[str, str] = field(default_factory=dict)  # of the accepted key, for the logs
    role: str = ""
    about: str = ""  # the number of the debtor or invoice that is shown


ASKED: ContextVar[RequestContext] = ContextVar("asked")


def current() -> RequestContext:
    return ASKED.get()


@dataclass(frozen=True)
class ContextMiddleware:
    """The middleware. ``direct`` finds the application that answers a GET by itself, if any;
    what is ``WATCHED`` is answered on ``watch_port`` and nowhere else, if there is one."""

    app: ASGIApp
    direct: Callable[[Scope], ASGIApp | None]
    watch_port: int | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        traced = TRACEPARENT.match(headers.get("traceparent", ""))
        address = (scope.get("client") or ("",))[0]
        request = RequestContext(traced[1] if traced else uuid4().hex, address)
        ASKED.set(request)
        start = time.perf_counter()

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"].append((b"x-request-id", request.id.encode()))
                for name, value in request.headers.items():
                    message["headers"].append((name.lower().encode(), value.encode()))
                security_headers.add_to(message, scope)
                metrics.request(scope, message["status"], time.perf_counter() - start)
                status = message["status"]
                security_log.answered(scope, status, request.who, request.address, request.id)
                if line := looks.answered(scope, status, request):
                    state = scope["app"].state.shared
                    await state.query(access_log.note(line, state.clock()))
            await send(message)

        if self._elsewhere(scope):
            await answer(Problem("unknown", "Not Found"))(scope, receive, sending)
            return
        if too_large(scope["path"], headers):
            problem = Problem("too-large", f"At most {MAX_BYTES:,} bytes.")
            await answer(problem)(scope, receive, sending)
            return
        direct = self.direct(scope) if scope["method"] == "GET" else None
        if direct:
            await direct(scope, receive, sending)
        else:
            await self.app(scope, _counted(scope["path"], receive), sending)

    def _elsewhere(self, scope: Scope) -> bool:
        """Return whether the path is answered on the other port only."""
        if self.watch_port is None:
            return False
        watched = (scope.get("server") or ("", None))[1] == self.watch_port
        return watched != (scope["path"] in WATCHED) and scope["path"] != "/v1/health"


def too_large(path: str, headers: Headers, most: int = MAX_BYTES) -> bool:
    """Return whether the stated length is too large; ``_counted`` checks the real length."""
    length = headers.get("content-length", "0")
    digits = length.isascii() and length.isdigit()
    return not _uploads(path) and digits and (len(length) > 18 or int(length) > most)


def _uploads(path: str) -> bool:
    return path.endswith(UPLOADS) or path.startswith(FORMS)


def _counted(path: str, receive: Receive) -> Receive:
    if _uploads(path):
        return receive
    seen = 0

    async def counting() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > MAX_BYTES:
            raise HTTPException(413, f"At most {MAX_BYTES:,} bytes.")
        return message

    return counting
