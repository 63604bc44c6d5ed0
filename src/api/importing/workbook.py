"""Reads the first filled sheet of a workbook (XLSX, ECMA-376) as CSV.

A workbook is a zip of XML. Neither may grow without limit: the bytes that are unpacked are counted,
and those of the CSV, as a cell may repeat a long text or stand in the last of 16,384 columns. A
document type, by which entities could multiply, is refused.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from itertools import count
from typing import IO
from xml.parsers import expat

from api.importing.line_commands import CannotImport

MAGIC = b"PK\x03\x04"
MAX_UNPACKED = 300_000_000  # bytes of all parts that are read
MAX_WRITTEN = 100_000_000  # bytes of the CSV
MAX_EXPONENT = 308  # of a number, which is a double
MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384  # of a sheet, by the standard
PIECE = 1 << 16
DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}  # built-in formats
QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
DATED = re.compile(r"[dy]|m(?!\w*[#0])", re.IGNORECASE)
CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
EPOCH, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
DAMAGED = (zipfile.BadZipFile, zlib.error, expat.ExpatError, NotImplementedError, EOFError, OSError)
Begin = Callable[[str, dict[str, str]], None]
End = Callable[[str, str], None]


def as_csv(content: bytes) -> bytes:
    """Return the rows of the first sheet that has any. Raise ``CannotImport``."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return _Workbook(packed).csv()
    except DAMAGED as error:
        raise CannotImport(f"The workbook cannot be read: {error}.") from error
    except (RuntimeError, LookupError, ValueError) as error:
        if isinstance(error, CannotImport):
            raise
        raise CannotImport("The workbook cannot be read: it is locked or damaged.") from error


