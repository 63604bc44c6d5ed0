"""The commands of one line of a file, in any format, for one book; or why the line is rejected."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

import msgspec
from pydantic import ValidationError

from commands.command import Command
from commands.debtors.registration import RegisterDebtor
from commands.field_texts import explain
from ledger.facts.books import INVOICE, BookKind
from ledger.policy.refusal import Refusal


class RawRow(NamedTuple):
    """A row as written in a table, and the header of its table."""

    header: Sequence[str]
    cells: Sequence[str]

    def shown(self) -> dict[str, str]:
        """Return the cells by column; the second column of a name is ``name (2)``."""
        found = dict[str, str]()
        for at, name in enumerate(self.header[: len(self.cells)]):
            nth = self.header[:at].count(name) + 1
            found[name if nth == 1 else f"{name} ({nth})"] = self.cells[at]
        if more := self.cells[len(self.header) :]:
            found["more"] = ", ".join(more)
        return found


RawLine = bytes | dict[str, str] | RawRow  # a line as written in the file
Names = Mapping[str, str]  # the file's own name for a field of ours
NO_NAMES: Names = {}


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
    """The commands of one line for one book; the ledger keeps the cause, so they act once."""

    line: int  # of the file; below zero when no line of the file is behind it
    raw: RawLine
    number: str  # of the invoice or debtor
    cause: str | None  # None: it acts whenever the book differs
    commands: Callable[[Any], Sequence[Command]]  # given the book; raises ``InvalidLine``
    note: Callable[[str], Command] | None = None  # keeps a fact that the rules refuse, with why
    debtor: RegisterDebtor | None = None
    names: Names = NO_NAMES
    series: str | None = None  # of lines that have a number; the cause is series and number
    seq: int = 0  # the number within the series
    assumed: frozenset[str] = frozenset()  # fields of the event that the line does not state
    is_update: bool = False  # of a book that the line did not begin; for a new one there is none
    kind: BookKind[Any] = INVOICE


@dataclass(frozen=True, slots=True)
class Reject:
    """A line that was not imported."""

    line: int
    field: str | None
    code: str  # of the rule that refused it, else "invalid"
    reason: str
    raw: RawLine

    @classmethod
    def of(cls, line: int, error: Exception, raw: RawLine, names: Names = NO_NAMES) -> Self:
        """Reject a line for an error, with the file's own name of the field, if it is one."""
        match error:
            case ValidationError():
                field, why = explain(error)
                code = InvalidLine.code
            case msgspec.MsgspecError():
                code, (field, why) = InvalidLine.code, _of_json(str(error))
            case InvalidLine() | Refusal():
                code, field, why = error.code, error.field, str(error)
                if field is None and code == "no-invoice":
                    field = "invoice"
            case _:
                code, field = InvalidLine.code, None
                why = f"cannot be taken: {type(error).__name__}: {error}"
        return cls(line, names.get(field, field) if field else None, code, why, raw)

    def shown(self) -> dict[str, Any]:
        """Return the reject as the rejects file has it."""
        match self.raw:
            case bytes() as raw:
                shown: Any = raw.decode(errors="replace").rstrip("\r\n")
            case RawRow() as row:
                shown = row.shown()
            case given:
                shown = given
        fields = ("line", "field", "code", "reason")
        return {name: getattr(self, name) for name in fields} | {"raw": shown}


LineCommands = Iterator[tuple[LineCommand, ...] | Reject]  # for each line of the file


JSON_TYPES = {
    "str": "text",
    "int": "a whole number",
    "decimal": "an amount",
    "bool": "true or false",
}


def _of_json(error: str) -> tuple[str | None, str]:
    """Return field and reason of msgspec's "Expected `str`, got `int` - at `$.invoice`"."""
    if "missing required field" in error:
        return error.split("`")[1], "is missing"
    what, found, path = error.rpartition(" - at `$.")
    if not found:
        return None, f"the line is not a JSON object as it should be: {error}"
    for name, text in JSON_TYPES.items():
        what = what.replace(f"`{name}`", text)
    return path.rstrip("`"), what.replace("`", "")
