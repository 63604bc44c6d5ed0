"""The content hash of an entry: SHA-256 over one unambiguous line of bytes.

0x00, then tenant, book id, line, topic and stored state in UTF-8, each behind its length in four
bytes, big end first. The leading zero makes it the leaf hash of RFC 9162 (section 2.1.1) as it
stands. The stored state holds the event *and* recorded time, actor, correlation, causation and
flags, so all that an auditor relies on is inside the hashed bytes.
"""

from hashlib import sha256
from struct import Struct
from uuid import UUID

_LENGTH = Struct(">I")


def content_hash(tenant: str, book_id: UUID, line: int, topic: str, state: str) -> bytes:
    """32 bytes. A verifier needs nothing of ours to compute them again."""
    fields = (tenant, str(book_id), str(line), topic, state)
    pack = _LENGTH.pack
    parts = [b"\x00"]
    for field in fields:
        content = field.encode()
        parts += (pack(len(content)), content)
    return sha256(b"".join(parts)).digest()