class _Workbook:
    """A workbook that is open, and how many bytes of it were unpacked."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self.packed, self.unpacked = packed, 0
        self.names = set(packed.namelist())
        self.shared = list[str]()
        self.dated = list[bool]()  # by style
        self.epoch = EPOCH

    def csv(self) -> bytes:
        self._read_workbook()
        self._read_shared()
        self._read_styles()
        sheets = sorted(
            (name for name in self.names if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)),
            key=lambda name: int(re.sub(r"\D", "", name)),
        )
        for name in sheets:
            if written := self._written(name):
                return written
        raise CannotImport("The workbook has no rows.")

    def _read_workbook(self) -> None:
        def begin(tag: str, attributes: dict[str, str]) -> None:
            if tag == "workbookPr" and attributes.get("date1904") in ("1", "true"):
                self.epoch = EPOCH_1904

        self._parse("xl/workbook.xml", begin, lambda _, __: None)

    def _read_shared(self) -> None:
        parts, phonetic = list[str](), [False]

        def begin(tag: str, _: dict[str, str]) -> None:
            phonetic[0] = phonetic[0] or tag == "rPh"

        def end(tag: str, text: str) -> None:
            if tag == "t" and not phonetic[0]:
                parts.append(text)
            elif tag == "rPh":
                phonetic[0] = False
            elif tag == "si":
                self.shared.append("".join(parts))
                parts.clear()

        self._parse("xl/sharedStrings.xml", begin, end)

    def _read_styles(self) -> None:
        custom, inside = dict[int, bool](), [False]

        def begin(tag: str, attributes: dict[str, str]) -> None:
            if tag == "numFmt":
                form = QUOTED.sub("", attributes.get("formatCode", ""))
                custom[int(attributes.get("numFmtId", 0))] = bool(DATED.search(form))
            elif tag == "cellXfs":
                inside[0] = True
            elif tag == "xf" and inside[0]:
                number = int(attributes.get("numFmtId", 0))
                self.dated.append(custom.get(number, number in DATES))

        def end(tag: str, _: str) -> None:
            inside[0] = inside[0] and tag != "cellXfs"

        self._parse("xl/styles.xml", begin, end)

    def _written(self, name: str) -> bytes:
        """Return the rows of a sheet that have anything, as CSV."""
        out = io.BytesIO()
        table = io.TextIOWrapper(out, "utf-8", "replace", newline="")
        rows = csv.writer(table)

        def write(row: list[str]) -> None:
            if any(row):
                rows.writerow(row)
                if out.tell() > MAX_WRITTEN:
                    raise CannotImport(f"The workbook has more than {MAX_WRITTEN:,} bytes of text.")

        self._read_rows(name, write)
        table.flush()
        return out.getvalue()

    def _read_rows(self, name: str, write: Callable[[list[str]], None]) -> None:
        rows, row = count(1), list[str]()
        cell: dict[str, str] = {}
        texts = list[str]()

        def begin(tag: str, attributes: dict[str, str]) -> None:
            if tag == "row":
                row.clear()
            elif tag == "c":
                cell.clear()
                cell.update(attributes)
                texts.clear()

        def end(tag: str, text: str) -> None:
            if tag in ("v", "t"):
                texts.append(text)
            elif tag == "c":
                at = _column(cell.get("r", ""), len(row))
                row.extend([""] * (at + 1 - len(row)))
                row[at] = self._value(cell, "".join(texts))
            elif tag == "row":
                if next(rows) > MAX_ROWS:
                    raise CannotImport("The workbook has too many rows.")
                write(row)

        self._parse(name, begin, end)

    def _value(self, cell: dict[str, str], text: str) -> str:
        kind, style = cell.get("t", "n"), int(cell.get("s", 0))
        if kind == "s":
            return self.shared[int(text)] if text else ""
        if kind == "d":
            return text[:10]
        if kind != "n" or not text:
            return {"1": "yes", "0": "no"}.get(text, text) if kind == "b" else text
        try:
            number = Decimal(text)
        except InvalidOperation:
            return text
        if not number.is_finite() or abs(number.adjusted()) > MAX_EXPONENT:
            return text
        if style < len(self.dated) and self.dated[style] and 0 < number < 2_958_466:
            return (self.epoch + timedelta(days=int(number))).isoformat()
        return _plain(number)

    def _parse(self, name: str, begin: Begin, end: End) -> None:
        """Read a part of the workbook; without the part there is nothing to read."""
        if name not in self.names:
            return
        text = list[str]()

        def began(tag: str, attributes: dict[str, str]) -> None:
            text.clear()
            begin(tag.rpartition(" ")[2], attributes)

        def ended(tag: str) -> None:
            end(tag.rpartition(" ")[2], "".join(text))
            text.clear()

        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = began
        parser.EndElementHandler = ended
        parser.CharacterDataHandler = text.append
        parser.StartDoctypeDeclHandler = _refuse_doctype
        with self.packed.open(name) as part:
            for piece in self._pieces(part):
                parser.Parse(piece, False)
            parser.Parse(b"", True)

    def _pieces(self, part: IO[bytes]) -> Iterator[bytes]:
        while piece := part.read(PIECE):
            self.unpacked += len(piece)
            if self.unpacked > MAX_UNPACKED:
                raise CannotImport(f"The workbook unpacks to more than {MAX_UNPACKED:,} bytes.")
            yield piece


def _refuse_doctype(*_: object) -> None:
    raise CannotImport("The workbook has a document type, which no workbook needs.")


def _column(reference: str, following: int) -> int:
    """Return the number of a cell's column; the next if the cell does not name it."""
    found = CELL.fullmatch(reference)
    if not found:
        return following
    number = 0
    for letter in found[1]:
        number = 26 * number + ord(letter) - 64
    if number > MAX_COLUMNS:
        raise CannotImport("The workbook has too many columns.")
    return number - 1


def _plain(number: Decimal) -> str:
    """Return the number without an exponent, as it was typed: a workbook stores 0.1 + 0.2."""
    rounded = number.quantize(Decimal("0.000001")) if number.adjusted() < 15 else number
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
