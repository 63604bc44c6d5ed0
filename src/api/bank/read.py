"""Reads a file of bank statements, of whatever format: camt or MT940, plain, gzip or zip.

A file is read wholly or not at all. What is packed may not grow without limit.
"""

import gzip
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Protocol

from api.bank.camt import read_camt
from api.bank.mt940 import read_mt940
from api.bank.statement import Statement, UnreadableFile

GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
XML = re.compile(rb"(\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*<")
MT940 = re.compile(rb"(^|[\r\n@]|\{4:):(20|25|28C?|6[02][FM]|61|64|86):")
MAX_BYTES = 300_000_000  # of a file, and of all that is packed in one
MAX_RATIO = 200  # of what is unpacked to what was packed, above ...
MAY_BE_DENSE = 10_000_000  # bytes
MAX_FILES = 1_000  # in a zip
PIECE = 1 << 20
DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, struct.error),
    *(EOFError, OSError, RuntimeError, ValueError, LookupError),  # of locked or damaged headers
)


class Packed(Protocol):
    """What is packed, open for reading."""

    def read(self, size: int, /) -> bytes: ...


def read(name: str, content: bytes) -> Iterator[Statement]:
    """Return the statements of a file. Raise ``UnreadableFile`` before the first of them."""
    statements = list[Statement]()
    for member, unpacked in _unpacked(name, content):
        try:
            statements += _read_plain(unpacked)
        except UnreadableFile as refused:
            inside = "" if member == name else member
            where = ": ".join(filter(None, [inside, refused.where])) or name
            raise UnreadableFile(where, refused.why) from None
    return iter(statements)


def _read_plain(content: bytes) -> list[Statement]:
    if not content.strip():
        raise UnreadableFile("", "is empty")
    if len(content) > MAX_BYTES:
        raise UnreadableFile("", f"has more than {MAX_BYTES:,} bytes")
    if content.startswith((GZIP, ZIP)):
        raise UnreadableFile("", "is an archive in an archive")
    if XML.match(content):
        return read_camt(content)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or MT940.search(content):
        return read_mt940(_text(content))
    raise UnreadableFile("", "is no bank statement: neither camt nor MT940 nor MT942")


def _text(content: bytes) -> str:
    """Return the text of a file that does not say how it is encoded."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _unpacked(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the files in an archive by name, or the file itself."""
    try:
        if content.startswith(GZIP):
            with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
                yield name, _limited(packed, name, len(content), MAX_BYTES)
        elif content.startswith(ZIP):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                yield from _members(archive, name, len(content))
        else:
            yield name, content
    except DAMAGED as error:
        raise UnreadableFile(name, f"cannot be unpacked: {error}") from error


def _members(archive: zipfile.ZipFile, name: str, size: int) -> Iterator[tuple[str, bytes]]:
    members = [
        member
        for member in archive.infolist()
        if not member.is_dir() and not member.filename.startswith("__MACOSX/")
    ]
    if not members:
        raise UnreadableFile(name, "has no file in it")
    if len(members) > MAX_FILES:
        raise UnreadableFile(name, f"has more than {MAX_FILES:,} files in it")
    left = MAX_BYTES
    for member in sorted(members, key=lambda member: member.filename):
        with archive.open(member) as packed:
            content = _limited(packed, member.filename, size, left)
        left -= len(content)
        yield member.filename, content


def _limited(packed: Packed, name: str, size: int, limit: int) -> bytes:
    """Return what is packed; refuse what unpacks to more than a statement can."""
    pieces, total = list[bytes](), 0
    limit = min(limit, max(MAY_BE_DENSE, MAX_RATIO * size))
    while piece := packed.read(PIECE):
        pieces.append(piece)
        total += len(piece)
        if total > limit:
            raise UnreadableFile(name, f"unpacks to more than {limit:,} bytes")
    return b"".join(pieces)
