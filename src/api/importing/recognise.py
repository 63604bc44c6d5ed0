"""Recognises a table that nobody described: its text, columns, kind, and forms of days and amounts.

A guess is only proposed: a person sees it beside the first rows before anything is checked.
"""

import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from api.importing import workbook
from api.importing.formats import csv_rows
from api.importing.formats.column_names import DEBTORS, ITEMS, MARKS, plain_name
from api.importing.formats.debtor_layouts import DEBTOR_PROFILES
from api.importing.formats.layout import Layout, parsed
from api.importing.formats.profiles import PROFILES
from api.importing.line_commands import CannotImport
from api.importing.options import Format, ImportOptions

DELIMITERS = "\t;,|"
DATE_FORMS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y%m%d", "%m/%d/%Y", "%Y/%m/%d")
DAYS = ("issued", "due", "settled")
PAYMENTS = "=payment"  # the type of every line that names none
LOOKED_AT = 200  # rows
MAX_UNPACKED = 100_000_000


class Found(NamedTuple):
    """A table as text, with the names of its columns and its first rows."""

    content: bytes  # UTF-8
    delimiter: str
    header: list[str]
    rows: list[list[str]]


def table_in(content: bytes) -> Found:
    """Return the table of a file, or of rows that were pasted. Raise ``CannotImport``."""
    text = _text(content)
    delimiter = _delimiter(text)
    found = csv_rows.read(io.StringIO(text[: 1 << 20], newline=""), delimiter)
    header, rows = list[str](), list[list[str]]()
    for row in found:
        if not header:
            header = [cell.strip() for cell in row.cells or [""]]
        elif row.cells:
            rows.append([cell.strip() for cell in row.cells])
        if len(rows) >= LOOKED_AT:
            break
    if len(header) < 2 or not rows or "\0" in "".join(header):
        raise CannotImport("There is no table in it: a line of column names, then rows.")
    return Found(text.encode(), delimiter, header, rows)


def options_for(found: Found) -> ImportOptions:
    """Return how the table seems to be meant."""
    for name, layout in {**PROFILES, **DEBTOR_PROFILES}.items():
        if name != "generic" and _has_all(found.header, layout):
            debtors = name in DEBTOR_PROFILES
            return ImportOptions(
                format=Format.DEBTORS if debtors else Format.OPEN_ITEMS,
                profile=name,
                delimiter=found.delimiter,
            )
    kind = _kind(found.header)
    columns = _columns(found.header, DEBTORS if kind == "debtors" else ITEMS)
    if kind == "debtors" and "number" not in columns and "debtor" in columns:
        columns["number"] = columns.pop("debtor")
    return ImportOptions(
        format=Format.DEBTORS if kind == "debtors" else Format.OPEN_ITEMS,
        map=[f"{field}={column}" for field, column in columns.items()],
        type=[PAYMENTS] if kind == "payments" else [],
        delimiter=found.delimiter,
        date_format=date_form(found, columns),
    )


def date_form(found: Found, columns: Mapping[str, str]) -> str | None:
    """Return the form that most days of the first rows have; the day before the month."""
    at = [found.header.index(columns[field]) for field in DAYS if field in columns]
    values = [row[n] for row in found.rows for n in at if n < len(row) and row[n]]
    if not values:
        return None
    fits = {
        form: sum(parsed(value, (form,)) is not None for value in values) for form in DATE_FORMS
    }
    best = max(fits, key=lambda form: fits[form])
    return best if fits[best] * 2 > len(values) else None


def _kind(header: Sequence[str]) -> str:
    """Return invoices, payments or debtors: the kind with the most names of its own."""
    names = [plain_name(name) for name in header]
    scores = {
        kind: sum(any(_begins(mark, name) for mark in marks) for name in names)
        for kind, marks in MARKS.items()
    }
    return max(scores, key=lambda kind: scores[kind])


def _begins(mark: str, name: str) -> bool:
    """Return whether a word of the name begins with the mark; a short mark is the whole word."""
    return re.search(rf"\b{re.escape(mark)}" + (r"\b" if len(mark) < 5 else ""), name) is not None


def _columns(header: Sequence[str], known: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the column of each field whose name is known: whole names first, then parts."""
    names = {name: plain_name(name) for name in header if name and header.count(name) == 1}
    found = dict[str, str]()
    for alike in (_same, _within):
        for field, words in known.items():
            for word in words:
                fit = next(
                    (n for n, p in names.items() if alike(word, p) and n not in found.values()), ""
                )
                if fit and field not in found:
                    found[field] = fit
    return {field: found[field] for field in known if field in found}


def _same(word: str, name: str) -> bool:
    return word == name


def _within(word: str, name: str) -> bool:
    return len(word) > 4 and re.search(rf"\b{re.escape(word)}\b", name) is not None


def _has_all(header: Sequence[str], layout: Layout) -> bool:
    """Return whether the table has each column of the layout, by one of its names."""
    return all(
        column in header or layout.also.get(field) in header
        for field, column in layout.columns.items()
    ) and any(column in header for column in _telling(layout))


def _telling(layout: Layout) -> Iterable[str]:
    """Return the columns that a layout of one column needs beside it to be recognised."""
    return layout.columns.values() if len(layout.columns) > 1 else layout.optional.values()


def _text(content: bytes) -> str:
    """Return the text of a file that may be packed, a workbook, or in an older encoding."""
    text = _decoded(content)
    return text if "\n" in text else text.replace("\r", "\n")  # as an old Macintosh ends a line


def _decoded(content: bytes) -> str:
    if content.startswith(b"\x1f\x8b"):
        content = _unpacked(content)
    if content.startswith(workbook.MAGIC):
        content = workbook.as_csv(content)
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        raise CannotImport("This is a workbook of before 2007 (.xls): save it as .xlsx or CSV.")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _unpacked(content: bytes) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
            plain = packed.read(MAX_UNPACKED + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise CannotImport("The packed file cannot be read.") from error
    if len(plain) > MAX_UNPACKED:
        raise CannotImport(f"The file unpacks to more than {MAX_UNPACKED:,} bytes.")
    return plain


def _delimiter(text: str) -> str:
    """Return the character that divides the most cells of the header."""
    head = next((line for line in io.StringIO(text[: 1 << 20]) if line.strip()), "")
    if found := csv_rows.SEPARATOR.fullmatch(head):
        return found[1]
    counts = {sign: _cells(head, sign) for sign in DELIMITERS}
    return max(counts, key=lambda sign: counts[sign])


def _cells(head: str, delimiter: str) -> int:
    try:
        return len(next(csv.reader([head], delimiter=delimiter), []))
    except csv.Error:  # a cell that is too long
        return 0
