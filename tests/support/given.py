"""given(events).when(command).then(events) for a rule; .shows(model).then(rows) for a fold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Generic, TypeVar
from uuid import UUID

import pytest

from commands.command import Command, DecisionContext
from ledger.engine.fold import Fold, Log, as_of
from ledger.facts.books import Book, kind_of_event, replay
from ledger.facts.entry import Entry
from ledger.facts.playbook_rules import Rules

BOOK = UUID(int=1)
TODAY = "2026-03-02"
R = TypeVar("R")


def day(text: str) -> date:
    return date.fromisoformat(text)


def moment(text: str) -> datetime:
    """Nine in the morning, UTC, of that day."""
    return datetime.combine(day(text), time(9), UTC)


@dataclass(frozen=True)
class When:
    """A command that meets a book."""

    book: Book[Any]
    command: Command
    now: DecisionContext

    def decided(self) -> list[Any]:
        return list(self.command.decide(self.book.state, self.now))

    def then(self, *expected: Any) -> None:
        assert self.decided() == list(expected)

    def refused(self, kind: type[Exception], match: str = "", field: str | None = None) -> None:
        """``field`` is the one that the refusal names, if it names one."""
        with pytest.raises(kind) as refusal:
            self.decided()
        assert match in str(refusal.value)
        assert getattr(refusal.value, "field", None) == field


@dataclass(frozen=True)
class Shown(Generic[R]):
    """What a read model shows of a book."""

    rows: list[R]

    def then(self, *expected: R) -> None:
        assert self.rows == list(expected)


@dataclass(frozen=True)
class Given:
    """A book with these events in it, each recorded at nine on its own day."""

    events: Sequence[Any]

    def when(
        self, command: Command, on: str = TODAY, by: str = "anna", rules: Rules | None = None
    ) -> When:
        book = replay(command.kind, BOOK, self.entries())
        return When(book, command, DecisionContext(day(on), by, rules))

    def becomes(self) -> Any:
        """The state of the book, an invoice's or a debtor's."""
        return replay(kind_of_event(self.events[0]), BOOK, self.entries()).state

    def shows(self, model: Fold[R] | Log[R]) -> Shown[R]:
        return Shown(as_of(model, kind_of_event(self.events[0]), self.entries()))

    def entries(self) -> list[Entry]:
        return [
            Entry(BOOK, n, datetime.combine(e.on, time(9), UTC), "anna", e, n)
            for n, e in enumerate(self.events, 1)
        ]


def given(*events: Any) -> Given:
    return Given(events)
