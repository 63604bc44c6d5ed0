"""The playbook: the rules in force. A book of its own: what was in force when is on record."""

from datetime import date
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace as but

from ledger.facts.entry import Event
from ledger.facts.playbook_rules import Rules

NUMBER = "playbook"  # every tenant has one


class PlaybookApplied(Event, topic="playbook-applied.v1"):
    """These rules are in force from ``on``, in place of all before."""

    version: int
    rules: Rules
    why: str = ""


class Playbook(Struct, frozen=True):
    """``rules`` is None until the first were applied: the shipped ones hold until then."""

    id: UUID
    line: int = 0
    version: int = 0
    rules: Rules | None = None
    applied_on: date | None = None

    @property
    def known(self) -> bool:
        return self.line > 0


def evolve(playbook: Playbook, event: PlaybookApplied) -> Playbook:
    return but(playbook, version=event.version, rules=event.rules, applied_on=event.on)
