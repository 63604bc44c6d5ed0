"""Decides the lines about a book: its new entries, and for each line its outcome."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from pydantic import ValidationError

from api.importing.line_commands import InvalidLine, LineCommand, Reject
from api.importing.series import Recorded, difference, in_order, is_late
from commands.command import Command, DecisionContext, decide
from commands.context import Context
from ledger.facts.books import Book, BookKind
from ledger.facts.entry import Entry, Event
from ledger.facts.invoice.registration import NoteAdded
from ledger.facts.playbook_rules import Rules
from ledger.policy.refusal import NotFound, Refused

CANNOT = (InvalidLine, Refused, NotFound, ValidationError, ArithmeticError, ValueError)  # be taken


class ImportContext(NamedTuple):
    """What all lines of one import share."""

    now: DecisionContext
    at: datetime  # becomes the recorded time
    correlation: str
    via: str | None = None  # the API key, when the file came over HTTP; else who ran it
    because: str | None = None  # why they ran it for another
    limits: Rules | None = None  # the rules whose approval limits hold


@dataclass(slots=True)
class Group:
    """The lines about one book, in the order of the file."""

    kind: BookKind[Any]
    id: UUID
    follows: bool = False  # from lines about other books: a debtor's registration
    commands: list[LineCommand] = field(default_factory=list)


@dataclass(slots=True)
class Decided:
    """The outcome of a group: new entries, and its line numbers by what was done with them."""

    group: Group
    book: Book[Any]  # with the new entries
    before: Sequence[Entry] = ()  # the lines of the book until then
    entries: list[Entry] = field(default_factory=list)
    taken: list[int] = field(default_factory=list)
    noted: list[int] = field(default_factory=list)
    there: list[int] = field(default_factory=list)  # imported before, or without effect
    late: list[int] = field(default_factory=list)  # taken after a later line of their series
    rejects: list[Reject] = field(default_factory=list)


def decide_group(
    group: Group, book: Book[Any], before: Sequence[Entry], run: ImportContext
) -> Decided:
    """Decide each line whole or not at all; a line with a known cause changes nothing.

    Lines that have a number within their series are decided in its order.
    """
    decided = Decided(group, book, before)
    causes, state, recorded = set(book.causes), book.state, Recorded(group.kind, group.id, before)
    for command in in_order(group.commands):
        if command.is_update and not book.state.known:
            continue
        if decided.rejects and decided.rejects[-1].line == command.line:
            continue  # another command of a rejected line
        try:
            if command.cause and command.cause in causes:
                if command.series is not None:
                    _ensure_same(command, *recorded.of(command.cause), run)
                decided.there.append(command.line)
                continue
            after, entries, noted = _decide_line(state, command, run)
        except CANNOT as error:
            reject = Reject.of(command.line, error, command.raw, command.names)
            decided.rejects.append(reject)
            continue
        if entries:
            if is_late(command, causes):
                decided.late.append(command.line)
            if command.cause:
                causes.add(command.cause)
                recorded.add(command.cause, state, entries)
            decided.entries += entries
        state = after
        lines = decided.noted if noted else decided.taken if entries else decided.there
        lines.append(command.line)
    decided.book = Book(state, frozenset(causes))
    return decided


def _ensure_same(command: LineCommand, before: Any, there: Event, run: ImportContext) -> None:
    """Raise ``Refused`` when the line states something else than its cause recorded.

    It is decided again as it was then, on the state ``before``.
    """
    if isinstance(there, NoteAdded) and command.note:
        command = command._replace(commands=lambda _: ())  # what is noted is the text of the line
    try:
        _, here, _ = _decide_line(before, command, run)
    except NotFound:
        here = []
    if found := difference(command, there, [entry.event for entry in here]):
        name, was, now = found
        raise Refused(
            "imported-otherwise", name, cause=command.cause, name=name, there=was, here=now
        )


def _decide_line(
    state: Any, command: LineCommand, run: ImportContext
) -> tuple[Any, list[Entry], bool]:
    """Return the state after the line, its entries, and whether it became a note.

    A refusal that names a field rejects the line. Any other fact that the rules refuse, or that
    changes nothing, is kept as a note; a second run skips it.
    """
    context = Context(run.now.by, run.at, run.correlation, command.cause, run.via, run.because)
    try:
        after, entries = _decide_all(state, command.commands(state), run, context)
        if entries or command.note is None:
            return after, entries, False
        why = "it changes nothing"
    except Refused as refused:
        if refused.field or command.note is None:
            raise
        why = str(refused)
    return *_decide_all(state, [command.note(why)], run, context), True


def _decide_all(
    state: Any, commands: Sequence[Command], run: ImportContext, context: Context
) -> tuple[Any, list[Entry]]:
    entries = list[Entry]()
    for command in commands:
        state, more = decide(state, command, run.now, context, lambda: run.limits)
        entries += more
    return state, entries
