"""The first rows of a file: how each is read, and what would come of it. Nothing is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from io import BufferedReader, BytesIO, RawIOBase
from itertools import islice
from typing import cast

from api.importing.formats.debtors import DebtorReader
from api.importing.formats.layout import Layout
from api.importing.formats.rows import ListReader
from api.importing.line_commands import InvalidLine, Reject
from api.importing.pipeline import Batch
from api.importing.run import Options, import_file
from api.importing.source import Source
from api.session import TenantSession

ROWS = 20
LINES = 120  # of the file, that the first rows may take
DAYS, AMOUNTS = ("issued", "due", "settled"), ("amount", "open_amount")


class FirstRows(Source):
    """The beginning of a file that is in memory."""

    def __init__(self, name: str, content: bytes) -> None:
        super().__init__(name)
        whole = content.splitlines(keepends=True)[: LINES + 1]
        self.content = b"".join(line for line in whole if line.endswith((b"\n", b"\r"))) or content

    @property
    def size(self) -> int:
        return len(self.content)

    def _open(self) -> BufferedReader:
        return BufferedReader(cast(RawIOBase, BytesIO(self.content)))


@dataclass
class ShownRow:
    """A row as it is read: a day or an amount as such, any other value as text."""

    line: int
    values: Mapping[str, str | date | Decimal]
    state: str = ""  # new, changed, noted or there
    reject: Reject | None = None


@dataclass
class Preview:
    """The first rows, and the words of their types that nobody knows."""

    columns: list[tuple[str, str]]  # field, and its column in the file
    rows: list[ShownRow] = field(default_factory=list)
    unknown_types: list[str] = field(default_factory=list)


def preview(session: TenantSession, name: str, content: bytes, layout: Layout) -> Preview:
    """Read and decide the first rows. Raise ``CannotImport``."""
    source = FirstRows(name, content)
    reader = (ListReader if "invoice" in layout.fields else DebtorReader)(source, layout)
    found, rows = Preview([]), dict[int, ShownRow]()
    for row in islice(reader.rows(), ROWS):
        if isinstance(row, Reject):
            rows[row.line] = ShownRow(row.line, {}, reject=row)
        else:
            given = reader.given(row[1])
            rows[row[0]] = ShownRow(row[0], _read(layout, given))
            _note_type(found, given, layout)
    found.columns = [
        (name, reader.columns[name]) for name in layout.fields if name in reader.columns
    ]
    options = Options(layout, by="preview", on=session.ledger.today(session.clock()), dry=True)
    import_file(
        session, FirstRows(name, content), options, each=lambda batch, _: _note(rows, batch)
    )
    found.rows = [*rows.values()]
    return found


def _note(rows: Mapping[int, ShownRow], batch: Batch) -> None:
    """Note with each row what would come of it."""
    for decided in batch.decided.values():
        if not decided.group.follows:
            taken = "changed" if decided.before else "new"
            for state, lines in (
                ("there", decided.there),
                ("noted", decided.noted),
                (taken, decided.taken),
            ):
                for row in (rows[line] for line in lines if line in rows):
                    row.state = row.state if row.state in ("new", "changed") else state
    for reject in batch.all_rejects:
        if reject.line in rows:
            rows[reject.line].reject = reject


def _read(layout: Layout, given: Mapping[str, str]) -> dict[str, str | date | Decimal]:
    """Return the values as the layout reads them; what it cannot read stays as it is."""
    read = dict[str, str | date | Decimal](given)
    for name in given.keys() & {*DAYS, *AMOUNTS}:
        try:
            value = (
                layout.day(given[name], name)
                if name in DAYS
                else layout.money(given[name], name, given.get("currency", "") or layout.currency)
            )
        except InvalidLine:
            continue
        if value is not None:
            read[name] = value
    return read


def _note_type(found: Preview, given: Mapping[str, str], layout: Layout) -> None:
    word = given.get("type", "")
    known = {*layout.words.get("type", {}).values(), ""}
    if word not in known and word not in found.unknown_types:
        found.unknown_types.append(word)
