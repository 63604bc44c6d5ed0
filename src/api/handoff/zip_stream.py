"""A zip archive that is sent while it is made; equal files make equal bytes.

Nothing is compressed: large files (PDF, photographs) are compressed already, and the bytes do not
depend on the version of a compressor. Some readers of a stream need the size and checksum in each
file's header, so ``zipfile`` must be able to seek back to the header of the current file.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile, ZipInfo

CHUNK = 256 * 1024  # bytes that wait for a slow reader


class _Out(BytesIO):
    """The bytes that were not taken yet, at their position in the whole archive."""

    taken_bytes = 0

    def tell(self) -> int:
        return self.taken_bytes + super().tell()

    def seek(self, position: int, whence: int = 0) -> int:
        return self.taken_bytes + super().seek(position - self.taken_bytes, whence)

    def take(self) -> bytes:
        content = self.getvalue()
        self.truncate(0)
        super().seek(0)
        self.taken_bytes += len(content)
        return content


def zipped(files: Iterable[tuple[str, bytes]], at: datetime) -> Iterator[bytes]:
    """Yield the archive in chunks; ``at``, in UTC, becomes the time of every file."""
    when = at.astimezone(UTC).timetuple()[:6]
    out = _Out()
    with ZipFile(out, "w") as archive:
        for path, content in files:
            archive.writestr(ZipInfo(path, when), content)
            del content  # frees the memory while a slow reader takes the chunks
            yield from _chunks(out.take())
    yield from _chunks(out.take())


def _chunks(content: bytes) -> Iterator[bytes]:
    return (content[n : n + CHUNK] for n in range(0, len(content), CHUNK))
