"""The summary of an import, and its file of rejected lines."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import msgspec

from api.durable_files import open_private
from api.importing.line_commands import CannotImport, Reject
from api.importing.pipeline import Batch
from ledger.facts.books import INVOICE
from ledger.facts.debtor import Debtor
from ledger.facts.debtor_events import DebtorCorrected, DebtorRegistered
from ledger.policy.debtor_data import find_issues

MAX_NAMED = 10  # lines that a summary names


@dataclass(slots=True)  # without slots msgspec leaves out defaults of what it decoded
class Counts:
    """Counts of an import; a line is imported, noted, already there or rejected."""

    file_lines: int = 0  # that the file has, with its header and empty lines
    lines: int = 0
    imported: int = 0
    noted: int = 0  # facts that the rules refuse, or that change nothing: kept as notes
    already_there: int = 0
    rejected: int = 0
    late: int = 0  # taken after a later line of the same invoice and source
    closed: int = 0  # open here, and absent from a full list
    left_open: int = 0  # the same, when the list has rejected lines or seems cut off
    entries: int = 0  # written to the ledger
    invoices: int = 0  # books written in
    debtors: int = 0  # registered
    corrected: int = 0  # debtors with other details than before
    odd: int = 0  # debtors written to whose details cannot be right: the agenda has them
    missing: int = 0  # debtors who are not in a full list of them: noted


@dataclass(slots=True)
class Summary(Counts):
    """The outcome of an import."""

    seconds: float = 0.0
    rejects: str | None = None  # path of the file, if any
    stopped: bool = False  # by Ctrl-C; the same command continues
    late_lines: list[int] = field(default_factory=list)  # the first of them

    def add(self, batch: Batch) -> None:
        """Add a batch that is in the ledger."""
        books = [d for d in batch.decided.values() if not d.group.follows]
        rejected = {reject.line for reject in batch.all_rejects}
        noted = {line for book in books for line in book.noted} - rejected
        taken = {line for book in books for line in book.taken} - rejected - noted
        absent = sum(line < 0 for line in taken)
        invoices = [book for book in books if book.group.kind is INVOICE]
        self.lines += batch.lines
        self.closed += len({n for invoice in invoices for n in invoice.taken if n < 0} & taken)
        self.imported += len(taken) - absent
        self.noted += len(noted)
        self.rejected += len(rejected)
        self.already_there += batch.lines - len(taken) + absent - len(noted) - len(rejected)
        late = sorted(line for book in books for line in book.late if line in taken)
        self.late += len(late)
        self.late_lines += late[: MAX_NAMED - len(self.late_lines)]
        self.entries += sum(len(decided.entries) for decided in batch.to_write)
        events = [entry.event for decided in batch.to_write for entry in decided.entries]
        self.debtors += sum(isinstance(event, DebtorRegistered) for event in events)
        states = (d.book.state for d in batch.to_write if not d.group.follows)
        self.odd += sum(isinstance(s, Debtor) and any(find_issues(s)) for s in states)
        self.corrected += sum(isinstance(event, DebtorCorrected) for event in events)

    def so_far(self) -> str:
        """Return what went in before the import ended."""
        return (
            f"Of {self.lines:,} lines until then, {self.imported:,} were imported,"
            f" {self.noted:,} kept as notes, {self.already_there:,} were there already and"
            f" {self.rejected:,} were rejected."
        )


def shown(rejects: Iterable[Reject]) -> bytes:
    """Return the rejects as the JSON Lines of their file."""
    return b"".join(msgspec.json.encode(reject.shown()) + b"\n" for reject in rejects)


class Rejects:
    """The file of rejected lines; it is made with the first of them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._out: IO[bytes] | None = None

    def remove(self) -> None:
        """Remove the file that an earlier run left. Raise ``CannotImport``."""
        try:
            self.path.unlink(missing_ok=True)
        except OSError as error:
            raise CannotImport(f"Cannot remove {self.path}: {error.strerror}.") from error

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
