"""A light HTTP client: many connections that ask as fast as they are answered, on one thread."""

import asyncio
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

PATIENCE = 60.0  # seconds for one answer


@dataclass(frozen=True)
class Answer:
    """What came back, and after how many seconds."""

    status: int
    head: str
    body: bytes
    took: float

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    def header(self, name: str) -> str:
        """Empty when it is not there."""
        found = (line.partition(": ") for line in self.head.split("\r\n"))
        return next((value for header, _, value in found if header.lower() == name.lower()), "")


@dataclass(frozen=True)
class Caller:
    """One connection that stays open."""

    headers: str  # headers that every request carries
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def get(self, path: str) -> Answer:
        return await self._ask("GET", path, b"", {})

    async def post(self, path: str, body: Any, key: str) -> Answer:
        """``key``: the request's Idempotency-Key."""
        more = {"Content-Type": "application/json", "Idempotency-Key": key}
        return await self._ask("POST", path, json.dumps(body).encode(), more)

    async def _ask(self, method: str, path: str, body: bytes, more: Mapping[str, str]) -> Answer:
        lines = [f"{method} {path} HTTP/1.1", self.headers, f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in more.items()]
        begun = time.perf_counter()
        self.writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        async with asyncio.timeout(PATIENCE):
            head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            lower = head.lower()
            length = int(lower.split("content-length: ", 1)[1].split("\r\n", 1)[0])
            found = await self.reader.readexactly(length)
        return Answer(int(head[9:12]), head, found, time.perf_counter() - begun)


async def call(at: str, key: str = "", headers: Mapping[str, str] | None = None) -> Caller:
    """``key`` is the API key; a plain server wants none. ``headers`` go with each request."""
    where = urlsplit(at)
    sent = {"Host": where.netloc, **({"Authorization": f"Bearer {key}"} if key else {})}
    lines = "\r\n".join(f"{name}: {value}" for name, value in (sent | dict(headers or {})).items())
    reader, writer = await asyncio.open_connection(where.hostname, where.port, limit=2**20)
    return Caller(lines, reader, writer)
