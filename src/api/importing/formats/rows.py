"""A list of open items, row by row."""

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from api.importing.formats.layout import Layout, yes
from api.importing.line_commands import (
    CannotImport,
    InvalidLine,
    RawLine,
    Reject,
    validation_message,
)
from api.importing.source import Source


@dataclass(frozen=True, slots=True)
class Item:
    """One row. ``where`` names file and line, for the entries that follow from it."""

    line: int
    raw: RawLine
    where: str
    invoice: str
    debtor: str
    debtor_name: str
    amount: Decimal | None
    open_amount: Decimal | None
    currency: str
    issued: date
    due: date
    settled: date | None
    disputed: bool
    collector: str
    business_unit: str
    purchase_order: str | None
    segment: str  # of the debtor


def items(source: Source, layout: Layout) -> Iterator[Item | Reject]:
    """Each row; a number that the list has twice counts once. Raises ``CannotImport``."""
    layout.check()
    seen: dict[str, int] = {}
    for line, row in _rows(source, layout):
        try:
            item = _item(source, layout, line, row)
            if item.invoice in seen:
                raise InvalidLine(f"is on line {seen[item.invoice]} already", "invoice")
        except InvalidLine as error:
            yield Reject(line, *validation_message(error), row)
        else:
            seen[item.invoice] = line
            yield item


def number_of(reject: Reject, layout: Layout) -> str:
    """The invoice that a rejected row is about; empty when that cannot be told."""
    return reject.raw.get(layout.columns["invoice"], "") if isinstance(reject.raw, dict) else ""


def _rows(source: Source, layout: Layout) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(_text(source, layout.encoding), delimiter=layout.delimiter)
    try:
        header = [name.strip() for name in next(reader, [])]
        _all_there(source, layout, header)
        for row in reader:
            if any(cell.strip() for cell in row):
                cells = [cell.strip() for cell in row] + [""] * (len(header) - len(row))
                yield reader.line_num, dict(zip(header, cells, strict=False))
    except csv.Error as error:
        raise CannotImport(f"{source.name}, line {reader.line_num}: {error}.") from error


def _all_there(source: Source, layout: Layout, header: list[str]) -> None:
    missing = [column for column in layout.columns.values() if column not in header]
    if missing:
        raise CannotImport(
            f"{source.name} has no column {', '.join(missing)}. It has: {', '.join(header)}."
            + (" Is the --delimiter right?" if len(header) == 1 else "")
        )


def _text(source: Source, encoding: str) -> Iterator[str]:
    """Lines of text; also of an encoding in which a line's end is more than one byte."""
    rest, number = "", 1
    try:
        for piece in codecs.iterdecode(source.lines(), encoding):
            *lines, rest = (rest + piece).split("\n")
            for line in lines:
                yield line + "\n"
            number += len(lines)
    except UnicodeError as error:
        raise CannotImport(
            f"{source.name}, line {number}, is not written in {encoding}: {error}."
            " Say --encoding, such as cp1252 or utf-16."
        ) from error
    except LookupError as error:
        raise CannotImport(f"There is no encoding {encoding!r}.") from error
    if rest:
        yield rest


def _item(source: Source, layout: Layout, line: int, row: dict[str, str]) -> Item:
    said = {name: row[column] for name, column in layout.columns.items()}
    issued, due = _days(layout, said)
    return Item(
        line=line,
        raw=row,
        where=f"{source.name}:{line}",
        invoice=_number(said, "invoice") or _missing("invoice"),
        debtor=_number(said, "debtor"),
        debtor_name=said.get("debtor_name", ""),
        amount=_claim(layout, said, "amount"),
        open_amount=_claim(layout, said, "open_amount"),
        currency=said.get("currency", "").upper() or layout.currency,
        issued=issued,
        due=due,
        settled=layout.day(said.get("settled", ""), "settled"),
        disputed=yes(said.get("disputed", ""), "disputed"),
        collector=said.get("collector", ""),
        business_unit=said.get("business_unit", ""),
        purchase_order=said.get("purchase_order") or None,
        segment=said.get("segment", ""),
    )


def _days(layout: Layout, said: dict[str, str]) -> tuple[date, date]:
    """Issued and due; one follows from the other by the terms."""
    issued = layout.day(said.get("issued", ""), "issued")
    due = layout.day(said.get("due", ""), "due")
    if issued and due:
        return issued, due
    if layout.terms is None or not (issued or due):
        missing = "due" if issued else "issued"
        raise InvalidLine("is missing; map it, or say how it follows with --terms DAYS", missing)
    days = timedelta(days=layout.terms)
    try:
        return issued or (due or date.max) - days, due or (issued or date.min) + days
    except OverflowError:
        raise InvalidLine(
            "has no date so many --terms DAYS away", "due" if due else "issued"
        ) from None


def _claim(layout: Layout, said: dict[str, str], field: str) -> Decimal | None:
    amount = layout.money(said.get(field, ""), field)
    if amount is not None and amount < 0:
        raise InvalidLine(f"{amount} is below zero: a credit is no open invoice", field)
    if amount is None and field in layout.columns and field != "amount":
        _missing(field)
    return amount


def _number(said: dict[str, str], field: str) -> str:
    number = said.get(field, "")
    if len(number) > 100 or "\0" in number:
        raise InvalidLine("has more than 100 characters, or one that is not allowed", field)
    return number


def _missing(field: str) -> str:
    raise InvalidLine("is empty", field)
