"""The summary of an import, and its file of rejected lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import msgspec

from api.durable_files import open_private
from api.importing.line_commands import CannotImport, Reject
from api.importing.pipeline import Batch
from ledger.facts.books import DEBTOR, INVOICE


@dataclass(slots=True)  # without slots msgspec leaves out defaults of what it decoded
class Counts:
    """Counts of an import; a line is imported, noted, already there or rejected."""

    lines: int = 0
    imported: int = 0
    noted: int = 0  # facts that the rules refuse, or that change nothing: kept as notes
    already_there: int = 0
    rejected: int = 0
    closed: int = 0  # open here, and absent from a full list
    entries: int = 0  # written to the ledger
    invoices: int = 0  # books written in
    debtors: int = 0  # registered


@dataclass(slots=True)
class Summary(Counts):
    """The outcome of an import."""

    seconds: float = 0.0
    rejects: str | None = None  # path of the file, if any
    stopped: bool = False  # by Ctrl-C; the same command continues

    def add(self, batch: Batch) -> None:
        """Add a batch that is in the ledger."""
        invoices = [d for d in batch.decided.values() if d.group.kind is INVOICE]
        rejected = {reject.line for reject in batch.all_rejects}
        noted = {line for invoice in invoices for line in invoice.noted} - rejected
        taken = {line for invoice in invoices for line in invoice.taken} - rejected - noted
        closed = sum(line < 0 for line in taken)
        self.lines += batch.lines
        self.closed += closed
        self.imported += len(taken) - closed
        self.noted += len(noted)
        self.rejected += len(rejected)
        self.already_there += batch.lines - len(taken) + closed - len(noted) - len(rejected)
        self.entries += sum(len(decided.entries) for decided in batch.to_write)
        self.debtors += sum(decided.group.kind is DEBTOR for decided in batch.to_write)


def shown(rejects: Iterable[Reject]) -> bytes:
    """Return the rejects as the JSON Lines of their file."""
    return b"".join(msgspec.json.encode(reject.shown()) + b"\n" for reject in rejects)


class Rejects:
    """The file of rejected lines; it is made with the first of them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._out: IO[bytes] | None = None

    def close(self) -> None:
        if self._out:
            self._out.close()

    def add(self, batch: Batch) -> str | None:
        """Write the batch's rejects; return the path, if there are any so far.

        Raise ``CannotImport`` when the file cannot be written.
        """
        try:
            if found := batch.all_rejects:
                self._out = self._out or open_private(self.path)
                self._out.write(shown(found))
                self._out.flush()
            return str(self.path) if self._out else None
        except OSError as error:
            raise CannotImport(
                f"Cannot write the rejected lines to {self.path}: {error.strerror}."
                " Name another file with --rejects."
            ) from error
