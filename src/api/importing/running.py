"""One import from its file to its summary. Prints nothing."""

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from uuid import UUID

import msgspec
import psycopg

from api.importing.batches import Batch, Item, Road
from api.importing.deciding import Run
from api.importing.reading import Source
from api.importing.wish import CannotImport
from api.wiring import Desk
from commands.command import Now
from ledger.books import DEBTOR, INVOICE

Progress = Callable[[int, int | None], None]  # bytes of the file that are done, and in all


def nothing(done: int, total: int | None) -> None:
    """For whoever does not want to know."""


@dataclass
class Summary:
    """What an import did. Each line is counted once: taken, noted, already there or rejected."""

    lines: int = 0
    imported: int = 0
    noted: int = 0  # facts that the rules refuse, kept as notes
    already_there: int = 0
    rejected: int = 0
    entries: int = 0  # written to the ledger
    invoices: int = 0  # books written in
    debtors: int = 0  # registered
    seconds: float = 0.0
    rejects: str | None = None  # the file, when there are any
    stopped: bool = False  # by Ctrl-C; the same command goes on where it stopped

    def add(self, batch: Batch) -> None:
        """A batch that is in the ledger."""
        self.lines += batch.lines
        self.entries += sum(len(one.entries) for one in batch.to_write)
        rejected = {reject.line for reject in batch.rejects}
        taken, noted = set[int](), set[int]()
        for one in batch.decided.values():
            rejected |= {reject.line for reject in one.rejects}
            self.debtors += one.group.kind is DEBTOR and bool(one.entries)
            if one.group.kind is INVOICE:
                taken.update(one.taken)
                noted.update(one.noted)
        noted -= rejected
        taken -= rejected | noted
        self.imported += len(taken)
        self.noted += len(noted)
        self.rejected += len(rejected)
        self.already_there += batch.lines - len(taken) - len(noted) - len(rejected)


class Rejects:
    """The file of lines that were not taken in; there is none while all are."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._out: IO[bytes] | None = None

    @property
    def name(self) -> str | None:
        return str(self.path) if self._out else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None
    ) -> None:
        if self._out:
            self._out.close()

    def add(self, batch: Batch) -> None:
        """Raises ``CannotImport`` when there is no place for the file."""
        found = [*batch.rejects, *(r for one in batch.decided.values() for r in one.rejects)]
        if not found:
            return
        try:
            self._out = self._out or self.path.open("wb")
            for reject in sorted(found, key=lambda reject: reject.line):
                self._out.write(msgspec.json.encode(reject.shown()) + b"\n")
            self._out.flush()
        except OSError as error:
            raise CannotImport(
                f"Cannot write the rejected lines to {self.path}: {error.strerror}."
                " Name another place with --rejects."
            ) from error


@contextmanager
def few_collections() -> Iterator[None]:
    """A batch is many small values that die together, in no cycle: looking for cycles among them
    takes a quarter of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(200_000, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def bring_in(
    desk: Desk,
    source: Source,
    items: Iterable[Item],
    by: str,
    rejects: Path | None = None,
    progress: Progress = nothing,
) -> Summary:
    """Take the lines to the ledger. Raises ``CannotImport``; a second run goes on from there."""
    begun, summary, total = desk.clock(), Summary(), source.size
    run = Run(Now(desk.ledger.today(begun), by), begun, f"import:{source.name}")
    books = set[UUID]()
    with few_collections(), Rejects(rejects or source.rejects) as file:
        try:
            for batch in Road(desk, run).batches(items):
                summary.add(batch)
                file.add(batch)
                books.update(one.group.id for one in batch.to_write if one.group.kind is INVOICE)
                progress(source.read, total)
        except KeyboardInterrupt:
            summary.stopped = True
        except psycopg.OperationalError as error:
            raise CannotImport(f"The database is gone: {error}. Run it again to go on.") from error
    summary.invoices, summary.rejects = len(books), file.name
    summary.seconds = (desk.clock() - begun).total_seconds()
    return summary
