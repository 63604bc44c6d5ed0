"""The commands of one line of a file, in any format, for one book; or why the line is rejected."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple, Self

import msgspec
from pydantic import ValidationError

from commands.command import Command
from commands.debtors.registration import RegisterDebtor
from ledger.policy.refusal import Refusal

RawLine = bytes | dict[str, str]  # a line as written in the file


class CannotImport(ValueError):
    """The file as a whole cannot be imported; the message is for the user."""


class Interrupted(CannotImport):
    """The import stopped for a reason outside the file; running it again continues."""


class InvalidLine(Exception):
    """A line cannot be imported: which field, and why."""

    code = "invalid"

    def __init__(self, why: str, field: str | None = None) -> None:
        super().__init__(why)
        self.field = field


class LineCommand(NamedTuple):
    """The commands of one line for one invoice; the ledger keeps the cause, so they act once."""

    line: int  # of the file; below zero when no line of the file is behind it
    raw: RawLine
    invoice: str
    cause: str
    commands: Callable[[Any], Sequence[Command]]  # given the invoice; raises ``InvalidLine``
    note: Callable[[str], Command] | None = None  # keeps a fact that the rules refuse, with why
    debtor: RegisterDebtor | None = None


@dataclass(frozen=True, slots=True)
class Reject:
    """A line that was not imported."""

    line: int
    field: str | None
    code: str  # of the rule that refused it, else "invalid"
    reason: str
    raw: RawLine

    @classmethod
    def of(
        cls,
        line: int,
        error: InvalidLine | Refusal | ValidationError | msgspec.MsgspecError,
        raw: RawLine,
    ) -> Self:
        """Reject a line for an error, with the field where the error names one."""
        match error:
            case ValidationError():
                first = error.errors(include_url=False)[0]
                path = ".".join(str(part) for part in first["loc"]) or None
                return cls(line, path, InvalidLine.code, first["msg"], raw)
            case msgspec.MsgspecError():
                return cls(line, _field(str(error)), InvalidLine.code, str(error), raw)
        return cls(line, error.field, error.code, str(error), raw)

    def shown(self) -> dict[str, Any]:
        """Return the reject as the rejects file has it."""
        raw = self.raw
        text = raw.decode(errors="replace").rstrip("\r\n") if isinstance(raw, bytes) else raw
        return asdict(self) | {"raw": text}


LineCommands = Iterator[tuple[LineCommand, ...] | Reject]  # for each line of the file


def _field(error: str) -> str | None:
    """Find the field in msgspec's message: "Expected `str`, got `int` - at `$.invoice`"."""
    if "missing required field" in error:
        return error.split("`")[1]
    _, found, path = error.rpartition("`$.")
    return path.rstrip("`") if found else None
