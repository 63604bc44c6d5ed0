"""The context of commands: the user, the time, and what differs between channels."""

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct

from commands.cross_book_flags import NO_LOOKUPS, Lookups
from ledger.policy.visibility import EVERYTHING, Scope


class Reactions(StrEnum):
    """Whether reactions by the playbook are decided in the same append."""

    NONE = "none"
    IF_APPLIED = "if applied"  # no automatic messages before a playbook is applied
    ALWAYS = "always"  # by the shipped rules if no playbook is applied


class Overrides(Struct, frozen=True):
    """Values for a new dispute that replace those of the playbook."""

    resolver: str | None = None
    expected: str = ""
    follow_up_on: date | None = None


class Once(Struct, frozen=True):
    """A request that is carried out only once, and its answer.

    ``answer`` takes the decided unit of work and returns the HTTP status and body, which are stored
    and returned when the request is repeated.
    """

    key: str  # idempotency key: number of the book of the request
    fingerprint: str  # SHA-256 of the request
    answer: Callable[[Any], tuple[int, str]]


NO_OVERRIDES = Overrides()


class Context(Struct, frozen=True):
    """The user, the time and the cause of commands; the defaults suit most channels."""

    by: str
    at: datetime  # becomes the recorded time
    correlation: str | None = None  # shared by entries that belong together
    causation: str | None = None  # a cause acts only once on a book
    via: str | None = None  # id of the API key, or ``os:`` and the user who typed it
    because: str | None = None  # why that user records it for ``by``
    scope: Scope = EVERYTHING  # what the caller may touch
    sent: frozenset[str] = frozenset()  # SHA-256 of the documents that came with the request
    reactions: Reactions | None = None  # None: as the commands define
    overrides: Overrides = NO_OVERRIDES
    lookups: Lookups = NO_LOOKUPS
    once: Once | None = None
    expected_line: int | None = None  # the last line of the first command's book

    @property
    def ran_by(self) -> str:
        """Who ran it: the user of the operating system where they record it for another."""
        user = (self.via or "").removeprefix("os:")
        return user if user and user != self.via else self.by
