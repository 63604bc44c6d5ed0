"""Imports lines batch by batch: a batch is decided while the previous batch is written."""

import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any
from uuid import UUID

from api.importing.bulk_writer import BulkWriter
from api.importing.decide import Decided, Group, ImportContext, decide_group
from api.importing.line_commands import Interrupted, LineCommand, Reject
from api.lookups import SqlLookups
from api.session import TenantSession
from commands.cross_book_flags import ImportMemory, duplicate_flags
from commands.debtors.registration import RegisterDebtor
from ledger.facts.books import DEBTOR, Book, BookKind, replay
from ledger.facts.debtor import Debtor
from ledger.facts.entry import Entry
from ledger.facts.invoice.state import Invoice
from ledger.policy.visibility import EVERYTHING
from ledger.store.reading import entries_of_many

LINES = 2_000  # of a batch; up to twice as many when they are about one invoice
RETRY_TIMEOUT = 10.0  # seconds, while others write to the same books

Item = tuple[LineCommand, ...] | Reject


@dataclass
class Batch:
    """Lines that are decided and written together."""

    lines: int
    decided: dict[UUID, Decided]
    rejects: list[Reject] = field(default_factory=list)  # lines that could not be read
    writing: Future[list[bool]] | None = None

    @property
    def all_rejects(self) -> list[Reject]:
        """Return the rejects in the order of the file."""
        found = [*self.rejects, *(r for group in self.decided.values() for r in group.rejects)]
        return sorted(found, key=lambda reject: reject.line)

    @property
    def to_write(self) -> list[Decided]:
        return [decided for decided in self.decided.values() if decided.entries]


