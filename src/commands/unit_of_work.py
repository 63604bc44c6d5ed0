"""The books of one attempt: each is read once, and then is as what was decided leaves it."""

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
Recall = Callable[[BookKind[Any], str], Book[Any] | None]  # a book as it was last known


class BookReader(Protocol):
    """Where books come from: the ledger, an import that read a thousand at once, a test."""

    def today(self, at: datetime) -> date: ...
    def id_of(self, kind: BookKind[Any], number: str) -> UUID: ...
    def book(self, kind: BookKind[Any], number: str) -> Book[Any]: ...
    def history(self, id_: UUID) -> list[Entry]: ...


def nothing(kind: BookKind[Any], number: str) -> None:
    """Remember no book: each is read."""


class UnitOfWork:
    """The states that an attempt decides on, and the entries that it has decided so far.

    Only books that commands are about may be ``recall``-ed instead of read, as only of those the
    append can tell whether they were still so. What else is asked for is always read.
    """

    def __init__(self, reader: BookReader, context: Context, recall: Recall = nothing) -> None:
        self.reader, self.context = reader, context
        self.now = DecisionContext(reader.today(context.at), context.by)
        self.commands: Sequence[Command] = ()
        self.entries: list[Entry] = []
        self._recall = recall
        self._books: dict[Key, Book[Any]] = {}
        self._read: dict[Key, Book[Any]] = {}  # before anything was decided
        self._asserted: set[Key] = set()
        self.recalled: dict[UUID, Key] = {}

    def book(self, kind: BookKind[Any], number: str) -> Book[Any]:
        """Return the book with all that was decided on it so far."""
        key = (kind.name, number)
        return self._books.get(key) or self._take(key, self.reader.book(kind, number))

    def state(self, kind: BookKind[Any], number: str) -> Any:
        return self.book(kind, number).state

    def target(self, kind: BookKind[Any], number: str) -> Any:
        """Return the state of a book that a command is about; it may be a remembered one."""
        key = (kind.name, number)
        if key not in self._books and (known := self._recall(kind, number)):
            self.recalled[known.state.id] = key
            self._take(key, known)
        return self.book(kind, number).state

    def states(self, kind: BookKind[Any]) -> Mapping[UUID, Any]:
        """Return the states of that kind that were asked for so far, by the id of their book."""
        return {
            book.state.id: book.state
            for (name, _), book in self._books.items()
            if name == kind.name
        }

    def line_read(self, kind: BookKind[Any], number: str) -> int:
        """Return the line at which the book ended when it was read."""
        self.book(kind, number)
        line: int = self._read[kind.name, number].state.line
        return line

    @property
    def playbook(self) -> Playbook:
        playbook: Playbook = self.state(PLAYBOOK, NUMBER)
        return playbook

    @property
    def rules(self) -> Rules:
        """The rules in force, the shipped ones before any were applied."""
        return rules_in_force(self.playbook)

    def decide(self, commands: Iterable[Command]) -> list[Entry]:
        """Decide one command after the other, and return the entries they lead to.

        Raises ``Refused`` or ``Unknown``.
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
        """What a command that is decided by the playbook gets: no rules before any were applied."""
        self.target(PLAYBOOK, NUMBER)
        self.assert_unchanged(PLAYBOOK, NUMBER)
        return replace(self.now, rules=self.playbook.rules)

    def assert_unchanged(self, kind: BookKind[Any], number: str) -> None:
        """Have the append refused when somebody else writes in this book meanwhile."""
        self.book(kind, number)
        self._asserted.add((kind.name, number))

    @property
    def asserted(self) -> Sequence[Book[Any]]:
        """Books that must still end where they were read."""
        return [self._read[key] for key in self._asserted]

    @property
    def unconfirmed(self) -> Collection[Key]:
        """Books that are only remembered, and that the append would not check."""
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
    """Return the state after the command, and the entries that lead to it. Pure.

    Raises ``Refused`` or ``Unknown``.
    """
    entries, evolve = list[Entry](), command.kind.evolve
    for event in command.decide(state, now):
        line = state.line + 1
        entries.append(
            Entry(
                state.id,
                line,
                context.at,
                context.by,
                event,
                0,
                context.correlation,
                context.causation,
                find_flags(state, event, now.today),
                context.via,
            )
        )
        state = but(evolve(state, event), line=line)
    return state, entries
