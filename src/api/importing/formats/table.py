"""Reads the rows of a table in CSV: a list of open items, or of debtors."""

import codecs
from collections.abc import Iterator, Mapping
from typing import ClassVar, NoReturn

from api.importing.formats import csv_rows
from api.importing.formats.layout import Layout
from api.importing.line_commands import CannotImport, InvalidLine, RawRow, Reject
from api.importing.source import Source
from commands.fields import composed, visible

MAX_LINE = 1 << 20  # characters


class TableReader:
    """Reads a table: its rows as cells, and the cells of a row by the names of our fields."""

    also_named: ClassVar[Mapping[str, str]] = {}  # fields of commands: the field of the layout

    def __init__(self, source: Source, layout: Layout) -> None:
        """Raise ``CannotImport`` when no table can be read with the layout."""
        layout.check()
        self.source, self.layout = source, layout
        self.header = list[str]()
        self.names = dict[str, str]()  # the file's own name for a field of a table or a command
        self.columns = dict[str, str]()  # the column of each field
        self.cut_off = False  # the last line has no end
        self._at = dict[str, int]()  # field: number of its cell

    def rows(self) -> Iterator[tuple[int, list[str]] | Reject]:
        """Yield the line and the cells of each row. Raise ``CannotImport``."""
        self.header, self.cut_off = [], False
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

    def given(self, cells: list[str]) -> dict[str, str]:
        """Return the cells of a row by field, with the words of the layout translated."""
        many, words = len(cells), self.layout.words
        given = {name: cells[at] if at < many else "" for name, at in self._at.items()}
        for name in words.keys() & given.keys():
            given[name] = words[name].get(given[name].casefold(), given[name])
        return given

    def reject(self, line: int, cells: list[str], error: InvalidLine) -> Reject:
        """Return the rejected row, with the file's own name for the field."""
        return Reject.of(line, error, RawRow(self.header, cells), self.names)

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
        ours = {n: wanted[field] for n, field in self.also_named.items() if field in wanted}
        self.names, self.columns = ours | wanted, wanted
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


def number_in(cells: dict[str, str], field: str) -> str:
    number = composed(cells.get(field, ""))
    if len(number) > 100 or "\0" in number:
        raise InvalidLine("has more than 100 characters, or a character that is not allowed", field)
    try:
        return visible(number)
    except ValueError as error:
        raise InvalidLine(str(error), field) from None


def missing(field: str) -> NoReturn:
    raise InvalidLine("is empty", field)
