"""The books of an attempt: each is read once, and changes with what is decided."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from msgspec.structs import replace as but

from commands.command import Command, DecisionContext
from commands.context import Context
from ledger.facts.books import PLAYBOOK, Book, BookKind
from ledger.facts.entry import Entry
from ledger.facts.playbook import NUMBER, Playbook
from ledger.facts.playbook_rules import Rules
from ledger.policy.anomalies import find_flags
from ledger.policy.playbook.in_force import rules_in_force

Key = tuple[str, str]  # kind and number of a book
Recall = Callable[[BookKind[Any], str], Book[Any] | None]  # the book as this process last knew it


class BookReader(Protocol):
    """A source of books: the ledger, a batch of an import, a test."""

    def today(self, at: datetime) -> date: ...
    def id_of(self, kind: BookKind[Any], number: str) -> UUID: ...
    def book(self, kind: BookKind[Any], number: str) -> Book[Any]: ...
    def history(self, id_: UUID) -> list[Entry]: ...


def nothing(kind: BookKind[Any], number: str) -> None:
    """Recall no book, so that each is read."""


class UnitOfWork:
    """The states that an attempt decides on, and the entries decided so far.

    Only books that a command changes may be ``recall``-ed instead of read, because the append
    checks only those for changes. Other books are always read.
    """

    def __init__(self, reader: BookReader, context: Context, recall: Recall = nothing) -> None:
        self.reader, self.context = reader, context
        self.now = DecisionContext(reader.today(context.at), context.by)
        self.commands: Sequence[Command] = ()
        self.entries: list[Entry] = []
        self._recall = recall
        self._books: dict[Key, Book[Any]] = {}
        self._read: dict[Key, Book[Any]] = {}  # before any decision
        self._asserted: set[Key] = set()
        self.recalled: dict[UUID, Key] = {}

    def book(self, kind: BookKind[Any], number: str) -> Book[Any]:
        """Return the book with the entries decided so far."""
        key = (kind.name, number)
        return self._books.get(key) or self._take(key, self.reader.book(kind, number))

    def state(self, kind: BookKind[Any], number: str) -> Any:
        return self.book(kind, number).state

    def target(self, kind: BookKind[Any], number: str) -> Any:
        """Return the state of a book that a command changes; it may be recalled instead of read."""
        key = (kind.name, number)
        if key not in self._books and (known := self._recall(kind, number)):
            self.recalled[known.state.id] = key
            self._take(key, known)
        return self.book(kind, number).state

    def states(self, kind: BookKind[Any]) -> Mapping[UUID, Any]:
        """Return the states of that kind used so far, by the id of their book."""
        return {
            book.state.id: book.state
            for (name, _), book in self._books.items()
            if name == kind.name
        }

    def line_read(self, kind: BookKind[Any], number: str) -> int:
        """Return the last line of the book when it was read."""
        self.book(kind, number)
        line: int = self._read[kind.name, number].state.line
        return line

    @property
    def playbook(self) -> Playbook:
        playbook: Playbook = self.state(PLAYBOOK, NUMBER)
        return playbook

    @property
    def rules(self) -> Rules:
        """The rules in force; the shipped rules before a playbook is applied."""
        return rules_in_force(self.playbook)

    def decide(self, commands: Iterable[Command]) -> list[Entry]:
        """Decide the commands in order and return their entries.

        Raises ``Refused`` or ``NotFound``.
        """
        decided, cause = list[Entry](), self.context.causation
        for command in commands:
            now = self._by_rules() if command.depends_on_playbook else self.now
            state = self.target(command.kind, command.number)
            key = (command.kind.name, command.number)
            causes = self._books[key].causes
            if cause is None or cause not in causes:
                state, entries = decide(state, command, now, self.context)
                self._books[key] = Book(state, causes)
                decided += entries
        self.entries += decided
        return decided

    def _by_rules(self) -> DecisionContext:
        """Return the context with the rules in force; None before a playbook is applied."""
        self.target(PLAYBOOK, NUMBER)
        self.assert_unchanged(PLAYBOOK, NUMBER)
        return replace(self.now, rules=self.playbook.rules)

    def assert_unchanged(self, kind: BookKind[Any], number: str) -> None:
        """Make the append fail when someone else writes to this book meanwhile."""
        self.book(kind, number)
        self._asserted.add((kind.name, number))

    @property
    def asserted(self) -> Sequence[Book[Any]]:
        """Books that must be unchanged at the append."""
        return [self._read[key] for key in self._asserted]

    @property
    def unconfirmed(self) -> Collection[Key]:
        """Recalled books that the append does not check."""
        if not self.recalled:
            return ()
        written = {entry.book_id for entry in self.entries}
        return [
            key
            for id_, key in self.recalled.items()
            if id_ not in written and key not in self._asserted
        ]

    def _take(self, key: Key, book: Book[Any]) -> Book[Any]:
        self._read[key] = self._books[key] = book
        return book


Plan = Callable[[UnitOfWork], Iterable[Command]]  # run again in each attempt


def decide(
    state: Any, command: Command, now: DecisionContext, context: Context
) -> tuple[Any, list[Entry]]:
    """Return the state after the command, and its entries. Pure.

    Raises ``Refused`` or ``NotFound``.
    """
    entries, evolve = list[Entry](), command.kind.evolve
    for event in command.decide(state, now):
        line, flags = state.line + 1, find_flags(state, event, now.today)
        by, correlation, cause = context.by, context.correlation, context.causation
        entries.append(
            Entry(state.id, line, context.at, by, event, 0, correlation, cause, flags, context.via)
        )
        state = but(evolve(state, event), line=line)
    return state, entries
