"""The base of commands about a registered debtor."""

from abc import abstractmethod
from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from pydantic import Field

from commands.command import Command, DecisionContext
from commands.fields import Reference
from ledger.facts.books import DEBTOR, BookKind
from ledger.facts.debtor import Debtor
from ledger.facts.debtor_events import DebtorEvent
from ledger.policy.refusal import NotFound


class DebtorCommand(Command, frozen=True):
    """A command about a registered debtor."""

    kind: ClassVar[BookKind[Any]] = DEBTOR
    debtor: Reference = Field(description="number of the debtor")

    @property
    def number(self) -> str:
        return self.debtor

    def decide(self, state: Debtor, now: DecisionContext) -> Iterator[DebtorEvent]:
        if not state.known:
            raise NotFound("no-debtor", debtor=self.debtor)
        return self.events(state, self.on or now.today, now)

    @abstractmethod
    def events(self, debtor: Debtor, on: date, now: DecisionContext) -> Iterator[DebtorEvent]:
        """Return the events for a registered debtor on that business date."""
