"""The only path to the ledger for all channels: read the books, decide, append.

If someone else writes to one of the books meanwhile, the append is stale and ``execute`` makes
another attempt on books that are read again. An attempt takes these steps:

1.  Return the stored answer, if the request was answered before.
2.  Call the plan for its commands, if it is a plan.
3.  Authorise: what the caller may not see does not exist for them.
4.  Complete omitted fields of commands by the playbook.
5.  Decide each command on its book, after the commands before it.
6.  React: decide what follows by the playbook.
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
from collections.abc import Sequence
from datetime import timedelta

from msgspec import Struct

from commands.authorise import authorise
from commands.command import Command
from commands.context import Context, Once
from commands.cross_book_flags import duplicate_flags
from commands.reactions import complete, react, reacts
from commands.unit_of_work import BookReader, Plan, UnitOfWork, nothing
from ledger.facts.books import REQUEST
from ledger.facts.entry import Entry
from ledger.facts.idempotency import RequestAnswered
from ledger.store.errors import Stale
from ledger.store.ledger import Ledger

TIMEOUT = timedelta(seconds=10)  # for concurrent writes to the same books
RETENTION = timedelta(days=30)  # of answers to repeated requests


class Moved(Exception):
    """The book is not at the line that the caller expects; the caller must read it again."""

    def __init__(self, line: int, expected: int) -> None:
        super().__init__(f"The book is at line {line}, not {expected}. Read it again.")
        self.line = line


class KeyReused(Exception):
    """The idempotency key was used before, for another request."""


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
    deadline, pause, recall = time.monotonic() + TIMEOUT.total_seconds(), 0.001, ledger.remembered
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
        recall = nothing


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
    once = work.context.once
    try:
        answers = _answers(work, once) if once else []
        if once and answers and work.context.at - answers[-1].at < RETENTION:
            return _replayed(work, once, answers[-1])
        _decide(work, commands)
        entries = [*work.entries, _seal(work, once, len(answers))] if once else work.entries
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
        authorise(work.target, context.scope, work.commands)
    reacting = reacts(work, work.commands)
    work.decide(complete(work, work.commands, reacting))
    if reacting:
        react(work)
    work.entries = [*duplicate_flags(context.lookups, work.entries)]
    _expect_line(work)


def _expect_line(work: UnitOfWork) -> None:
    if (expected := work.context.expected_line) is not None:
        first = work.commands[0]
        line = work.line_read(first.kind, first.number)
        if line != expected:
            raise Moved(line, expected)


def _answers(work: UnitOfWork, once: Once) -> list[Entry]:
    """Return the stored answers of the request, the latest at the end.

    Read them only once: their number is the line after which the answer is appended. So the second
    of two equal concurrent requests is stale, and then finds the answer of the first.
    """
    return work.reader.history(work.reader.id_of(REQUEST, once.key))


def _replayed(work: UnitOfWork, once: Once, answered: Entry) -> Receipt:
    if answered.event.body_sha256 != once.fingerprint:
        raise KeyReused
    return Receipt(answered.position, (), work, answered.event)


def _seal(work: UnitOfWork, once: Once, answers: int) -> Entry:
    """Return the answer as an entry of the same append."""
    context = work.context
    status, body = once.answer(work)
    event = RequestAnswered(
        on=work.now.today, body_sha256=once.fingerprint, status=status, answer=body
    )
    book = work.reader.id_of(REQUEST, once.key)
    by, correlation = context.by, context.correlation
    return Entry(book, answers + 1, context.at, by, event, 0, correlation, None, (), context.via)
