"""Takes the rows of a CSV file apart, and finds the quotation marks that are never closed.

A quotation mark that is not closed swallows the lines after it, up to the next quotation mark or
the end of the file. Such a line is broken; the lines after it are read as lines of their own.
"""

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

MAX_ROW_LINES = 100  # of the file: no real row has more
UNCLOSED = "a quotation mark is not closed, or stands where none can be"
SEPARATOR = re.compile(r'"?sep=(.)"?\r?\n?', re.IGNORECASE)  # as Excel writes it


class Row(NamedTuple):
    """A row: the number of its first line in the file, and its cells; broken cells are None."""

    line: int
    cells: list[str] | None
    text: str = ""  # of a broken row


class Feed:
    """The lines of a file for a reader of CSV; a reader's lines may be put back."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines, self._back = iter(lines), deque[str]()
        self.taken = list[str]()  # of the present row
        self.ended = False  # the reader asked for a line too many

    def __iter__(self) -> "Feed":
        return self

    def __next__(self) -> str:
        if len(self.taken) < MAX_ROW_LINES:
            line = self._back.popleft() if self._back else next(self._lines, None)
            if line is not None:
                self.taken.append(line)
                return line
        self.ended = True
        raise StopIteration

    def take(self) -> list[str]:
        """Return the lines of the row that was read."""
        taken, self.taken = self.taken, []
        return taken

    def put_back(self, lines: Iterable[str]) -> None:
        self._back.extendleft(reversed([*lines]))
        self.ended = False


def read(lines: Iterable[str], delimiter: str) -> Iterator[Row]:
    """Yield the header and each row that is not empty; ``sep=`` before them sets the delimiter."""
    feed, line, width = Feed(lines), 1, 0
    if first := next(feed, None):
        if found := SEPARATOR.fullmatch(first):
            delimiter, line = found[1], 2
        else:
            feed.put_back([first])
        feed.take()
    reader = csv.reader(feed, delimiter=delimiter)
    while True:
        cells = _next(reader)
        taken = feed.take()
        if not taken:
            return
        many = len(taken) > 1
        if cells is None or feed.ended or (many and _swallowed(taken, width, delimiter)):
            yield Row(line, None, taken[0])
            feed.put_back(taken[1:])
            reader, line = csv.reader(feed, delimiter=delimiter), line + 1
            continue
        if any(map(str.strip, cells)):
            width = width or len(cells)
            yield Row(line, cells)
        line += len(taken)


def _next(reader: Iterator[list[str]]) -> list[str] | None:
    try:
        return next(reader, None)
    except csv.Error:
        return None


def _swallowed(taken: list[str], width: int, delimiter: str) -> bool:
    """Return whether a row of several lines holds lines that are rows by themselves.

    The last line of a row whose first cell has several lines looks like a row as well.
    """
    inner = taken[1:-1] if taken[0].startswith('"') else taken[1:]
    rows = csv.reader((line for line in inner), delimiter=delimiter, quoting=csv.QUOTE_NONE)
    return any(len(row) >= width > 1 for row in rows)
