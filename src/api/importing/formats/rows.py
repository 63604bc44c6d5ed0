"""Reads the rows of a list of open items."""

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from api.importing.formats.layout import Layout, yes
from api.importing.line_commands import CannotImport, InvalidLine, RawLine, Reject
from api.importing.source import Source
from commands.fields import composed, visible

MAX_LINE = 1 << 20  # characters


@dataclass(frozen=True, slots=True)
class Item:
    """A row; ``where`` is its file and line, which its entries name."""

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
    """Yield each row; reject a number that was listed before. Raise ``CannotImport``."""
    layout.check()
    seen: dict[str, int] = {}
    for line, row in _rows(source, layout):
        try:
            item = _item(source, layout, line, row)
            if item.invoice in seen:
                raise InvalidLine(f"is on line {seen[item.invoice]} already", "invoice")
        except InvalidLine as error:
            yield Reject.of(line, error, row)
        else:
            seen[item.invoice] = line
            yield item


def number_of(reject: Reject, layout: Layout) -> str:
    """Return the invoice number of a rejected row; empty if it cannot be read."""
    return reject.raw.get(layout.columns["invoice"], "") if isinstance(reject.raw, dict) else ""


def _rows(source: Source, layout: Layout) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(_text(source, layout.encoding), delimiter=layout.delimiter)
    try:
        header = [name.strip() for name in next(reader, [])]
        _check_columns(source, layout, header)
        for row in reader:
            if any(cell.strip() for cell in row):
                cells = [cell.strip() for cell in row] + [""] * (len(header) - len(row))
                yield reader.line_num, dict(zip(header, cells, strict=False))
    except csv.Error as error:
        raise CannotImport(f"{source.name}, line {reader.line_num}: {error}.") from error


def _check_columns(source: Source, layout: Layout, header: list[str]) -> None:
    missing = [column for column in layout.columns.values() if column not in header]
    if missing:
        raise CannotImport(
            f"{source.name} has no column {', '.join(missing)}. It has: {', '.join(header)}."
            + (" Is the --delimiter right?" if len(header) == 1 else "")
        )


def _text(source: Source, encoding: str) -> Iterator[str]:
    """Yield lines of text, also where the encoding writes a line's end as several bytes."""
    pieces, length, number = list[str](), 0, 1  # of the line that has not ended yet
    try:
        for piece in codecs.iterdecode(source.lines(), encoding):
            *ended, rest = piece.split("\n")
            for line in ended:
                yield "".join([*pieces, line, "\n"])
                pieces, length, number = [], 0, number + 1
            pieces.append(rest)
            length += len(rest)
            if length > MAX_LINE:
                raise CannotImport(
                    f"{source.name}, line {number}: longer than {MAX_LINE:,} characters."
                )
    except UnicodeError as error:
        raise CannotImport(
            f"{source.name}, line {number}, is not written in {encoding}: {error}."
            " Set --encoding, such as cp1252 or utf-16."
        ) from error
    if length:
        yield "".join(pieces)


def _item(source: Source, layout: Layout, line: int, row: dict[str, str]) -> Item:
    cells = {name: row[column] for name, column in layout.columns.items()}
    issued, due = _days(layout, cells)
    return Item(
        line=line,
        raw=row,
        where=f"{source.name}:{line}",
        invoice=_number(cells, "invoice") or _missing("invoice"),
        debtor=_number(cells, "debtor"),
        debtor_name=cells.get("debtor_name", ""),
        amount=_claim(layout, cells, "amount"),
        open_amount=_claim(layout, cells, "open_amount"),
        currency=cells.get("currency", "").upper() or layout.currency,
        issued=issued,
        due=due,
        settled=layout.day(cells.get("settled", ""), "settled"),
        disputed=yes(cells.get("disputed", ""), "disputed"),
        collector=cells.get("collector", ""),
        business_unit=cells.get("business_unit", ""),
        purchase_order=cells.get("purchase_order") or None,
        segment=cells.get("segment", ""),
    )


def _days(layout: Layout, cells: dict[str, str]) -> tuple[date, date]:
    """Return the issue and due dates; the terms give a missing date."""
    issued = layout.day(cells.get("issued", ""), "issued")
    due = layout.day(cells.get("due", ""), "due")
    if issued and due:
        return issued, due
    if layout.terms is None or not (issued or due):
        missing = "due" if issued else "issued"
        raise InvalidLine("is missing; map it, or set --terms DAYS", missing)
    days = timedelta(days=layout.terms)
    try:
        return issued or (due or date.max) - days, due or (issued or date.min) + days
    except OverflowError:
        field = "due" if due else "issued"
        raise InvalidLine("has no date so many --terms DAYS away", field) from None


def _claim(layout: Layout, cells: dict[str, str], field: str) -> Decimal | None:
    amount = layout.money(cells.get(field, ""), field)
    if amount is not None and amount < 0:
        raise InvalidLine(f"{amount} is below zero: a credit is not an open invoice", field)
    if amount is None and field in layout.columns and field != "amount":
        _missing(field)
    return amount


def _number(cells: dict[str, str], field: str) -> str:
    number = composed(cells.get(field, ""))
    if len(number) > 100 or "\0" in number:
        raise InvalidLine("has more than 100 characters, or a character that is not allowed", field)
    try:
        return visible(number)
    except ValueError as error:
        raise InvalidLine(str(error), field) from None


def _missing(field: str) -> str:
    raise InvalidLine("is empty", field)
