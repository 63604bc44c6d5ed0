"""A request that carried an idempotency key, and its answer.

It has a book of its own, so that the answer is written in the same append as the entries it
reports: no crash can separate them, and of two requests at once the later finds the first's line.
"""

from msgspec.structs import replace as but

from ledger.facts.entry import BookState, Event


class RequestAnswered(Event, topic="request-answered.v1"):
    """A request was answered. ``answer`` is the body without the position, which this entry has."""

    body_sha256: str
    status: int
    answer: str


class AnsweredRequest(BookState, frozen=True):
    last: RequestAnswered | None = None


def evolve(request: AnsweredRequest, event: RequestAnswered) -> AnsweredRequest:
    return but(request, last=event)
