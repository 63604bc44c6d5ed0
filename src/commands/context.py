"""Who asks for commands and when, and what may vary from channel to channel."""

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct

from commands.cross_book_flags import NO_LOOKUPS, Lookups
from ledger.policy.visibility import EVERYTHING, Scope


class Reactions(StrEnum):
    """Whether what follows by the playbook is done in the same append."""

    NONE = "none"
    IF_APPLIED = "if applied"  # before a playbook was applied nobody is written to unasked
    ALWAYS = "always"  # by the shipped rules when none was applied


class Overrides(Struct, frozen=True):
    """What a person says of a new dispute, in place of what the playbook suggests."""

    resolver: str | None = None
    expected: str = ""
    follow_up_on: date | None = None


class Once(Struct, frozen=True):
    """A request that must not be carried out twice, and how it is answered.

    ``answer`` gets the unit of work as it was decided, and returns the status and the body that
    are kept for when the request is repeated.
    """

    key: str  # number of the request's own book
    fingerprint: str  # SHA-256 of what was asked
    answer: Callable[[Any], tuple[int, str]]


NO_OVERRIDES = Overrides()


class Context(Struct, frozen=True):
    """Who asks, when and why; all else has a default that suits most channels."""

    by: str
    at: datetime  # becomes the recorded time
    correlation: str | None = None  # what belongs together
    causation: str | None = None  # the same cause acts once on a book
    via: str | None = None  # how it came: the id of an API key
    scope: Scope = EVERYTHING  # what the caller may touch
    reactions: Reactions | None = None  # None: as the commands themselves say
    overrides: Overrides = NO_OVERRIDES
    lookups: Lookups = NO_LOOKUPS
    once: Once | None = None
    expected_line: int | None = None  # at which the first command's book must still end
