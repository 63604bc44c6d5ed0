"""A request that carried an idempotency key, and what it was answered.

It is a book of its own, so that the answer is written in the same append as what it tells of: a
crash between the two is impossible, and of two that come at once one finds the other's line.
"""

from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace as but

from ledger.facts.entry import Event


class RequestAnswered(Event, topic="request-answered.v1"):
    """``answer`` is the body that was sent, without the position, which this entry itself has."""

    body_sha256: str
    status: int
    answer: str


class AnsweredRequest(Struct, frozen=True):
    id: UUID
    line: int = 0
    last: RequestAnswered | None = None


def evolve(request: AnsweredRequest, event: RequestAnswered) -> AnsweredRequest:
    return but(request, last=event)
