"""What one line of a file asks of one book, whatever the format of the file."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec
from pydantic import ValidationError

from commands.command import Command
from commands.debtors.registration import RegisterDebtor
from ledger.policy.refusal import Refusal

RawLine = bytes | dict[str, str]  # a line as it stands in the file


class CannotImport(ValueError):
    """The file as a whole cannot be imported; the message is for the person who asked."""


class Interrupted(CannotImport):
    """Not the file's fault: the same again goes on where this stopped."""


class InvalidLine(Exception):
    """A line cannot be taken in: which field, and why."""

    code = "invalid"

    def __init__(self, why: str, field: str | None = None) -> None:
        super().__init__(why)
        self.field = field


Wrong = InvalidLine | Refusal | ValidationError | msgspec.MsgspecError


def validation_message(error: Wrong) -> tuple[str | None, str, str]:
    """Return the field, where the error names one, the code and the reason."""
    match error:
        case ValidationError():
            first = error.errors(include_url=False)[0]
            return (
                ".".join(str(part) for part in first["loc"]) or None,
                InvalidLine.code,
                first["msg"],
            )
        case msgspec.MsgspecError():
            return _field(str(error)), InvalidLine.code, str(error)
        case InvalidLine() | Refusal():
            return error.field, error.code, str(error)


def _field(error: str) -> str | None:
    """msgspec says where: "Expected `str`, got `int` - at `$.invoice`"."""
    if "missing required field" in error:
        return error.split("`")[1]
    _, found, path = error.rpartition("`$.")
    return path.rstrip("`") if found else None


class LineCommand(NamedTuple):
    """One line about one invoice. Its cause is kept in the ledger, so that it acts once."""

    line: int  # of the file; below zero for what follows from no line of it
    raw: RawLine
    invoice: str
    cause: str
    commands: Callable[
        [Any], Sequence[Command]
    ]  # for the invoice as it stands; raises ``InvalidLine``
    note: Callable[[str], Command] | None = None  # what is left of a fact the rules refuse
    debtor: RegisterDebtor | None = None


@dataclass(frozen=True, slots=True)
class Reject:
    """A line that was not taken in."""

    line: int
    field: str | None
    code: str  # of the rule that refused it, else "invalid"
    reason: str
    raw: RawLine

    def shown(self) -> dict[str, Any]:
        """As it goes to the rejects file."""
        raw = self.raw
        text = raw.decode(errors="replace").rstrip("\r\n") if isinstance(raw, bytes) else raw
        return {
            "line": self.line,
            "field": self.field,
            "code": self.code,
            "reason": self.reason,
            "raw": text,
        }


LineCommands = Iterator[tuple[LineCommand, ...] | Reject]  # for each line of the file
