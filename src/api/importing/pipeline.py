"""The road of an import: lines in, batch after batch decided while the one before is written."""

import time
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
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
from ledger.facts.books import DEBTOR, INVOICE, Book, BookKind, replay
from ledger.facts.invoice.state import Invoice
from ledger.store.reading import entries_of_many

LINES = 2_000  # of a batch
RETRY_TIMEOUT = 10.0  # seconds, with others who write in the same books

Item = tuple[LineCommand, ...] | Reject


@dataclass
class Batch:
    """Lines that are decided and written together."""

    lines: int
    decided: dict[UUID, Decided]
    rejects: list[Reject] = field(default_factory=list)  # what could not even be read
    writing: Future[list[bool]] | None = None

    @property
    def all_rejects(self) -> list[Reject]:
        """In the order of the file."""
        found = [*self.rejects, *(r for one in self.decided.values() for r in one.rejects)]
        return sorted(found, key=lambda reject: reject.line)

    @property
    def to_write(self) -> list[Decided]:
        return [one for one in self.decided.values() if one.entries]


class Pipeline:
    """Takes lines to the ledger. What it holds is never more than two batches."""

    def __init__(self, session: TenantSession, run: ImportContext) -> None:
        self.desk, self.run = session, run
        self.writer = BulkWriter(session.pool, session.tenant)
        self._registered: set[str] = set()  # debtors that need not be looked up again
        self._lookups, self._seen = SqlLookups(session.pool, session.tenant), ImportMemory()

    def batches(self, items: Iterable[Item]) -> Iterator[Batch]:
        """Each batch once it is in the ledger. What was begun is written whole, also on Ctrl-C;
        whoever stops asking finds the rest by a second run."""
        before: Batch | None = None
        try:
            for some in _chunks(items):
                batch = self._decide(some, before)
                if before:
                    self._decide_again(batch, self._settle(before))
                done, before = before, batch
                before.writing = self._send(before.to_write)
                if done:
                    yield done
        except KeyboardInterrupt:
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
        groups: dict[str, Group] = {}
        rejects = [item for item in items if isinstance(item, Reject)]
        for command in (
            command for item in items if not isinstance(item, Reject) for command in item
        ):
            group = groups.get(command.invoice)
            if group is None:
                group = groups[command.invoice] = self._group(INVOICE, command.invoice)
            group.commands.append(command)
        decided = self._decided(groups.values(), before)
        debtors = self._decided(self._debtors(decided.values()), before)
        lines = sum(isinstance(item, Reject) or item[0].line > 0 for item in items)
        return Batch(lines, decided | debtors, rejects)

    def _decided(self, groups: Collection[Group], before: Batch | None) -> dict[UUID, Decided]:
        waiting = before.decided if before else {}
        books = self._load([group for group in groups if group.id not in waiting])
        for group in groups:
            if group.id in waiting:
                books[group.id] = waiting[group.id].book
        decided = {group.id: decide_group(group, books[group.id], self.run) for group in groups}
        for book in books.values():
            if isinstance(book.state, Invoice):
                self._seen.knows(book.state)
        entries = [entry for one in decided.values() for entry in one.entries]
        told = iter(duplicate_flags(self._lookups, entries, self._seen))
        for one in decided.values():
            one.entries = list(islice(told, len(one.entries)))
        return decided

    def _debtors(self, decided: Iterable[Decided]) -> list[Group]:
        """The debtors of the lines that were not rejected, each once."""
        groups = list[Group]()
        for one in decided:
            rejected = {reject.line for reject in one.rejects}
            for command in one.group.commands:
                debtor = command.debtor
                if (
                    debtor
                    and debtor.debtor not in self._registered
                    and command.line not in rejected
                ):
                    self._registered.add(debtor.debtor)
                    groups.append(self._group(DEBTOR, debtor.debtor))
                    groups[-1].commands.append(_registration(command, debtor))
        return groups

    def _group(self, kind: BookKind[Any], number: str) -> Group:
        return Group(kind, self.desk.ledger.id_of(kind, number))

    def _load(self, groups: Collection[Group]) -> dict[UUID, Book[Any]]:
        with self.desk.pool.connection() as conn:
            ids = [group.id for group in groups]
            found = entries_of_many(conn, self.desk.tenant, ids)
        return {
            g.id: replay(g.kind, g.id, found[g.id]) if g.id in found else Book(g.kind.start(g.id))
            for g in groups
        }

    def _send(self, some: list[Decided]) -> Future[list[bool]]:
        return self.writer.write([self.writer.lines(one.entries) for one in some])

    def _settle(self, batch: Batch) -> set[UUID]:
        """Wait until it is in the ledger. The books that had to be decided again, because
        somebody else wrote in them. Raises ``Interrupted``."""
        again, deadline, some = set[UUID](), time.monotonic() + RETRY_TIMEOUT, batch.to_write
        assert batch.writing
        while stale := _stale(some, batch.writing.result()):
            if time.monotonic() > deadline:
                raise Interrupted("Others keep writing in the same books; run it again later.")
            again |= stale
            self._decide_again(batch, stale)
            some = [one for one in batch.to_write if one.group.id in stale]
            batch.writing = self._send(some)
        return again

    def _decide_again(self, batch: Batch, ids: set[UUID]) -> None:
        groups = [one.group for id_, one in batch.decided.items() if id_ in ids]
        if groups:
            batch.decided |= self._decided(groups, None)


def _stale(some: list[Decided], written: list[bool]) -> set[UUID]:
    return {one.group.id for one, ok in zip(some, written, strict=True) if not ok}


def _registration(command: LineCommand, debtor: RegisterDebtor) -> LineCommand:
    return LineCommand(
        command.line, command.raw, command.invoice, command.cause, lambda _: (debtor,)
    )


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    source = iter(items)
    while some := list(islice(source, LINES)):
        yield some