class Pipeline:
    """Takes lines to the ledger; it holds at most two batches. When ``dry`` it writes nothing."""

    def __init__(self, session: TenantSession, run: ImportContext, dry: bool = False) -> None:
        self.session, self.run, self.dry = session, run, dry
        self.writer = BulkWriter(session.pool, session.tenant)
        self._registered: set[str] = set()  # debtors that need not be looked up again
        self._lookups = SqlLookups(session.pool, session.tenant, session.clock, EVERYTHING)
        self._seen = ImportMemory()

    def batches(self, items: Iterable[Item]) -> Iterator[Batch]:
        """Yield each batch once it is in the ledger.

        A batch that was started is written whole, also on Ctrl-C; a second run continues.
        """
        before: Batch | None = None
        try:
            for lines in in_batches(items):
                batch = self._decide(lines, before)
                if before:
                    self._decide_again(batch, self._settle(before))
                done, before = before, batch
                before.writing = self._send(before.to_write)
                if done:
                    yield done
        except (Exception, KeyboardInterrupt):  # counted, as it is written
            yield from self._last(before)
            raise
        else:
            yield from self._last(before)
        finally:
            self.writer.close()

    def _last(self, batch: Batch | None) -> Iterator[Batch]:
        if batch and batch.writing:
            self._settle(batch)
            yield batch

    def _decide(self, items: list[Item], before: Batch | None) -> Batch:
        groups: dict[tuple[str, str], Group] = {}
        rejects = [item for item in items if isinstance(item, Reject)]
        for item in items:
            for command in () if isinstance(item, Reject) else item:
                key = (command.kind.name, command.number)
                if key not in groups:
                    groups[key] = self._group(command.kind, command.number)
                groups[key].commands.append(command)
                if command.kind is DEBTOR:  # whose own lines register them
                    self._registered.add(command.number)
        decided = self._decided(groups.values(), before)
        debtors = self._decided(self._debtors(decided.values()), before)
        lines = sum(isinstance(item, Reject) or item[0].line > 0 for item in items)
        return Batch(lines, decided | debtors, rejects)

    def _decided(self, groups: Collection[Group], before: Batch | None) -> dict[UUID, Decided]:
        waiting = before.decided if before else {}
        books = self._load([group for group in groups if group.id not in waiting])
        for group in groups:
            if known := waiting.get(group.id):
                books[group.id] = known.book, [*known.before, *known.entries]
        decided = {g.id: decide_group(g, *books[g.id], self.run) for g in groups}
        for book, _ in books.values():
            if isinstance(book.state, Invoice):
                self._seen.knows(book.state)
        entries = [entry for group in decided.values() for entry in group.entries]
        flagged = iter(duplicate_flags(self._lookups, entries, self._seen))
        for about in decided.values():
            about.entries = list(islice(flagged, len(about.entries)))
        return decided

    def _debtors(self, decided: Iterable[Decided]) -> list[Group]:
        """Return a group for each new debtor of the lines that were not rejected."""
        groups = list[Group]()
        for about in decided:
            rejected = {reject.line for reject in about.rejects}
            for command in about.group.commands:
                debtor = command.debtor
                if not debtor or debtor.debtor in self._registered or command.line in rejected:
                    continue
                self._registered.add(debtor.debtor)
                groups.append(self._group(DEBTOR, debtor.debtor, follows=True))
                groups[-1].commands.append(_registration(command, debtor))
        return groups

    def _group(self, kind: BookKind[Any], number: str, follows: bool = False) -> Group:
        return Group(kind, self.session.ledger.id_of(kind, number), follows)

    def _load(self, groups: Collection[Group]) -> dict[UUID, tuple[Book[Any], Sequence[Entry]]]:
        """Return each book with its lines."""
        with self.session.pool.connection() as conn:
            found = entries_of_many(conn, self.session.tenant, [group.id for group in groups])
        return {
            g.id: (replay(g.kind, g.id, found[g.id]), found[g.id])
            if g.id in found
            else (Book(g.kind.start(g.id)), ())
            for g in groups
        }

    def _send(self, groups: list[Decided]) -> Future[list[bool]]:
        if self.dry:
            unwritten = Future[list[bool]]()
            unwritten.set_result([True] * len(groups))
            return unwritten
        return self.writer.write([self.writer.lines(group.entries) for group in groups])

    def _settle(self, batch: Batch) -> set[UUID]:
        """Wait until the batch is in the ledger; decide and send the stale books again.

        Return the ids of the books that were stale. Raise ``Interrupted``.
        """
        again, deadline, sent = set[UUID](), time.monotonic() + RETRY_TIMEOUT, batch.to_write
        assert batch.writing
        while stale := _stale(sent, batch.writing.result()):
            if time.monotonic() > deadline:
                raise Interrupted("Others keep writing to the same books; run it again later.")
            again |= stale
            self._decide_again(batch, stale)
            sent = [group for group in batch.to_write if group.group.id in stale]
            batch.writing = self._send(sent)
        return again

    def _decide_again(self, batch: Batch, ids: set[UUID]) -> None:
        if groups := [decided.group for id_, decided in batch.decided.items() if id_ in ids]:
            batch.decided |= self._decided(groups, None)


def in_batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield the items of a batch; lines of one book that follow each other stay together."""
    batch, before = list[Item](), ""
    for item in items:
        number = before if isinstance(item, Reject) else item[0].number
        if len(batch) >= LINES and (number != before or len(batch) >= 2 * LINES):
            yield batch
            batch = []
        batch.append(item)
        before = number
    if batch:
        yield batch


def _stale(sent: list[Decided], written: list[bool]) -> set[UUID]:
    return {decided.group.id for decided, ok in zip(sent, written, strict=True) if not ok}


def registration(debtor: RegisterDebtor, known: Debtor) -> Sequence[RegisterDebtor]:
    """Return the registration; a line without a name leaves that of a known debtor as it is."""
    named = debtor.name != debtor.debtor or not known.known
    return (debtor if named else debtor.model_copy(update={"name": known.name}),)


def _registration(command: LineCommand, debtor: RegisterDebtor) -> LineCommand:
    return LineCommand(
        command.line,
        command.raw,
        debtor.debtor,
        command.cause,
        partial(registration, debtor),
        names=command.names,
    )
