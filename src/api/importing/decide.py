"""What a batch of lines becomes: for each book its entries, and for each line what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from pydantic import ValidationError

from api.importing.line_commands import InvalidLine, LineCommand, Reject, validation_message
from commands.command import Command, DecisionContext
from commands.context import Context
from commands.unit_of_work import decide
from ledger.facts.books import Book, BookKind
from ledger.facts.entry import Entry
from ledger.policy.refusal import NotFound, Refused


class ImportContext(NamedTuple):
    """What all lines of one import share."""

    now: DecisionContext
    at: datetime  # becomes the recorded time
    correlation: str
    via: str | None = None  # the API key, when it came over HTTP

    def context(self, cause: str) -> Context:
        return Context(self.now.by, self.at, self.correlation, cause, self.via)


@dataclass(slots=True)
class Group:
    """The lines about one book, in the order of the file."""

    kind: BookKind[Any]
    id: UUID
    commands: list[LineCommand] = field(default_factory=list)


@dataclass(slots=True)
class Decided:
    """What the lines of a group lead to, on the book as it stood."""

    group: Group
    book: Book[Any]  # after them
    entries: list[Entry] = field(default_factory=list)
    taken: list[int] = field(default_factory=list)  # line numbers
    noted: list[int] = field(default_factory=list)
    there: list[int] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)


def decide_group(group: Group, book: Book[Any], run: ImportContext) -> Decided:
    """Each line is taken in whole or not at all; the same cause acts once."""
    decided = Decided(group, book)
    causes = set(book.causes)
    state = book.state
    for command in group.commands:
        if decided.rejects and decided.rejects[-1].line == command.line:
            continue  # the rest of a line that was not taken
        if command.cause in causes:
            decided.there.append(command.line)
            continue
        try:
            state, entries, noted = _decide_line(state, command, run)
        except (InvalidLine, Refused, NotFound, ValidationError) as error:
            decided.rejects.append(Reject(command.line, *validation_message(error), command.raw))
            continue
        if entries:
            causes.add(command.cause)
            decided.entries += entries
        (decided.noted if noted else decided.taken if entries else decided.there).append(
            command.line
        )
    decided.book = Book(state, frozenset(causes))
    return decided


def _decide_line(
    state: Any, command: LineCommand, run: ImportContext
) -> tuple[Any, list[Entry], bool]:
    """State after, entries, and whether the fact could only be noted.

    What names a wrong field is a wrong line. What the rules refuse as such is a fact all the same,
    and so is one that changes nothing: a note keeps it, and a second run passes it by.
    """
    context = run.context(command.cause)
    try:
        after, entries = _all(state, command.commands(state), run.now, context)
        if entries or command.note is None:
            return after, entries, False
        why = "it changes nothing"
    except Refused as refused:
        if refused.field or command.note is None:
            raise
        why = str(refused)
    return *_all(state, [command.note(why)], run.now, context), True


def _all(
    state: Any, commands: Sequence[Command], now: DecisionContext, context: Context
) -> tuple[Any, list[Entry]]:
    entries = list[Entry]()
    for command in commands:
        state, more = decide(state, command, now, context)
        entries += more
    return state, entries
