"""The only path to the ledger for all channels: read the books, decide, append.

If others write to a book meanwhile, it makes another attempt. An attempt takes these steps:

1.  Return the stored answer, if the request was answered before.
2.  Call the plan for its commands, if it is a plan.
3.  Authorise: what the caller may not see does not exist for them.
4.  Check the rules that concern other books; complete omitted fields by the playbook.
5.  Decide each command on its book, after the commands before it.
6.  React: decide what follows by the playbook; end the tasks of messages that were taken up.
7.  Add flags that depend on other books.
8.  Compare the line that the caller expects.
9.  Stop if there is nothing to append.
10. Append all entries and the answer, or nothing.

The first attempt uses books as this process last knew them; the append checks that those it writes
to are unchanged. A decision on books that it does not check, or a refusal, is made again on books
that are read.
"""

import random
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from msgspec import Struct

from commands.authorise import authorise
from commands.command import Command, DecisionContext, decide
from commands.conditions import Moved, answer_entry, stored_answer
from commands.context import Context
from commands.cross_book_flags import duplicate_flags
from commands.cross_book_rules import check
from commands.inbox.closing import closing_commands
from commands.reactions import complete, react, reacts
from ledger.facts.books import PLAYBOOK, REQUEST, Book, BookKind
from ledger.facts.entry import Entry
from ledger.facts.idempotency import RequestAnswered
from ledger.facts.playbook import NUMBER, Playbook
from ledger.facts.playbook_rules import Rules
from ledger.policy.playbook.in_force import rules_in_force
from ledger.store.errors import Stale
from ledger.store.ledger import Ledger

TIMEOUT = timedelta(seconds=10)  # for concurrent writes to the same books
Key = tuple[str, str]  # kind and number of a book
Recall = Callable[[BookKind[Any], str], Book[Any] | None]  # the book as this process last knew it


class BookReader(Protocol):
    """A source of books: the ledger, a batch of an import, a test."""

    def today(self, at: datetime) -> date: ...
    def book(self, kind: BookKind[Any], number: str) -> Book[Any]: ...
    def history(self, id_: UUID) -> list[Entry]: ...


class UnitOfWork:
    """The states that an attempt decides on, and the entries decided so far.

    Only books that a command changes may be ``recall``-ed instead of read, because the append
    checks only those for changes. Other books are always read.
    """

    def __init__(self, reader: BookReader, context: Context, recall: Recall | None = None) -> None:
        self.reader, self.context = reader, context
        today = reader.today(context.at)
        self.now = DecisionContext(today, context.by, ran_by=context.ran_by)
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
        if key not in self._books and self._recall and (known := self._recall(kind, number)):
            self.recalled[known.state.id] = key
            self._take(key, known)
        return self.book(kind, number).state

    def states(self, kind: BookKind[Any]) -> Mapping[UUID, Any]:
        """Return the states of that kind used so far, by the id of their book."""
        books = [book for (name, _), book in self._books.items() if name == kind.name]
        return {book.state.id: book.state for book in books}

    def history(self, id_: UUID) -> list[Entry]:
        return self.reader.history(id_)

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
                state, entries = decide(state, command, now, self.context, self._limits)
                self._books[key] = Book(state, causes)
                decided += entries
        self.entries += decided
        return decided

    def _by_rules(self) -> DecisionContext:
        """Return the context with the rules in force; None before a playbook is applied."""
        self.target(PLAYBOOK, NUMBER)
        self.assert_unchanged(PLAYBOOK, NUMBER)
        return replace(self.now, rules=self.playbook.rules, playbook=self.playbook.version)

    def _limits(self) -> Rules | None:
        """Return the rules whose approval limits hold."""
        return self._by_rules().rules

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
        written, asserted = {entry.book_id for entry in self.entries}, self._asserted
        recalled = self.recalled.items()
        return [key for id_, key in recalled if id_ not in written and key not in asserted]

    def _take(self, key: Key, book: Book[Any]) -> Book[Any]:
        self._read[key] = self._books[key] = book
        return book


Plan = Callable[[UnitOfWork], Iterable[Command]]  # run again in each attempt


class Receipt(Struct, frozen=True):
    """The appended entries in order; none when nothing changes.

    Pass ``position`` to a read so that it includes this write. ``replayed`` is the stored answer of
    a repeated request.
    """

    position: int
    entries: Sequence[Entry]
    work: UnitOfWork
    replayed: RequestAnswered | None = None


def execute(ledger: Ledger, commands: Sequence[Command] | Plan, context: Context) -> Receipt:
    """Append the entries of all commands to all their books, or nothing.

    Raises ``Refused`` or ``NotFound`` when a rule forbids it, ``Moved``, ``KeyReused``, and
    ``Stale`` when others write to the same books for longer than ``TIMEOUT``.
    """
    deadline, pause = time.monotonic() + TIMEOUT.total_seconds(), 0.001
    recall: Recall | None = ledger.remembered
    while True:
        work = UnitOfWork(ledger, context, recall)
        try:
            if receipt := _attempt(ledger, work, commands):
                return receipt
        except Stale:
            if time.monotonic() > deadline:
                raise
            if not work.recalled:
                time.sleep(random.uniform(0, pause))
                pause = min(pause * 2, 0.1)
        recall = None


def preview(
    ledger: BookReader, commands: Sequence[Command] | Plan, context: Context
) -> list[Entry]:
    """Return the entries that ``execute`` would append. Raises the same, except ``Stale``."""
    work = UnitOfWork(ledger, context)
    _decide(work, commands)
    return work.entries


def _attempt(
    ledger: Ledger, work: UnitOfWork, commands: Sequence[Command] | Plan
) -> Receipt | None:
    """Return None to decide again on books that are read. Raises ``Stale``."""
    context, once = work.context, work.context.once
    try:
        key = ledger.id_of(REQUEST, once.key) if once else None
        answers = ledger.history(key) if key else []
        if once and (before := stored_answer(answers, once, context)):
            return Receipt(before.position, (), work, before.event)
        _decide(work, commands)
        entries, today = [*work.entries], work.now.today
        if once and key:
            line, answer = len(answers) + 1, once.answer(work)
            entries.append(answer_entry(key, line, today, context, once.fingerprint, answer))
    except Exception:
        if work.recalled:  # the recalled book may be outdated
            return None
        raise
    if work.unconfirmed:
        return None
    if not entries:
        return Receipt(0, (), work)
    written = ledger.write(entries, work.asserted, work.recalled)
    return Receipt(written[-1].position, written[:-1] if once else written, work)


def _decide(work: UnitOfWork, commands: Sequence[Command] | Plan) -> None:
    """Take steps 2 to 8; the unit of work holds the result."""
    context = work.context
    given = commands(work) if callable(commands) else commands
    work.commands = [part for command in given for part in command.with_companions()]
    if not context.scope.is_everything:
        authorise(work, work.commands)
    check(work, work.commands)
    reacting = reacts(work, work.commands)
    if reacting and work.playbook.known:
        work.now = replace(work.now, reacts=True)
    work.decide(complete(work, work.commands, reacting))
    if reacting:
        react(work)
    work.decide(closing_commands(work))
    work.entries = [*duplicate_flags(context.lookups, work.entries)]
    if (expected := context.expected_line) is not None:
        line = work.line_read(work.commands[0].kind, work.commands[0].number)
        if line != expected:
            raise Moved(line, expected)
