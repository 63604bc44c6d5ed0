"""The conditions of a write: an idempotency key, and the line that the caller has read."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated

from fastapi import Header, Request

from api.http.kit.bodies import check_json
from api.http.server.problems import Problem

IdempotencyKey = Annotated[str | None, Header(max_length=200, min_length=1)]
IfMatch = Annotated[str | None, Header()]


@dataclass(frozen=True)
class WriteConditions:
    """The conditions that a request sets for its write."""

    idempotency_key: str | None
    line: int | None  # of If-Match: the last line of the first command's book
    fingerprint: str  # SHA-256 of method, path and body
    sent: frozenset[str] = frozenset()  # SHA-256 of the documents in the request


def conditions_of(
    request: Request, key: str | None, if_match: str | None, body: bytes
) -> WriteConditions:
    """Return the conditions; ``body`` is the body or identifies it. Raises ``Problem``."""
    for name in ("Idempotency-Key", "If-Match"):
        if len(request.headers.getlist(name)) > 1:
            raise Problem("invalid", f"{name}: once, not several times", f"/{name}")
    if "json" in request.headers.get("content-type", "json"):
        check_json(body)
    sent = f"{request.method} {request.url.path}\n".encode() + body
    return WriteConditions(key, _line(if_match), sha256(sent).hexdigest())


def _line(if_match: str | None) -> int | None:
    if if_match is None or if_match == "*":
        return None
    plain = if_match.removeprefix("W/").strip('"')
    if not (plain.isascii() and plain.isdigit() and len(plain) < 19):
        raise Problem("invalid", 'If-Match: an ETag such as "7"', "/If-Match")
    return int(plain)
