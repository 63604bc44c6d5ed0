"""What came of an import, and the file of what was not taken in."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import msgspec

from api.importing.line_commands import CannotImport, Reject
from api.importing.pipeline import Batch
from ledger.facts.books import DEBTOR, INVOICE


@dataclass
class Summary:
    """What an import did. Each line is counted once: taken, noted, already there or rejected."""

    lines: int = 0
    imported: int = 0
    noted: int = 0  # facts that the rules refuse, or that change nothing: kept as notes
    already_there: int = 0
    rejected: int = 0
    closed: int = 0  # open here, and not in a full list
    entries: int = 0  # written to the ledger
    invoices: int = 0  # books written in
    debtors: int = 0  # registered
    seconds: float = 0.0
    rejects: str | None = None  # the file, when there are any
    stopped: bool = False  # by Ctrl-C; the same command goes on where it stopped

    def add(self, batch: Batch) -> None:
        """A batch that is in the ledger."""
        lines = [one for one in batch.decided.values() if one.group.kind is INVOICE]
        rejected = {reject.line for reject in batch.all_rejects}
        noted = {line for one in lines for line in one.noted} - rejected
        taken = {line for one in lines for line in one.taken} - rejected - noted
        closed = sum(line < 0 for line in taken)
        self.lines += batch.lines
        self.closed += closed
        self.imported += len(taken) - closed
        self.noted += len(noted)
        self.rejected += len(rejected)
        self.already_there += batch.lines - len(taken) + closed - len(noted) - len(rejected)
        self.entries += sum(len(one.entries) for one in batch.to_write)
        self.debtors += sum(one.group.kind is DEBTOR for one in batch.to_write)


def shown(rejects: Iterable[Reject]) -> bytes:
    """As JSON Lines, the way the rejects file has them."""
    return b"".join(msgspec.json.encode(reject.shown()) + b"\n" for reject in rejects)


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
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        if self._out:
            self._out.close()

    def add(self, batch: Batch) -> None:
        """Raises ``CannotImport`` when there is no place for the file."""
        if not (found := batch.all_rejects):
            return
        try:
            self._out = self._out or self.path.open("wb")
            self._out.write(shown(found))
            self._out.flush()
        except OSError as error:
            raise CannotImport(
                f"Cannot write the rejected lines to {self.path}: {error.strerror}."
                " Name another place with --rejects."
            ) from error
