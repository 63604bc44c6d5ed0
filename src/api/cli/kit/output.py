"""How the command line speaks: tables for people, JSON for programs, bars for long work."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # would act on the reader's terminal
ENDLESS = 100_000  # who pipes wants a line a row
LONG_WORD, GAP = 40, 2  # a longer word may be broken; between columns
screen = Console(width=None if sys.stdout.isatty() else ENDLESS, highlight=False, soft_wrap=False)
errors = Console(stderr=True, highlight=False)
Tick = Callable[[int, int | None], None]  # so many more, of so many in all


class Rate(ProgressColumn):
    """So many a second."""

    def __init__(self, unit: str) -> None:
        super().__init__()
        self.unit = unit

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed or 0:,.0f} {self.unit}/s")


@contextmanager
def progress(what: str, unit: str) -> Iterator[Tick]:
    """A bar on a terminal, with rate and time left; nothing when nobody looks or nothing ticks."""
    bar = Progress(
        SpinnerColumn(),
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(unit),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=errors,
        transient=True,
        disable=not errors.is_terminal,
    )
    task = bar.add_task(what, total=None, visible=False)

    def tick(more: int, total: int | None = None) -> None:
        bar.start()
        bar.update(task, advance=more, total=total, visible=True)

    try:
        yield tick
    finally:
        bar.stop()


def as_json(found: Any) -> None:
    """One JSON document on standard output; amounts are text, dates ISO 8601."""
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n")
    sys.stdout.flush()


def table(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[object]], right: Sequence[str] = ()
) -> None:
    """Text of others is shown as it stands: no markup is read from it."""
    cells = [["" if cell is None else CONTROL.sub("�", str(cell)) for cell in row] for row in rows]
    if not cells:
        screen.print(f"{title}: none", markup=False)
        return
    if _narrowest(columns, cells) > screen.width:
        _list(title, columns, cells)
        return
    made = Table(title=title, title_justify="left", header_style="bold", box=None, pad_edge=False)
    for column in columns:
        made.add_column(column, justify="right" if column in right else "left", overflow="fold")
    for row in cells:
        made.add_row(*map(Text, row))
    screen.print(made)


def _narrowest(columns: Sequence[str], cells: Sequence[Sequence[str]]) -> int:
    """Columns that a table takes when no date, number or name is broken."""
    words = (
        max(cell_len(word) for cell in column for word in cell.split() or ("",))
        for column in zip(columns, *cells, strict=True)
    )
    return sum(min(word, LONG_WORD) + GAP for word in words) - GAP


def _list(title: str, columns: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
    """On a screen too narrow for the table: a few lines a row, each value behind its name."""
    screen.print(Text(title, style="italic"))
    for row in cells:
        for line in _lines(columns, row, screen.width - GAP):
            screen.print(Padding(line, (0, 0, 0, GAP)))
        screen.print()


def _lines(columns: Sequence[str], row: Sequence[str], width: int) -> list[Text]:
    """As many named values a line as fit whole."""
    lines = [Text()]
    for name, cell in zip(columns, row, strict=True):
        if not cell:
            continue
        value = Text.assemble((f"{name} ", "dim"), cell)
        if lines[-1] and lines[-1].cell_len + GAP + value.cell_len > width:
            lines.append(Text())
        lines[-1].append(" " * GAP if lines[-1] else "").append_text(value)
    return lines


def more(shown: int, limit: int) -> None:
    """Says that a report was cut, so that nobody takes it for the whole."""
    if shown == limit:
        errors.print(f"These are the first {limit}; see more with --limit.", markup=False)


def money(amount: object, currency: str = "") -> str:
    return f"{amount:,.2f} {currency}".strip()
