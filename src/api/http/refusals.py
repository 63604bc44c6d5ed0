"""What the OpenAPI document says of answers to a write: the good one, and every refusal."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from api.http.problems import TYPES


class WrittenEntry(BaseModel):
    """One line that was written."""

    book_id: UUID
    line: int
    topic: str = Field(examples=["dispute-opened.v1"])
    flags: list[str] = Field(description="what looks odd about it")
    data: dict[str, Any] = Field(description="the event, as the history shows it")


class Written(BaseModel):
    """What was written; nothing when it was so already."""

    position: int = Field(description="hand it to a read as `at_least`; 0 when nothing was written")
    id: UUID = Field(description="of the first book")
    line: int = Field(description="where that book ends now; its ETag")
    entries: list[WrittenEntry]


WRITTEN_EXAMPLE = {
    "position": 412,
    "id": "9a1d5c7e-6a5b-5f0c-8a35-2f1a3f6f0c11",
    "line": 2,
    "entries": [
        {
            "book_id": "9a1d5c7e-6a5b-5f0c-8a35-2f1a3f6f0c11",
            "line": 2,
            "topic": "note-added.v1",
            "flags": [],
            "data": {"on": date(2026, 3, 2).isoformat(), "text": "They count again on Friday."},
        }
    ],
}
SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "the rule, in words"},
        "pointer": {"type": "string", "description": "JSON pointer to the field"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"pointer": {"type": "string"}, "rule": {"type": "string"}},
            },
        },
        "line": {"type": "integer", "description": "where the book ends now"},
    },
}


def refusal(slug: str, detail: str, **more: Any) -> dict[str, Any]:
    """One refusal as the document shows it."""
    status, title = TYPES[slug]
    example = {"type": f"urn:dossier:problem:{slug}", "title": title, "status": status}
    content = {"schema": SCHEMA, "example": example | {"detail": detail} | more}
    return {"description": title, "content": {"application/problem+json": content}}


REFUSALS: dict[int | str, dict[str, Any]] = {
    401: refusal("not-authenticated", "Give a valid API key: Authorization: Bearer dossier_…"),
    403: refusal("not-allowed", "This is for: admin, collector. Your key is a auditor."),
    404: refusal("unknown", "There is no invoice 2026-001."),
    409: refusal("refused", "Only 100.00 is open.", pointer="/amount"),
    412: refusal("moved", "The book is at line 7, not 5. Read it again.", line=7),
    413: refusal("too-large", "At most 1,000,000 bytes."),
    422: refusal(
        "invalid",
        "/amount: Field required",
        pointer="/amount",
        errors=[{"pointer": "/amount", "rule": "Field required"}],
    ),
    429: refusal("too-many-requests", "At most 1200 requests a minute."),
    503: refusal("unavailable", "Try again."),
}
WRITES: dict[int | str, dict[str, Any]] = {
    201: {
        "model": Written,
        "description": "Written",
        "content": {"application/json": {"example": WRITTEN_EXAMPLE}},
    },
    **REFUSALS,
}
