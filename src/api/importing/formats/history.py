"""Reads a history: JSON Lines of business events from another system."""

from contextlib import suppress
from functools import partial
from typing import Any

import msgspec
from pydantic import ValidationError

from api.importing.formats.history_commands import TYPES, Terms, noted, translate
from api.importing.formats.history_line import Line
from api.importing.line_commands import InvalidLine, LineCommand, LineCommands, Reject
from api.importing.source import Source
from commands.debtors.registration import RegisterDebtor

NAMES = {  # of a line, for the fields of commands and events
    "on": "at",
    "due_on": "data.due",
    "instalments": "data.due",
    "debtor": "customer",
    "number": "invoice",
    "business_unit": "data.company",
    "name": "data.customer_name",
    "segment": "data.customer_segment",
    "contested": "amount",
    "charge": "data.charge",
    **{
        name: f"data.{name}"
        for name in ("reason", "comment", "outcome", "resolver", "channel", "agency", "method")
    },
    "reference": "data.reference",
    "credit_note": "data.credit_note",
}


def read_lines(source: Source, terms: Terms) -> LineCommands:
    """Yield the command or the reject of each line; skip blank lines."""
    decode = msgspec.json.Decoder(Line).decode
    debtors: dict[str, RegisterDebtor] = {}
    for number, raw in enumerate(source.lines(), 1):
        if not raw.strip():
            continue
        try:
            yield (_command(decode(raw), number, raw, terms, debtors),)
        except UnicodeDecodeError:
            why = "is not written in UTF-8, as JSON is"
            yield Reject.of(number, InvalidLine(why, _undecodable(raw)), raw)
        except (InvalidLine, ValidationError, msgspec.MsgspecError, ValueError) as error:
            yield Reject.of(number, error, raw, NAMES)


def _command(
    line: Line, number: int, raw: bytes, terms: Terms, debtors: dict[str, RegisterDebtor]
) -> LineCommand:
    if line.type not in TYPES:
        raise InvalidLine(f"{line.type!r} is not one of the types: {', '.join(TYPES)}.", "type")
    for name, text in (("source", line.source), ("invoice", line.invoice)):
        if "\0" in text:
            raise InvalidLine("has the character NUL, which is not allowed", name)
    return LineCommand(
        number,
        raw,
        line.book,
        line.cause,
        partial(translate, line, terms),
        None if line.type == "invoice-issued" else partial(noted, line),
        _debtor(line, debtors),
        NAMES,
        f"{line.source}:{line.invoice}",
        line.seq,
        frozenset(line.assumed),
    )


def _undecodable(raw: bytes) -> str | None:
    """Return the first field whose text is not UTF-8."""
    with suppress(msgspec.MsgspecError):
        fields: dict[str, Any] = msgspec.json.decode(raw.decode(errors="replace"), type=dict)
        for name, value in fields.items():
            for field, text in ({name: value} | _within(name, value)).items():
                if isinstance(text, str) and "\N{REPLACEMENT CHARACTER}" in text:
                    return field
    return None


def _within(name: str, value: Any) -> dict[str, Any]:
    return {f"{name}.{key}": text for key, text in value.items()} if isinstance(value, dict) else {}


def _debtor(line: Line, known: dict[str, RegisterDebtor]) -> RegisterDebtor | None:
    """Return the registration of the line's debtor; the first line that names it dates it."""
    number = (line.customer or "").strip()
    if number and number not in known:
        name = (line.text("customer_name") or "").strip() or number
        segment = line.text("customer_segment")
        known[number] = RegisterDebtor(on=line.on, debtor=number, name=name, segment=segment)
    return known.get(number)
