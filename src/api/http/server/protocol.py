"""HTTP connections with limits that hold before a key is known: sizes, speeds and numbers.

The parser keeps a field until it is whole, and joins its pieces in quadratic time; uvicorn waits
for a head or a body for ever. Both count here, as close to the socket as possible.
"""

import asyncio

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from api.http.server import security_headers
from api.http.server.problems import Problem, answer

MAX_FIELDS = 100
MAX_HEAD_BYTES = 65_536  # of the request line and the fields; of what is around the body, too
WHY = {
    "malformed": "HTTP/1.1, with one Host.",
    "head-too-large": f"At most {MAX_HEAD_BYTES:,} bytes and {MAX_FIELDS} fields.",
    "too-slow": "Send it faster.",
    "unavailable": "Too many connections; try again later.",
}


class Refusal(Exception):
    """A request that is refused before it is one; it ends the parser."""


class LimitedProtocol(HttpToolsProtocol):
    """A connection from anywhere; a proxy on this machine is not counted as an address."""

    an_address: int | None = 100  # connections
    uncounted = frozenset({"127.0.0.1", "::1"})
    head_seconds = 20.0  # from the connection or the last answer until a whole head
    body_seconds = 20.0  # in which a body brings at least ``body_bytes``
    body_bytes = 20_000
    look_every = 5.0  # seconds between checks of the time

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self._between: float | None = self.loop.time()  # since when no request is under way
        self._body_from, self._body, self._around = self.loop.time(), 0, 0
        self._wrong = ""  # with the head: why it is refused
        super().connection_made(transport)
        self._look = self.loop.call_later(self.look_every, self._check_time)
        if self._too_many():
            self.refuse("unavailable")

    def connection_lost(self, exc: Exception | None) -> None:
        self._look.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._around += len(data)
        super().data_received(data)
        if self._around > MAX_HEAD_BYTES and not self.transport.is_closing():
            self.refuse("head-too-large")

    def on_headers_complete(self) -> None:
        self._wrong = self._wrong_with_head()
        if self._wrong:
            raise Refusal
        self._between, self._around = None, 0
        self._body_from, self._body = self.loop.time(), 0
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._body += len(body)
        self._around = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._around = 0
        super().on_message_complete()

    def on_response_complete(self) -> None:
        self._between = self.loop.time()
        super().on_response_complete()
        if self.cycle is not None and not self.cycle.response_complete:  # the next of a pipeline
            self._between = None

    def send_400_response(self, msg: str) -> None:
        """Refuse what the parser could not read, or what a callback here refused."""
        self.refuse(self._wrong or "malformed")

    def refuse(self, slug: str) -> None:
        """Answer, unless an answer has begun, and close the connection."""
        if self.cycle is None or self.cycle.response_complete or not self.cycle.response_started:
            response = answer(Problem(slug, WHY[slug], headers={"Connection": "close"}))
            message = {"type": "", "headers": response.raw_headers}
            security_headers.add_to(message, {"path": "", "scheme": self.scheme})
            fields = [b"%b: %b\r\n" % pair for pair in message["headers"]]
            head = [STATUS_LINE[response.status_code], *fields, b"\r\n"]
            self.transport.write(b"".join([*head, bytes(response.body)]))
        self.transport.close()

    def _too_many(self) -> bool:
        if self.limit_concurrency and len(self.connections) > self.limit_concurrency:
            return True
        host = self.client[0] if self.client else ""
        if self.an_address is None or host in self.uncounted:
            return False
        same = sum(other.client is not None and other.client[0] == host for other in self._others())
        return same > self.an_address

    def _others(self) -> list[HttpToolsProtocol]:
        return [other for other in self.connections if isinstance(other, HttpToolsProtocol)]

    def _wrong_with_head(self) -> str:
        """Return the slug of the refusal; empty if nothing is wrong."""
        size, hosts = len(self.url), 0
        for name, value in self.headers:
            size += len(name) + len(value) + 4
            hosts += name == b"host"
        if len(self.headers) > MAX_FIELDS or size > MAX_HEAD_BYTES:
            return "head-too-large"
        version = self.parser.get_http_version()
        good = hosts == 1 if version == "1.1" else version == "1.0" and hosts < 2
        return "" if good else "malformed"

    def _check_time(self) -> None:
        self._look = self.loop.call_later(self.look_every, self._check_time)
        now = self.loop.time()
        if self._between is not None:
            if now - self._between >= self.head_seconds:
                self.refuse("too-slow")
        elif not self.cycle.more_body or self.flow.read_paused:
            self._body_from, self._body = now, 0
        elif now - self._body_from >= self.body_seconds:
            if self._body < self.body_bytes:
                self.refuse("too-slow")
            self._body_from, self._body = now, 0


class BehindProxy(LimitedProtocol):
    """A connection from a proxy, which counts its own clients."""

    an_address = None
