"""The conditions of a write: that it is carried out only once, or on the line that was read.

The answer to a request with a key is an entry, and is returned again. The answers to a key form a
book. Their number is the line after which the next is appended: so the
second of two equal concurrent requests is stale, and then finds the answer of the first.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from commands.context import Context, Once
from ledger.facts.entry import Entry
from ledger.facts.idempotency import RequestAnswered

RETENTION = timedelta(days=30)  # of answers to repeated requests


class Moved(Exception):
    """The book is not at the line that the caller expects; the caller must read it again."""

    def __init__(self, line: int, expected: int) -> None:
        super().__init__(f"The book is at line {line}, not {expected}. Read it again.")
        self.line = line


class KeyReused(Exception):
    """The idempotency key was used before, for another request."""


def stored_answer(answers: Sequence[Entry], once: Once, context: Context) -> Entry | None:
    """Return the answer to a repeated request, None for a new one. Raises ``KeyReused``."""
    if not answers or context.at - answers[-1].at >= RETENTION:
        return None
    if answers[-1].event.body_sha256 != once.fingerprint:
        raise KeyReused
    return answers[-1]


def answer_entry(
    book: UUID, line: int, on: date, context: Context, fingerprint: str, answer: tuple[int, str]
) -> Entry:
    """Return the answer, an HTTP status and a body, as an entry of the same append."""
    status, body = answer
    event = RequestAnswered(on=on, body_sha256=fingerprint, status=status, answer=body)
    by, correlation = context.by, context.correlation
    return Entry(
        book, line, context.at, by, event, 0, correlation, None, (), context.via, context.because
    )
