"""Answers that stay open: a few for each key, and one look at the log for all of a tenant."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from uuid import UUID

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from api.http.auth.keys import Key
from api.http.server.problems import Problem
from api.http.server.state import AppState
from ledger.store.entry_queries import head

POLL = 0.25  # seconds
MAX_STREAMS = 5  # of a key, in a process


@dataclass
class Streams:
    """The live streams of the process: how many each key has, and how far each tenant's log is."""

    of_key: Counter[UUID] = field(default_factory=Counter)
    heads: dict[str, tuple[float, int]] = field(default_factory=dict)
    asking: dict[str, asyncio.Lock] = field(default_factory=dict)

    def add(self, key: Key) -> None:
        """Count a stream. Raises ``Problem`` if the key has too many."""
        if self.of_key[key.key_id] >= MAX_STREAMS:
            raise Problem(
                "too-many-requests",
                f"At most {MAX_STREAMS} streams at once.",
                headers={"Retry-After": "15"},
            )
        self.of_key[key.key_id] += 1

    def remove(self, key: Key) -> None:
        self.of_key[key.key_id] -= 1
        if not self.of_key[key.key_id]:
            del self.of_key[key.key_id]

    async def head(self, app: AppState, tenant: str) -> int:
        """Return the end of the tenant's log, asked for all streams together, or of just now."""
        async with self.asking.setdefault(tenant, asyncio.Lock()):
            at, position = self.heads.get(tenant, (0.0, 0))
            if time.monotonic() - at >= POLL:
                [position] = await app.query(head(tenant)) or [0]
                self.heads[tenant] = time.monotonic(), position
        return position


class CountedStream(StreamingResponse):
    """A stream that was counted, until it ends, however it ends."""

    media_type = "text/event-stream"

    def __init__(
        self, streams: Streams, key: Key, content: AsyncIterator[bytes], headers: dict[str, str]
    ) -> None:
        super().__init__(content, headers=headers)
        self.streams, self.key = streams, key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self.streams.remove(self.key)
