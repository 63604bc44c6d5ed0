"""What plans and reactions use of an attempt; ``execute`` has it."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol
from uuid import UUID

from commands.command import Command, DecisionContext
from commands.context import Context
from ledger.facts.books import BookKind
from ledger.facts.entry import Entry
from ledger.facts.playbook import Playbook
from ledger.facts.playbook_rules import Rules


class Work(Protocol):
    """The books of an attempt, with the entries decided so far."""

    context: Context
    now: DecisionContext
    entries: list[Entry]

    @property
    def playbook(self) -> Playbook: ...
    @property
    def rules(self) -> Rules: ...
    def state(self, kind: BookKind[Any], number: str) -> Any: ...
    def target(self, kind: BookKind[Any], number: str) -> Any: ...
    def states(self, kind: BookKind[Any]) -> Mapping[UUID, Any]: ...
    def history(self, id_: UUID) -> list[Entry]: ...
    def decide(self, commands: Iterable[Command]) -> list[Entry]: ...
    def assert_unchanged(self, kind: BookKind[Any], number: str) -> None: ...
