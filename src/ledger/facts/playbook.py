"""The playbook: a book that records which rules were in force when."""

from datetime import date

from msgspec.structs import replace as but

from ledger.facts.entry import BookState, Event
from ledger.facts.playbook_rules import Rules

NUMBER = "playbook"  # every tenant has one


class PlaybookApplied(Event, topic="playbook-applied.v1"):
    """A playbook was applied: its rules replace all earlier rules from ``on``."""

    version: int
    rules: Rules
    why: str = ""


class Playbook(BookState, frozen=True):
    """The last playbook applied. ``rules`` is None before the first: the shipped rules apply."""

    version: int = 0
    rules: Rules | None = None
    applied_on: date | None = None


def evolve(playbook: Playbook, event: PlaybookApplied) -> Playbook:
    return but(playbook, version=event.version, rules=event.rules, applied_on=event.on)
