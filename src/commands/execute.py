"""The one way to the ledger, whatever the channel: read the books, decide, and append.

``execute`` makes an attempt. When somebody else wrote in one of its books meanwhile the append is
stale, and the next attempt reads the books again. An attempt takes these steps:

1.  Was the request answered before? Then give that answer.
2.  Ask the plan for its commands, if it is a plan.
3.  Authorise: what the caller does not see does not exist for them.
4.  Complete what a command left out and the playbook says.
5.  Decide each command on its book, as the commands before it leave that.
6.  React: decide what follows by the playbook.
7.  Flag what only other books can tell.
8.  Compare the line that the caller expects.
9.  Nothing decided: nothing to append.
10. Append all of it, with the answer, or nothing.

The first attempt takes books as this process last knew them, and spares reading them: the append
tells whether they were still so. What it would not check, and what is refused, is decided again on
books that were read.
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

TIMEOUT = timedelta(seconds=10)  # with others who write in the same books
RETENTION = timedelta(days=30)  # an answer is given again


class Moved(Exception):
    """The book is not at the line that the caller expects: they must read it again."""

    def __init__(self, line: int, expected: int) -> None:
        super().__init__(f"The book is at line {line}, not {expected}. Read it again.")
        self.line = line


class KeyReused(Exception):
    """The key came before, with another request."""


class Receipt(Struct, frozen=True):
    """What was appended, in order; no entries when all was so already.

    Hand ``position`` to a read to be sure that it has seen this write. ``replayed`` is the answer
    that was given before, when the request was repeated.
    """

    position: int
    entries: Sequence[Entry]
    work: UnitOfWork
    replayed: RequestAnswered | None = None


def execute(ledger: Ledger, commands: Sequence[Command] | Plan, context: Context) -> Receipt:
    """Append what all of the commands lead to, over as many books as they are about, or nothing.

    Raises ``Refused`` or ``Unknown`` when a rule says no, ``Moved``, ``KeyReused``, and ``Stale``
    when others kept writing in the same books for too long.
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
    """Return the entries that ``execute`` would append. Raises what it raises, but ``Stale``."""
    work = UnitOfWork(ledger, context)
    _decide(work, commands)
    return work.entries


def _attempt(
    ledger: Ledger, work: UnitOfWork, commands: Sequence[Command] | Plan
) -> Receipt | None:
    """Return None when it must be decided again, on books that are read. Raises ``Stale``."""
    once = work.context.once
    try:
        answers = _answers(work, once) if once else []
        if once and answers and work.context.at - answers[-1].at < RETENTION:
            return _replayed(work, once, answers[-1])
        _decide(work, commands)
        entries = [*work.entries, _seal(work, once, len(answers))] if once else work.entries
    except Exception:
        if work.recalled:  # it may be because of what was remembered
            return None
        raise
    if work.unconfirmed:
        return None
    if not entries:
        return Receipt(0, (), work)
    written = ledger.write(entries, work.asserted, work.recalled)
    return Receipt(written[-1].position, written[:-1] if once else written, work)


def _decide(work: UnitOfWork, commands: Sequence[Command] | Plan) -> None:
    """Take steps 2 to 8. What was decided is then in the unit of work."""
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
    """Raises ``Moved``."""
    expected = work.context.expected_line
    if expected is not None:
        first = work.commands[0]
        line = work.line_read(first.kind, first.number)
        if line != expected:
            raise Moved(line, expected)


def _answers(work: UnitOfWork, once: Once) -> list[Entry]:
    """Return the answers that the request has had, the last at the end.

    They are read once: their number is the line after which the answer is appended, so of two
    equal requests at once the second is stale, and finds the answer of the first.
    """
    return work.reader.history(work.reader.id_of(REQUEST, once.key))


def _replayed(work: UnitOfWork, once: Once, answered: Entry) -> Receipt:
    """Raises ``KeyReused``."""
    if answered.event.body_sha256 != once.fingerprint:
        raise KeyReused
    return Receipt(answered.position, (), work, answered.event)


def _seal(work: UnitOfWork, once: Once, answers: int) -> Entry:
    """Return the answer as an entry, so that a crash between the two is impossible."""
    context = work.context
    status, body = once.answer(work)
    event = RequestAnswered(
        on=work.now.today, body_sha256=once.fingerprint, status=status, answer=body
    )
    book = work.reader.id_of(REQUEST, once.key)
    return Entry(
        book,
        answers + 1,
        context.at,
        context.by,
        event,
        0,
        context.correlation,
        None,
        (),
        context.via,
    )
