"""Reads the rows of a list of open items."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from api.importing.formats import csv_rows
from api.importing.formats.layout import Layout, yes
from api.importing.line_commands import CannotImport, InvalidLine, RawLine, RawRow, Reject
from api.importing.source import Source
from commands.debtors.registration import RegisterDebtor
from commands.fields import composed, visible

NAMES = {"on": "issued", "due_on": "due", "name": "debtor_name"}  # of fields of commands
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
    due_listed: bool  # False: it follows from the terms
    settled: date | None
    disputed: bool
    collector: str
    business_unit: str
    purchase_order: str | None
    segment: str  # of the debtor


class ListReader:
    """Reads a list: its rows as cells, and the item that the cells of a row make."""

    def __init__(self, source: Source, layout: Layout) -> None:
        """Raise ``CannotImport`` when no list can be read with the layout."""
        layout.check()
        self.source, self.layout = source, layout
        self.header = list[str]()
        self.debtors = dict[str, RegisterDebtor]()  # that the rows named so far
        self.names = dict[str, str]()  # the file's own name for a field of a list or a command
        self.cut_off = False  # the last line has no end
        self._at = dict[str, int]()  # field: number of its cell

    def items(self) -> Iterator[Item | Reject]:
        """Yield each row; reject a number that was listed before. Raise ``CannotImport``."""
        seen: dict[str, int] = {}
        for row in self.rows():
            if isinstance(row, Reject):
                yield row
                continue
            try:
                item = self.item(*row)
                if (before := seen.setdefault(item.invoice, item.line)) != item.line:
                    raise InvalidLine(f"is on line {before} already", "invoice")
            except InvalidLine as error:
                yield self.reject(*row, error)
            else:
                yield item

    def rows(self) -> Iterator[tuple[int, list[str]] | Reject]:
        """Yield the line and the cells of each row. Raise ``CannotImport``."""
        found = csv_rows.read(self._text(), self.layout.delimiter)
        for row in found:
            if not self.header:
                self._begin([_clean(name).strip() for name in row.cells or ()])
            elif row.cells is None:
                broken = InvalidLine(csv_rows.UNCLOSED, self._unclosed(row.text))
                yield Reject.of(row.line, broken, RawRow(self.header, [_clean(row.text)]))
            elif error := self._unfit(row.cells):
                cells = [_clean(cell) for cell in row.cells]
                yield self.reject(row.line, cells, error)
            else:
                yield row.line, [cell.strip() for cell in row.cells]

    def item(self, line: int, cells: list[str]) -> Item:
        """Return the item of a row. Raise ``InvalidLine``."""
        many = len(cells)
        given = {name: cells[at] if at < many else "" for name, at in self._at.items()}
        layout = self.layout
        issued, due = _days(layout, given)
        currency = given.get("currency", "").upper() or layout.currency
        return Item(
            line=line,
            raw=RawRow(self.header, cells),
            where=f"{self.source.name}:{line}",
            invoice=_number(given, "invoice") or _missing("invoice"),
            debtor=_number(given, "debtor"),
            debtor_name=given.get("debtor_name", ""),
            amount=_claim(layout, given, "amount", currency),
            open_amount=_claim(layout, given, "open_amount", currency),
            currency=currency,
            issued=issued,
            due=due,
            due_listed=bool(given.get("due")),
            settled=layout.day(given.get("settled", ""), "settled"),
            disputed=yes(given.get("disputed", ""), "disputed"),
            collector=given.get("collector", ""),
            business_unit=given.get("business_unit", ""),
            purchase_order=given.get("purchase_order") or None,
            segment=given.get("segment", ""),
        )

    def reject(self, line: int, cells: list[str], error: InvalidLine) -> Reject:
        """Return the rejected row, with the file's own name for the field."""
        return Reject.of(line, error, RawRow(self.header, cells), self.names)

    def number_of(self, reject: Reject) -> str:
        """Return the invoice number of a rejected row; empty if it cannot be read."""
        cells, at = getattr(reject.raw, "cells", []), self._at["invoice"]
        return cells[at] if at < len(cells) else ""

    def _begin(self, header: list[str]) -> None:
        """Find the column of each field. Raise ``CannotImport``."""
        self.header, name = header, self.source.name
        wanted = self._wanted(header)
        if missing := [column for column in wanted.values() if column not in header]:
            raise CannotImport(
                f"{name} has no column {', '.join(missing)}. It has: {', '.join(header) or 'none'}."
                + (" Is the --delimiter right?" if len(header) == 1 else "")
            )
        if doubled := [column for column in wanted.values() if header.count(column) > 1]:
            raise CannotImport(
                f"{name} has the column {', '.join(doubled)} more than once:"
                " remove or rename all but the one that counts."
            )
        amount = wanted.get("amount") or wanted["open_amount"]
        ours = {name: wanted[field] for name, field in NAMES.items() if field in wanted}
        self.names = {"amount": amount} | ours | wanted
        self._at = {field: header.index(column) for field, column in wanted.items()}

    def _wanted(self, header: list[str]) -> dict[str, str]:
        """Return the column of each field, by the name that this file has for it."""
        layout, found = self.layout, dict[str, str]()
        for field, column in layout.columns.items():
            other = layout.also.get(field, column)
            found[field] = other if column not in header and other in header else column
        return {field: c for field, c in layout.optional.items() if c in header} | found

    def _unfit(self, cells: list[str]) -> InvalidLine | None:
        """Return why the cells cannot be a row, if they cannot."""
        if len(cells) > len(self.header) and any(map(str.strip, cells[len(self.header) :])):
            why = f"the line has {len(cells)} values for {len(self.header)} columns"
            return InvalidLine(why, self.header[-1])
        whole = "".join(cells)
        if "\0" not in whole and (whole.isascii() or _clean(whole) == whole):
            return None
        for name, cell in zip(self.header, cells, strict=False):
            if "\0" in cell:
                return InvalidLine("has the character NUL, which is not allowed", name)
            if _clean(cell) != cell:
                encoding = self.layout.encoding
                why = f"is not written in {encoding}; set --encoding, such as cp1252"
                return InvalidLine(why, name)
        return None

    def _unclosed(self, text: str) -> str | None:
        """Return the column of the last quotation mark of a line."""
        before = text.rpartition('"')[0].count(self.layout.delimiter)
        return self.header[before] if before < len(self.header) else None

    def _text(self) -> Iterator[str]:
        """Yield lines of text, also where the encoding writes a line's end as several bytes.

        Bytes that are not of the encoding become lone surrogates.
        """
        begun, length, number = list[str](), 0, 1  # of the line that has not ended yet
        try:
            pieces = codecs.iterdecode(self.source.lines(), self.layout.encoding, "surrogateescape")
            for piece in pieces:
                *ended, rest = piece.split("\n")
                for line in ended:
                    yield "".join([*begun, line, "\n"])
                    begun, length, number = [], 0, number + 1
                begun.append(rest)
                length += len(rest)
                if length > MAX_LINE:
                    raise CannotImport(
                        f"{self.source.name}, line {number}: longer than {MAX_LINE:,} characters."
                    )
        except UnicodeError as error:
            raise CannotImport(
                f"{self.source.name}, line {number}, is not written in {self.layout.encoding}:"
                f" {error}. Set --encoding, such as cp1252 or utf-16."
            ) from error
        if length:
            self.cut_off = True
            yield "".join(begun)


def _clean(text: str) -> str:
    """Return the text as it can be shown: bytes that are not of its encoding become �."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


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


def _claim(layout: Layout, cells: dict[str, str], field: str, currency: str) -> Decimal | None:
    amount = layout.money(cells.get(field, ""), field, currency)
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
