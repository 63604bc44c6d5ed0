"""Draws a page of a PDF as a picture, in a process of its own: the file may come from a stranger.

It reads the PDF from standard input, and writes a sign and a PNG: ``+`` if a further page follows,
``.`` if this is the last. The process has little memory and little time.
"""

import struct
import sys
import zlib

import pypdfium2

MAX_SECONDS, MAX_BYTES = 10, 2_000_000_000
DOTS = 110.0  # an inch
MAX_DOTS = 4_000  # of the longer side
POINTS = 72  # an inch


def main() -> None:
    limit()
    number = int(sys.argv[1])
    pdf = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    more = b"+" if number < len(pdf) else b"."
    sys.stdout.buffer.write(more + picture(pdf[number - 1]))


def picture(page: pypdfium2.PdfPage) -> bytes:
    """Return the page as PNG."""
    scale = min(DOTS / POINTS, MAX_DOTS / max(page.get_size()))
    bitmap = page.render(scale=scale, rev_byteorder=True, no_smoothtext=False)
    return png(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))


def png(width: int, height: int, stride: int, rows: bytes) -> bytes:
    """Return a PNG (ISO/IEC 15948) of rows of red, green and blue."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checked = kind + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    lines = b"".join(b"\0" + rows[n * stride : n * stride + 3 * width] for n in range(height))
    parts = chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(lines, 6)), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def limit() -> None:
    """Limit what this process may take, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MAX_BYTES, MAX_BYTES))


if __name__ == "__main__":
    main()
