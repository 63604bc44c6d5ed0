"""A history, line by line: JSON Lines of what another system knows to have happened."""

from functools import partial

import msgspec
from pydantic import ValidationError

from api.importing.formats.history_commands import TYPES, Terms, noted, translate
from api.importing.formats.history_line import Line
from api.importing.line_commands import Bad, Reject, Wish, Wishes, what_is_wrong
from api.importing.source import Source
from commands.debtors.registration import RegisterDebtor


def wishes(source: Source, terms: Terms) -> Wishes:
    """Each line as a wish or a reject; blank lines are nothing."""
    decode = msgspec.json.Decoder(Line).decode
    debtors: dict[str, RegisterDebtor] = {}
    for number, raw in enumerate(source.lines(), 1):
        if not raw.strip():
            continue
        try:
            yield (_wish(decode(raw), number, raw, terms, debtors),)
        except (Bad, ValidationError, msgspec.MsgspecError) as error:
            yield Reject(number, *what_is_wrong(error), raw)


def _wish(
    line: Line, number: int, raw: bytes, terms: Terms, debtors: dict[str, RegisterDebtor]
) -> Wish:
    if line.type not in TYPES:
        raise Bad(f"{line.type!r} is none of the types: {', '.join(TYPES)}.", "type")
    return Wish(
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
