"""The lines of a file, plain or gzip, and the progress of reading it."""

import gzip
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import IO, cast

from api.importing.line_commands import CannotImport

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
GZIP = b"\x1f\x8b"
UNPACKED = 1 << 20  # bytes at once
MAX_LINE_BYTES = 1 << 20  # bytes of a line
MAX_EMPTY_LINES = 1_000_000  # one after another: no real file has more


@dataclass
class Source:
    """A file; the path ``-`` is standard input."""

    path: str
    read: int = 0  # bytes of the file as stored, maybe packed
    most: int | None = None  # bytes that it may unpack to
    count: int = 0  # lines read

    @cached_property
    def name(self) -> str:
        return "stdin" if self.path == "-" else Path(self.path).name

    @property
    def size(self) -> int | None:
        """Bytes; None for standard input. Raises ``CannotImport``."""
        if self.path == "-":
            return None
        try:
            return Path(self.path).stat().st_size
        except OSError as error:
            raise CannotImport(f"Cannot read {self.path}: {error.strerror}.") from error

    @property
    def rejects(self) -> Path:
        """The usual file for rejected lines, beside the file itself."""
        return Path(self.path).with_name(self.name + ".rejects.jsonl")

    def lines(self) -> Iterator[bytes]:
        """Yield each line with its end. Raise ``CannotImport``, also for an empty file."""
        empty, number, unpacked, filled = True, 0, 0, 0
        self.read = self.count = 0
        try:
            with self._open() as packed:
                for number, line in enumerate(_lines(_unpacked(packed)), 1):
                    unpacked += len(line)
                    if len(line) > MAX_LINE_BYTES or unpacked > (self.most or unpacked):
                        raise CannotImport(f"{self.name}, line {number}: {self._too_much(line)}.")
                    if number % 256 == 1:
                        self.check_cost()
                        self.read = packed.tell() if packed.seekable() else self.read
                    if not line.isspace():
                        empty, filled = False, number
                    elif number - filled > MAX_EMPTY_LINES:
                        raise CannotImport(f"{self.name} has a million empty lines in a row.")
                    self.count = number
                    yield line.removeprefix(BYTE_ORDER_MARK) if number == 1 else line
                self.read = packed.tell() if packed.seekable() else self.read
        except (OSError, EOFError, zlib.error) as error:
            why = getattr(error, "strerror", None) or error
            raise CannotImport(f"Cannot read {self.name} after line {number}: {why}.") from error
        if empty:
            raise CannotImport(f"{self.name} is empty.")

    def check_cost(self) -> None:
        """Raise ``CannotImport`` when reading on would be unfair to others; here there are none."""

    def _too_much(self, line: bytes) -> str:
        if len(line) > MAX_LINE_BYTES:
            return f"longer than {MAX_LINE_BYTES:,} bytes"
        return f"the file unpacks to more than {self.most:,} bytes"

    def _open(self) -> BufferedReader:
        if self.path != "-":
            return open(self.path, "rb")
        return cast(BufferedReader, sys.stdin.buffer)


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    """Yield lines of limited length: an endless line must not fill the memory."""
    return iter(partial(file.readline, MAX_LINE_BYTES + 1), b"")


def _unpacked(packed: BufferedReader) -> IO[bytes]:
    if packed.peek(2)[:2] == GZIP:
        whole = gzip.GzipFile(fileobj=packed)
        return BufferedReader(cast(RawIOBase, whole), UNPACKED)  # few calls: each drops the GIL
    return packed
