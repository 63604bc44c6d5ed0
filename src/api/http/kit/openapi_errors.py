"""What the OpenAPI document says of answers to a write: the good one, and every refusal."""

from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from api.http.kit.openapi_examples import as_example
from api.http.server.problems import TYPES


class WrittenEntry(BaseModel):
    """One line that was written."""

    book_id: UUID
    line: int
    topic: str
    flags: list[str] = Field(description="what looks odd about it")
    data: dict[str, Any] = Field(description="the event, as the history shows it")


class Written(BaseModel):
    """What was written; nothing when it was so already."""

    position: int = Field(description="hand it to a read as `at_least`; 0 when nothing was written")
    id: UUID = Field(description="of the first book")
    line: int = Field(description="where that book ends now; its ETag")
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
        "code": {"type": "string", "description": "the rule, by a name that never changes"},
        "pointer": {"type": "string", "description": "JSON pointer to the field"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "pointer": {"type": "string"},
                    "rule": {"type": "string"},
                    "code": {"type": "string", "description": "what is wrong, such as missing"},
                },
            },
        },
        "line": {"type": "integer", "description": "where the book ends now"},
    },
}


def refusal(slug: str, detail: str, code: str = "", **more: Any) -> dict[str, Any]:
    """One refusal as the document shows it; ``code`` of the rule, or the slug."""
    status, title = TYPES[slug]
    told = {"type": f"urn:dossier:problem:{slug}", "title": title, "status": status}
    examples = {slug: {"value": told | {"detail": detail, "code": code or slug} | more}}
    content = {"schema": SCHEMA, "examples": examples}
    return {"description": title, "content": {PROBLEM: content}}


def either(*refusals: dict[str, Any]) -> dict[str, Any]:
    """Several refusals with one status."""
    examples: dict[str, Any] = {}
    for one in refusals:
        examples |= one["content"][PROBLEM]["examples"]
    description = "; or: ".join(one["description"] for one in refusals)
    return {
        "description": description,
        "content": {PROBLEM: {"schema": SCHEMA, "examples": examples}},
    }


INVALID = refusal(
    "invalid",
    "/amount: Field required",
    pointer="/amount",
    errors=[{"pointer": "/amount", "rule": "Field required", "code": "missing"}],
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
