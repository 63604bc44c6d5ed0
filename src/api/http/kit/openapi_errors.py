"""The answers to reads and writes in the OpenAPI document, with every refusal."""

from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from api.http.kit.openapi_examples import as_example
from api.http.server.problems import TYPES


class WrittenEntry(BaseModel):
    """An entry that was written."""

    book_id: UUID
    line: int
    topic: str
    flags: list[str] = Field(description="what is unusual about the entry")
    data: dict[str, Any] = Field(description="the event, as the history shows it")


class Written(BaseModel):
    """What was written; nothing when it was already recorded."""

    position: int = Field(description="`at_least` of a later read; 0 when nothing was written")
    id: UUID = Field(description="of the first book")
    line: int = Field(description="the last line of that book; its ETag")
    entries: list[WrittenEntry]


PROBLEM = "application/problem+json"
SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "the rule, in words"},
        "code": {"type": "string", "description": "the permanent name of the rule"},
        "pointer": {"type": "string", "description": "JSON pointer to the field"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {name: {"type": "string"} for name in ("pointer", "rule", "code")},
            },
        },
        "line": {"type": "integer", "description": "the last line of the book"},
    },
}


def refusal(slug: str, detail: str, code: str = "", **more: Any) -> dict[str, Any]:
    """Return an example of a refusal; ``code`` is that of the rule, else the slug."""
    status, title = TYPES[slug]
    body = {"type": f"urn:dossier:problem:{slug}", "title": title, "status": status}
    examples = {slug: {"value": body | {"detail": detail, "code": code or slug} | more}}
    content = {"schema": SCHEMA, "examples": examples}
    return {"description": title, "content": {PROBLEM: content}}


def either(*refusals: dict[str, Any]) -> dict[str, Any]:
    examples: dict[str, Any] = {}
    for answer in refusals:
        examples |= answer["content"][PROBLEM]["examples"]
    description = "; or: ".join(answer["description"] for answer in refusals)
    content = {PROBLEM: {"schema": SCHEMA, "examples": examples}}
    return {"description": description, "content": content}


INVALID = refusal(
    "invalid",
    "/amount: is missing",
    pointer="/amount",
    errors=[{"pointer": "/amount", "rule": "is missing", "code": "missing"}],
)
REUSED = refusal("key-reused", "Idempotency-Key register-1 came with another request.")
BUSY = refusal("busy", "Try again.")
UNAVAILABLE = refusal("unavailable", "Try again.")
BEHIND = refusal("behind", "Position 412 is not shown yet.")
READS: dict[int | str, dict[str, Any]] = {
    401: refusal("not-authenticated", "Give a valid API key: Authorization: Bearer dossier_…"),
    403: refusal("not-allowed", "This is for: admin, collector. The role of your key is auditor."),
    404: refusal("unknown", "There is no invoice 2026-001.", "no-invoice"),
    422: INVALID,
    429: refusal("too-many-requests", "At most 1200 requests a minute."),
    503: either(UNAVAILABLE, BEHIND),
}
REFUSALS = READS | {
    409: either(refusal("refused", "Only 100.00 is open.", "above-open", pointer="/amount"), BUSY),
    412: refusal("moved", "The book is at line 7, not 5. Read it again.", line=7),
    413: refusal("too-large", "At most 1,000,000 bytes."),
    422: either(INVALID, REUSED),
}
WRITES: dict[int | str, dict[str, Any]] = {
    201: {"model": Written, "description": "Written", "content": as_example(Written)},
    **REFUSALS,
}
