"""Sixteen writers in three ledgers and two processes, and a reader, agree on one gapless order."""

import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event as Flag
from typing import cast
from uuid import UUID

import psycopg
import pytest

from ledger.database.pool import Pool, connect, open_pool
from ledger.facts.entry import Entry
from ledger.store.append import Line, append, make_line
from ledger.store.errors import Stale
from ledger.store.ledger import Ledger
from support.histories import note

BOOKS = [UUID(int=n) for n in range(1, 301)]
EACH = 60  # appends a writer


@contextmanager
def another(pool: Pool) -> Iterator[Ledger]:
    ledger = Ledger(pool)
    try:
        yield ledger
    finally:
        ledger.close()


def write(ledger: Ledger, writer: int) -> list[Entry]:
    """What this writer got acknowledged, between pauses, stale appends and rolled back ones."""
    dice, mine = random.Random(writer), list[Entry]()
    for turn in range(EACH):
        if turn % 12 == writer % 12:
            roll_back(ledger.pool, dice)
        if turn % 12 == writer % 7:
            with pytest.raises(psycopg.IntegrityError):
                ledger.ours.appender.append([page(dice), bad(dice)])
        time.sleep(dice.random() / 500)
        mine += insist(ledger, dice.sample(BOOKS, dice.choice([1, 1, 2, 3])), str(writer))
    return mine


def insist(ledger: Ledger, books: list[UUID], by: str) -> list[Entry]:
    while True:
        try:
            return ledger.write([note(b, len(ledger.history(b)) + 1, by=by) for b in books])
        except Stale:
            continue


def page(dice: random.Random) -> Line:
    """In a book that never comes to be."""
    return make_line(
        "default", UUID(int=dice.randrange(1_000, 1_000_000)), 1, "note-added.v1", "{}"
    )


def bad(dice: random.Random) -> Line:
    """The table refuses it, after positions were taken for it."""
    return page(dice)._replace(content_hash=cast(bytes, None))


def roll_back(pool: Pool, dice: random.Random) -> None:
    """Takes positions, holds them for a while, and gives them back."""
    with connect(pool) as conn, conn.transaction(force_rollback=True):
        [answer] = append(conn, "default", [[page(dice)]])
        assert answer.written
        time.sleep(dice.random() / 100)


def crowd(url: str, writers: range) -> list[Entry]:
    """What another process does: half of its writers in one ledger, half in another."""
    with open_pool(url) as pool, another(pool) as one, another(pool) as two:
        threads = ThreadPoolExecutor(len(writers))
        with threads:
            written = threads.map(lambda n: write((one, two)[n % 2], n), writers)
            return [entry for mine in written for entry in mine]


def tail(ledger: Ledger, done: Flag) -> list[Entry]:
    """Asks for what is behind the last position seen, again and again."""
    read = list[Entry]()
    while True:
        finished = done.is_set()  # asked before reading: nothing can follow it unseen
        more = ledger.since(read[-1].position if read else 0, 50)
        read += more
        if finished and not more:
            return read


def test_nothing_is_lost_doubled_or_out_of_order(ledger: Ledger, database: str) -> None:
    done = Flag()
    spawn = multiprocessing.get_context("spawn")
    with ThreadPoolExecutor(2) as here, ProcessPoolExecutor(1, spawn) as elsewhere:
        reader = here.submit(tail, ledger, done)
        try:
            far = elsewhere.submit(crowd, database, range(8))
            near = here.submit(crowd, database, range(8, 16))
            written = [*near.result(), *far.result()]
        finally:
            done.set()
        read = reader.result()

    assert [e.position for e in read] == list(range(1, len(written) + 1))
    assert read == sorted(written, key=lambda e: e.position)
    lines: Counter[UUID] = Counter()
    for e in read:
        lines[e.book_id] += 1
        assert e.line == lines[e.book_id]
    assert Counter(e.by for e in written).keys() == {str(n) for n in range(16)}
    assert ledger.head() == len(written)
