"""A file uploaded over HTTP, read from the database piece by piece."""

from collections.abc import Iterator
from io import BufferedReader, RawIOBase
from time import thread_time
from typing import Any

from api.importing.jobs import Job, chunks
from api.importing.line_commands import CannotImport
from api.importing.source import Source
from ledger.database.pool import Pool

UNPACKED = 20  # times the packed size: no real file packs better
MIN_UNPACKED_BYTES = 100_000_000  # bytes that any file may unpack to
SECONDS, SECONDS_A_MB = 60.0, 5.0  # of a processor: ten times what a real file takes


class UploadSource(Source):
    """The file of a job."""

    def __init__(self, pool: Pool, job: Job) -> None:
        super().__init__(job.name, most=max(UNPACKED * job.size, MIN_UNPACKED_BYTES))
        self.pool, self.job = pool, job
        self.budget = SECONDS + SECONDS_A_MB * job.size / 1_000_000
        self.began = thread_time()

    def check_cost(self) -> None:
        """Raise ``CannotImport`` when this thread took longer than any real file."""
        if thread_time() - self.began > self.budget:
            raise CannotImport(
                f"{self.name} took more than {self.budget:,.0f} seconds of a processor; split it."
            )

    @property
    def size(self) -> int:
        return self.job.size

    def _open(self) -> BufferedReader:
        return BufferedReader(_Pieces(self._counted()))

    def _counted(self) -> Iterator[bytes]:
        for content in chunks(self.pool, self.job):
            self.read += len(content)
            yield content


class _Pieces(RawIOBase):
    """Pieces of bytes as a file, read from its start to its end."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._rest = pieces, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size
