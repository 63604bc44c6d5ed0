"""A history, line by line: JSON Lines of what another system knows to have happened."""

from functools import partial

import msgspec
from pydantic import ValidationError

from api.importing.formats.history_commands import TYPES, Terms, noted, translate
from api.importing.formats.history_line import Line
from api.importing.line_commands import (
    InvalidLine,
    LineCommand,
    LineCommands,
    Reject,
    validation_message,
)
from api.importing.source import Source
from commands.debtors.registration import RegisterDebtor


def read_lines(source: Source, terms: Terms) -> LineCommands:
    """Each line as a wish or a reject; blank lines are nothing."""
    decode = msgspec.json.Decoder(Line).decode
    debtors: dict[str, RegisterDebtor] = {}
    for number, raw in enumerate(source.lines(), 1):
        if not raw.strip():
            continue
        try:
            yield (_wish(decode(raw), number, raw, terms, debtors),)
        except (InvalidLine, ValidationError, msgspec.MsgspecError) as error:
            yield Reject(number, *validation_message(error), raw)


def _wish(
    line: Line, number: int, raw: bytes, terms: Terms, debtors: dict[str, RegisterDebtor]
) -> LineCommand:
    if line.type not in TYPES:
        raise InvalidLine(f"{line.type!r} is none of the types: {', '.join(TYPES)}.", "type")
    return LineCommand(
        number,
        raw,
        line.book,
        line.cause,
        partial(translate, line, terms),
        None if line.type == "invoice-issued" else partial(noted, line),
        _debtor(line, debtors),
    )


def _debtor(line: Line, known: dict[str, RegisterDebtor]) -> RegisterDebtor | None:
    """The first line that names a debtor says when it was known and what it is called."""
    number = (line.customer or "").strip()
    if number and number not in known:
        name = (line.text("customer_name") or "").strip() or number
        segment = line.text("customer_segment")
        known[number] = RegisterDebtor(on=line.on, debtor=number, name=name, segment=segment)
    return known.get(number)
