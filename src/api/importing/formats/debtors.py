"""Reads a list of debtors: each row registers a debtor, or corrects what differs from before."""

import re
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any, ClassVar, NamedTuple

from api.importing.formats.debtor_layouts import OF_PERSON, PERSONS
from api.importing.formats.layout import Layout
from api.importing.formats.table import TableReader, missing, number_in
from api.importing.line_commands import InvalidLine, LineCommand, LineCommands, RawRow, Reject
from api.importing.source import Source
from commands.command import Command
from commands.debtors.registration import CorrectDebtor, RegisterDebtor
from commands.fields import composed, legible
from ledger.facts.books import DEBTOR
from ledger.facts.debtor import Debtor
from ledger.facts.debtor_events import ContactPerson
from ledger.policy.postal_address import address_lines

LANGUAGE = re.compile(r"([A-Za-z]{2,3})([-_].*)?", re.ASCII)  # of which the first part is kept
COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)


class Row(NamedTuple):
    """A debtor of the list; an empty cell is no detail."""

    where: str  # file and line
    number: str
    details: dict[str, Any]


class DebtorReader(TableReader):
    """Reads a list of debtors, and remembers the numbers that are in it."""

    also_named: ClassVar = {"debtor": "number"}

    def __init__(self, source: Source, layout: Layout) -> None:
        super().__init__(source, layout)
        self.listed = dict[str, int]()  # line by number

    def lines(self, on: date, whole: bool = True) -> LineCommands:
        """Yield the commands or the reject of each row; if the list is to be ``whole``, a last
        line without an end is rejected. Raise ``CannotImport``.
        """
        self.listed = {}
        for row in self.rows():
            if isinstance(row, Reject):
                yield row
                continue
            line, cells = row
            try:
                if whole and self.cut_off:
                    raise InvalidLine("the last line has no end: the file may be cut off")
                found = self.row(line, cells)
                if (before := self.listed.setdefault(found.number, line)) != line:
                    raise InvalidLine(f"is on line {before} already", "number")
            except InvalidLine as error:
                yield self.reject(line, cells, error)
                continue
            raw, commands = RawRow(self.header, cells), partial(_commands, found, on)
            about = (line, raw, found.number)
            yield (LineCommand(*about, None, commands, names=self.names, kind=DEBTOR),)

    def row(self, line: int, cells: list[str]) -> Row:
        """Return the debtor of a row. Raise ``InvalidLine``."""
        given = {name: composed(cell) for name, cell in self.given(cells).items()}
        number = number_in(given, "number") or missing("number")
        country = _country(given.get("country", ""))
        street, postcode, city = (given.get(name, "") for name in ("street", "postcode", "city"))
        details: dict[str, Any] = {
            "name": legible(given.get("name", "")),
            "address": given.get("address") or address_lines(street, postcode, city, country),
            "country": country,
            "language": _language(given.get("language", "")),
            "persons": _persons(given),
        }
        for name in ("email", "phone", "vat_id", "segment", "collector"):
            details[name] = given.get(name, "")
        known = {name: value for name, value in details.items() if value}
        return Row(f"{self.source.name}:{line}", number, known)


def _commands(row: Row, on: date, debtor: Debtor) -> Sequence[Command]:
    """Return the registration, or the correction of what differs, if anything does."""
    if not debtor.known:
        details = {"name": row.number} | row.details
        return (RegisterDebtor(on=on, debtor=row.number, **_given(details)),)
    changed = {name: value for name, value in row.details.items() if value != getattr(debtor, name)}
    if not changed:
        return ()
    why = f"{row.where} lists it so."
    return (CorrectDebtor(on=on, debtor=row.number, why=why, **_given(changed)),)


def _given(details: dict[str, Any]) -> dict[str, Any]:
    """Return the details as a command has them."""
    if "persons" not in details:
        return details
    persons = [{name: getattr(person, name) for name in OF_PERSON} for person in details["persons"]]
    return details | {"persons": persons}


def _persons(given: dict[str, str]) -> tuple[ContactPerson, ...]:
    found = list[ContactPerson]()
    for nth in range(1, PERSONS + 1):
        cells = {name: given.get(f"contact{nth}_{name}", "") for name in OF_PERSON}
        if any(cells.values()):
            found.append(ContactPerson(**cells))
    return tuple(found)


def _country(text: str) -> str:
    code = text.upper()
    if text and not COUNTRY.fullmatch(code):
        raise InvalidLine(f"{text!r} is not the code of a country, such as NL", "country")
    return code


def _language(text: str) -> str:
    found = LANGUAGE.fullmatch(text)
    if text and not found:
        raise InvalidLine(f"{text!r} is not the code of a language, such as nl", "language")
    return found[1].lower() if found else ""
