"""The content hash of an entry: SHA-256 over one unambiguous line of bytes.

0x00, then tenant, book id, line, topic and stored state in UTF-8, each after its length in four
big-endian bytes. The leading zero makes it the leaf hash of RFC 9162 (section 2.1.1). The stored
state has the event, recorded time, actor, correlation, causation and flags.
"""

from hashlib import sha256
from struct import Struct
from uuid import UUID

_LENGTH = Struct(">I")


def content_hash(tenant: str, book_id: UUID, line: int, topic: str, state: str) -> bytes:
    """Return the hash, 32 bytes."""
    parts = [b"\x00"]
    for field in (tenant, str(book_id), str(line), topic, state):
        content = field.encode()
        parts += (_LENGTH.pack(len(content)), content)
    return sha256(b"".join(parts)).digest()
