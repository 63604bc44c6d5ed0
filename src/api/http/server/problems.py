"""Refusals over HTTP as problem details (RFC 9457). ``docs/http.md`` lists every type."""

from dataclasses import dataclass, field
from typing import Any

import msgspec
import psycopg
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import compile_path
from starlette.types import Scope

from api.http.server import security_headers
from commands.field_texts import reason
from ledger.database.documents import CorruptDocument
from ledger.database.pool import UNAVAILABLE
from ledger.policy.refusal import NotFound, Refused
from ledger.store.errors import Stale, Unreadable

TYPES = {  # slug: status, title
    "invalid": (422, "The request is not well formed"),
    "refused": (409, "The rules do not allow this"),
    "unknown": (404, "This does not exist"),
    "busy": (409, "Others keep writing to the same book"),
    "moved": (412, "The book has changed since you read it"),
    "key-reused": (422, "This Idempotency-Key was used for another request"),
    "not-authenticated": (401, "Authentication is required"),
    "not-allowed": (403, "Your role does not allow this"),
    "no-such-method": (405, "The method is not allowed here"),
    "too-large": (413, "The body is too large"),
    "unsupported-media-type": (415, "The media type of the body is not supported"),
    "too-many-requests": (429, "Too many requests"),
    "behind": (503, "The read models have not reached that position yet"),
    "unavailable": (503, "The service is unavailable"),
    "not-ready": (503, "Not ready to serve"),
    "malformed": (400, "This is not a request of HTTP/1.1"),
    "head-too-large": (431, "The head of the request is too large"),
    "too-slow": (408, "The request took too long to come"),
    "failed": (500, "Something went wrong in the server"),
    "damaged": (500, "The content of a document has changed"),
    "unreadable": (500, "The ledger has entries that this version cannot read"),
}
OURS = (Refused, NotFound, Stale, CorruptDocument, Unreadable)
FOREIGN = (RequestValidationError, ValidationError, UnicodeEncodeError, *UNAVAILABLE)
MAX_FAULTS = 20


@dataclass
class Problem(Exception):
    """A refusal in the form of the HTTP interface."""

    slug: str
    detail: str
    pointer: str | None = None  # JSON pointer into the body
    more: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    code: str | None = None  # of the rule that refuses; the slug when there is none


class Fault(msgspec.Struct):
    """An error in the request; ``code`` is the type of pydantic's error."""

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


def as_problem(error: Exception) -> Problem:  # noqa: C901
    """Return the error as a problem. Raises the error again when it is not a refusal."""
    match error:
        case Problem():
            return error
        case Refused(field=field):
            pointer = None if field is None else f"/{field}"
            return Problem("refused", str(error), pointer, code=error.code)
        case NotFound():
            return Problem("unknown", str(error), code=error.code)
        case CorruptDocument():
            return Problem("damaged", str(error))
        case Unreadable():
            return Problem("unreadable", str(error))
        case Stale():
            return Problem("busy", "Try again.", headers={"Retry-After": "1"})
        case RequestValidationError() | ValidationError():
            return _invalid(error)
        case UnicodeEncodeError():  # half a surrogate pair, on which pydantic stumbles
            return Problem("invalid", "The request has characters that are not Unicode.")
        case psycopg.errors.DiskFull():
            full = "The disk of the database is full; nothing was partly written."
            return Problem("unavailable", full, headers={"Retry-After": "10"})
        case psycopg.Error() if isinstance(error, UNAVAILABLE):
            return _unavailable(error)
        case HTTPException():
            return _by_status(error)
    raise error


def _unavailable(error: Exception) -> Problem:
    full = isinstance(error, psycopg.errors.DiskFull)
    why = "The disk of the database is full; nothing was partly written." if full else "Try again."
    return Problem("unavailable", why, headers={"Retry-After": "2"})


def _invalid(error: RequestValidationError | ValidationError) -> Problem:
    faults = [
        Fault(_pointer(fault), _rule(fault), fault["type"]) for fault in error.errors()[:MAX_FAULTS]
    ]
    first = faults[0] if faults else Fault("", "not well formed")
    detail = ": ".join(filter(None, [first.pointer, first.rule]))
    return Problem("invalid", detail, first.pointer, {"errors": faults})


def _rule(fault: Any) -> str:
    """Return what is wrong, in our words."""
    whole = not _pointer(fault)
    match fault["type"]:
        case "missing" if whole:
            return "the body is missing; send a JSON object"
        case "json_invalid":
            return "the body is not JSON, or was cut off"
        case "model_attributes_type" | "model_type" | "dict_type":
            return "a JSON object is needed"
        case "query":
            return _sendable(fault["msg"])
    return _sendable(reason(fault))


def _pointer(fault: Any) -> str:
    """Return the JSON pointer (RFC 6901) to the field; empty when the body is not JSON."""
    if fault["type"] == "json_invalid":
        return ""
    loc = fault["loc"]
    inside = loc[1:] if loc and loc[0] in ("body", "query", "path", "header") else loc
    parts = (str(part).replace("~", "~0").replace("/", "~1") for part in inside)
    return _sendable("".join(f"/{part}" for part in parts))


def _sendable(text: str) -> str:
    """Shorten and escape text from the request: it may be long, or half a surrogate pair."""
    return text[:500].encode(errors="backslashreplace").decode()


def _by_status(error: HTTPException) -> Problem:
    slugs = {404: "unknown", 405: "no-such-method", 413: "too-large", 415: "unsupported-media-type"}
    slug = slugs.get(error.status_code, "invalid")
    return Problem(slug, str(error.detail), headers=dict(error.headers or {}))


async def explain(request: Request, error: Exception) -> Response:
    problem = as_problem(error)
    if problem.slug == "no-such-method":
        problem.headers["Allow"] = ", ".join(sorted(_methods(request.app, request.scope)))
    return answer(problem)


def _methods(app: FastAPI, scope: Scope) -> set[str]:
    """Return the methods of all routes of the path; each route knows its own only."""
    found = (
        set(route.methods or ())
        for route in iter_route_contexts(app.routes)
        if route.path and compile_path(route.path)[0].match(scope["path"])
    )
    return set().union(*found) - {"HEAD"}


async def failed(request: Request, error: Exception) -> Response:
    """Answer what nobody expected; the server logs the error itself."""
    response = answer(Problem("failed", "It is in the log of the server."))
    security_headers.add_to({"type": "", "headers": response.raw_headers}, request.scope)
    return response


def install(app: FastAPI) -> None:
    for kind in (Problem, HTTPException, *OURS, *FOREIGN):
        app.add_exception_handler(kind, explain)
    app.add_exception_handler(Exception, failed)
