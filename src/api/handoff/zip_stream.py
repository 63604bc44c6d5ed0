"""A zip that is sent while it is made: same files, same bytes; memory holds one file.

Nothing is compressed: what is big in it (PDF, photographs) is so already, and no version of a
compressor can make other bytes of the same files. Each file's header tells its size and sum, which
some readers of a stream need, so ``zipfile`` must be able to go back to it; no further.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile, ZipInfo

CHUNK = 256 * 1024  # bytes that wait for a slow reader


class _Out(BytesIO):
    """What was written since it was last taken, at its place in the whole."""

    gone = 0

    def tell(self) -> int:
        return self.gone + super().tell()

    def seek(self, place: int, whence: int = 0) -> int:
        return self.gone + super().seek(place - self.gone, whence)

    def taken(self) -> bytes:
        content = self.getvalue()
        self.truncate(0)
        super().seek(0)
        self.gone += len(content)
        return content


def zipped(files: Iterable[tuple[str, bytes]], at: datetime) -> Iterator[bytes]:
    """``at`` becomes the time of every file, in UTC."""
    when = at.astimezone(UTC).timetuple()[:6]
    out = _Out()
    with ZipFile(out, "w") as archive:
        for path, content in files:
            archive.writestr(ZipInfo(path, when), content)
            del content  # it is in the archive now, and a reader may be slow
            yield from _chunks(out.taken())
    yield from _chunks(out.taken())


def _chunks(content: bytes) -> Iterator[bytes]:
    return (content[n : n + CHUNK] for n in range(0, len(content), CHUNK))
