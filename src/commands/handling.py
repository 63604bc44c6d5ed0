"""The one road to the ledger: load, let the commands decide, write down what they decided."""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any

from commands.command import Command, Now
from commands.context import Context
from commands.unit_of_work import decide
from ledger.append import Stale
from ledger.books import PLAYBOOK, Book
from ledger.events import Entry
from ledger.playbook import NUMBER
from ledger.store import Ledger

Books = dict[tuple[str, str], Book[Any]]  # by kind and number
PATIENCE = timedelta(seconds=10)  # with others who write in the same book


@dataclass(frozen=True)
class Receipt:
    """What was written, in order; nothing when all was so already. Hand ``position`` to a read
    to be sure that it has seen this write."""

    position: int
    entries: Sequence[Entry]


def handle(
    ledger: Ledger, *commands: Command, context: Context, unchanged: Sequence[Book[Any]] = ()
) -> Receipt:
    """All of the commands or none of them, over as many books as they are about.

    Raises ``Refused`` or ``Unknown`` when a rule says no, and ``Stale`` when others kept writing
    in the same books for too long, or wrote in a book that had to stay ``unchanged``.
    """
    attempt, by_rules = partial(decide_all, ledger, commands, context), rest_on_rules(commands)
    written = persist(ledger, attempt, unchanged, by_rules=by_rules)
    return Receipt(written[-1].position if written else 0, written)


def rest_on_rules(commands: Sequence[Command]) -> bool:
    """What ``persist`` must know of them."""
    return any(command.by_rules for command in commands)


def persist(
    ledger: Ledger,
    attempt: Callable[[], list[Entry]],
    unchanged: Sequence[Book[Any]] = (),
    *,
    by_rules: bool = False,
) -> list[Entry]:
    """Writes what ``attempt`` decides; when others were quicker it is asked to decide again, and
    so it is ``by_rules`` when another playbook was applied meanwhile.

    With ``unchanged`` it is not: the wish itself may rest on what those books said before.
    """
    deadline = time.monotonic() + PATIENCE.total_seconds()
    wait = 0.001
    while True:
        rules = [ledger.book(PLAYBOOK, NUMBER)] if by_rules else []
        if not (entries := attempt()):
            return []
        try:
            return ledger.write(entries, [*unchanged, *rules])
        except Stale:
            if unchanged or time.monotonic() > deadline:
                raise
            time.sleep(random.uniform(0, wait))
            wait = min(wait * 2, 0.1)


def decide_all(
    ledger: Ledger, commands: Sequence[Command], context: Context, books: Books | None = None
) -> list[Entry]:
    """The lines that the commands lead to, one after the other. Writes nothing.

    ``books``: those that were decided on already, as they then are; those of these commands join.
    """
    books = {} if books is None else books
    entries = list[Entry]()
    now = Now(ledger.today(context.at), context.by)
    for command in commands:
        if command.by_rules and now.rules is None:
            now = replace(now, rules=ledger.book(PLAYBOOK, NUMBER).state.rules)
        key = (command.kind.name, command.number)
        book = books.get(key) or ledger.book(command.kind, command.number)
        if context.causation is None or context.causation not in book.causes:
            state, decided = decide(book.state, command, now, context)
            book = Book(state, book.causes)
            entries += decided
        books[key] = book
    return entries
