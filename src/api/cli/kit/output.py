"""Output of the command line: tables for people, JSON for programs, progress bars."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, Literal

import msgspec
import typer
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

from api.csv_table import csv_text

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # would control the reader's terminal
ENDLESS = 100_000  # columns: a pipe gets one line for each row
LONG_WORD = 40  # a longer word may be broken
GAP = 2  # between columns
screen = Console(width=None if sys.stdout.isatty() else ENDLESS, highlight=False, soft_wrap=False)
errors = Console(stderr=True, highlight=False)
Tick = Callable[[int, int | None], None]  # how many more are done, and the total


class Rate(ProgressColumn):
    """Items per second."""

    def __init__(self, unit: str) -> None:
        super().__init__()
        self.unit = unit

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed or 0:,.0f} {self.unit}/s")


@contextmanager
def progress(what: str, unit: str) -> Iterator[Tick]:
    """Show a progress bar on a terminal after the first tick; print nothing elsewhere."""
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
    """Print one JSON document on standard output; amounts are text, dates ISO 8601."""
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n")
    sys.stdout.flush()


def as_list(rows: Sequence[Any], csv: bool) -> None:
    """Print the rows as JSON, or as CSV with the same columns; without rows that is nothing."""
    if not csv:
        return as_json(rows)
    shown = msgspec.to_builtins(rows, builtin_types=(Decimal,))
    names = [*shown[0]] if shown else []
    amounts = {name for row in shown for name in row if isinstance(row[name], Decimal)}
    if names:
        sys.stdout.buffer.write(csv_text(names, shown, amounts).encode())
        sys.stdout.flush()


def table(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[object]], right: Sequence[str] = ()
) -> None:
    """Print a table, or a list where the screen is too narrow; markup in cells is shown as text."""
    cells = [["" if cell is None else CONTROL.sub("�", str(cell)) for cell in row] for row in rows]
    if not cells:
        screen.print(f"{title}: none", markup=False)
    elif _minimum_width(columns, cells) > screen.width:
        _print_list(title, columns, cells)
    else:
        screen.print(grid(columns, cells, right, title=title))


def grid(
    columns: Sequence[str],
    cells: Iterable[Iterable[str]],
    right: Sequence[str] = (),
    whole: Sequence[str] = (),
    title: str | None = None,
) -> Table:
    """Return a table without lines; columns in ``whole`` are never wrapped."""
    made = Table(title=title, title_justify="left", header_style="bold", box=None, pad_edge=False)
    for column in columns:
        justify: Literal["left", "right"] = "right" if column in right else "left"
        made.add_column(column, justify=justify, overflow="fold", no_wrap=column in whole)
    for row in cells:
        made.add_row(*map(Text, row))
    return made


def _minimum_width(columns: Sequence[str], cells: Sequence[Sequence[str]]) -> int:
    """Return the width of a table in which no date, number or name is broken."""
    words = (
        max(cell_len(word) for cell in column for word in cell.split() or ("",))
        for column in zip(columns, *cells, strict=True)
    )
    return sum(min(word, LONG_WORD) + GAP for word in words) - GAP


def _print_list(title: str, columns: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
    """Print each row as a few lines of names with their values."""
    screen.print(Text(title, style="italic"))
    for row in cells:
        for line in _lines(columns, row, screen.width - GAP):
            screen.print(Padding(line, (0, 0, 0, GAP)))
        screen.print()


def _lines(columns: Sequence[str], row: Sequence[str], width: int) -> list[Text]:
    """Return lines with as many whole pairs of name and value as fit in the width."""
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
    """Print a notice when the limit may have cut the report."""
    if shown == limit:
        errors.print(f"Only the first {limit} are shown; set --limit to see more.", markup=False)


def confirm(question: str, yes: bool) -> None:
    """Ask before something is written, unless ``yes``. Raises ``ValueError`` where nobody can
    answer, and ends the command at a no."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise ValueError(f"nothing was written. {question} Then set --yes.")
    if not typer.confirm(question, err=True):
        raise typer.Exit(1)


def money(amount: object, currency: str = "") -> str:
    return f"{amount:,.2f} {currency}".strip()
