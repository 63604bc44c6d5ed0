"""How a refusal reads over HTTP: RFC 9457, with a stable type for each kind of it.

The rules do not know status codes; this file does. ``docs/http.md`` tells every type.
"""

from dataclasses import dataclass, field
from typing import Any

import msgspec
import psycopg
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from psycopg_pool import PoolTimeout
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from ledger.database.documents import CorruptDocument
from ledger.policy.refusal import NotFound, Refused
from ledger.store.errors import Stale, Unreadable

TYPES = {  # slug: status, title
    "invalid": (422, "The request is not well formed"),
    "refused": (409, "The rules say no"),
    "unknown": (404, "There is no such thing"),
    "busy": (409, "Others keep writing in the same book"),
    "moved": (412, "The book is not where you read it"),
    "key-reused": (422, "This Idempotency-Key was used for another request"),
    "not-authenticated": (401, "Say who you are"),
    "not-allowed": (403, "Your role does not do this"),
    "no-such-method": (405, "This cannot be done here"),
    "too-large": (413, "The body is too large"),
    "unsupported-media-type": (415, "The body is of another kind than this takes"),
    "too-many-requests": (429, "Too many requests"),
    "behind": (503, "The read models have not seen that position yet"),
    "unavailable": (503, "It cannot be done now"),
    "not-ready": (503, "Not ready to serve"),
    "damaged": (500, "A document is not what was kept"),
    "unreadable": (500, "The ledger holds what this version cannot read"),
}
SLUGS: dict[type[Exception], str] = {
    CorruptDocument: "damaged",
    Unreadable: "unreadable",
}
MAX_FAULTS = 20


@dataclass
class Problem(Exception):
    """A refusal that only HTTP knows."""

    slug: str
    detail: str
    pointer: str | None = None  # JSON pointer into the body
    more: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    code: str | None = None  # of the rule; the slug when no rule says no


class Fault(msgspec.Struct):
    """One thing that is wrong with the request; ``code`` is the type of pydantic's error."""

    pointer: str
    rule: str
    code: str = "invalid"


def answer(problem: Problem) -> Response:
    status, title = TYPES[problem.slug]
    body = {
        "type": f"urn:dossier:problem:{problem.slug}",
        "title": title,
        "status": status,
        "detail": problem.detail,
        "code": problem.code or problem.slug,
    }
    if problem.pointer is not None:
        body["pointer"] = problem.pointer
    return Response(
        msgspec.json.encode(body | problem.more),
        status,
        {"Cache-Control": "no-store"} | problem.headers,
        "application/problem+json",
    )


def as_problem(error: Exception) -> Problem:
    """What went wrong, in one of our types."""
    match error:
        case Problem():
            return error
        case Refused(field=None):
            return Problem("refused", str(error), code=error.code)
        case Refused(field=field):
            return Problem("refused", str(error), f"/{field}", code=error.code)
        case NotFound():
            return Problem("unknown", str(error), code=error.code)
        case CorruptDocument() | Unreadable():
            return Problem(SLUGS[type(error)], str(error))
        case Stale():
            return Problem("busy", "Try again.", headers={"Retry-After": "1"})
        case RequestValidationError() | ValidationError():
            return _invalid(error)
        case psycopg.OperationalError() | PoolTimeout():
            return Problem("unavailable", "Try again.", headers={"Retry-After": "2"})
        case HTTPException():
            return _by_status(error)
    raise error


def _invalid(error: RequestValidationError | ValidationError) -> Problem:
    faults = [
        Fault(_pointer(fault), _sendable(fault["msg"]), fault["type"])
        for fault in error.errors()[:MAX_FAULTS]
    ]
    first = faults[0] if faults else Fault("", "not well formed")
    detail = f"{first.pointer}: {first.rule}"
    return Problem("invalid", detail, first.pointer, {"errors": faults})


def _pointer(fault: Any) -> str:
    """RFC 6901. What is no JSON at all has no fields."""
    if fault["type"] == "json_invalid":
        return ""
    parts = (str(part).replace("~", "~0").replace("/", "~1") for part in _inside(fault["loc"]))
    return _sendable("".join(f"/{part}" for part in parts))


def _sendable(text: str) -> str:
    """It may repeat what was sent, which may be half a surrogate pair, or long."""
    return text[:500].encode(errors="backslashreplace").decode()


def _inside(loc: tuple[Any, ...]) -> tuple[Any, ...]:
    """Without FastAPI's first word for the body; a parameter keeps its name."""
    return loc[1:] if loc and loc[0] in ("body", "query", "path", "header") else loc


def _by_status(error: HTTPException) -> Problem:
    slugs = {404: "unknown", 405: "no-such-method", 413: "too-large", 415: "unsupported-media-type"}
    slug = slugs.get(error.status_code, "invalid")
    return Problem(slug, str(error.detail), headers=dict(error.headers or {}))


async def explain(_: Request, error: Exception) -> Response:
    return answer(as_problem(error))


def install(app: FastAPI) -> None:
    for kind in (
        Problem,
        Refused,
        NotFound,
        Stale,
        RequestValidationError,
        ValidationError,
        CorruptDocument,
        Unreadable,
        psycopg.OperationalError,
        PoolTimeout,
        HTTPException,
    ):
        app.add_exception_handler(kind, explain)
