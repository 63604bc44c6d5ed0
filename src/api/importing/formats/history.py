"""Reads a history: JSON Lines of business events from another system."""

from functools import partial

import msgspec
from pydantic import ValidationError

from api.importing.formats.history_commands import TYPES, Terms, noted, translate
from api.importing.formats.history_line import Line
from api.importing.line_commands import InvalidLine, LineCommand, LineCommands, Reject
from api.importing.source import Source
from commands.debtors.registration import RegisterDebtor


def read_lines(source: Source, terms: Terms) -> LineCommands:
    """Yield the command or the reject of each line; skip blank lines."""
    decode = msgspec.json.Decoder(Line).decode
    debtors: dict[str, RegisterDebtor] = {}
    for number, raw in enumerate(source.lines(), 1):
        if not raw.strip():
            continue
        try:
            yield (_command(decode(raw), number, raw, terms, debtors),)
        except (InvalidLine, ValidationError, msgspec.MsgspecError) as error:
            yield Reject.of(number, error, raw)


def _command(
    line: Line, number: int, raw: bytes, terms: Terms, debtors: dict[str, RegisterDebtor]
) -> LineCommand:
    if line.type not in TYPES:
        raise InvalidLine(f"{line.type!r} is not one of the types: {', '.join(TYPES)}.", "type")
    note = None if line.type == "invoice-issued" else partial(noted, line)
    commands, debtor = partial(translate, line, terms), _debtor(line, debtors)
    return LineCommand(number, raw, line.book, line.cause, commands, note, debtor)


def _debtor(line: Line, known: dict[str, RegisterDebtor]) -> RegisterDebtor | None:
    """Return the registration of the line's debtor; the first line that names it dates it."""
    number = (line.customer or "").strip()
    if number and number not in known:
        name = (line.text("customer_name") or "").strip() or number
        segment = line.text("customer_segment")
        known[number] = RegisterDebtor(on=line.on, debtor=number, name=name, segment=segment)
    return known.get(number)
