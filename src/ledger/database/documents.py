"""Documents in the database, by the SHA-256 of their content, once for each tenant."""

from collections.abc import Collection
from hashlib import sha256
from typing import Any, LiteralString

from ledger.database.pool import Conn


class CorruptDocument(LookupError):
    """A document whose stored content was changed."""


def save(conn: Conn, tenant: str, content: bytes, media_type: str) -> str:
    """Save the content, once, and return its address: SHA-256 in lower-case hex."""
    address = sha256(content).hexdigest()
    conn.execute(
        "insert into document (tenant_id, sha256, media_type, size, content)"
        " values (%s, %s, %s, %s, %s) on conflict do nothing",
        [tenant, address, media_type, len(content), content],
    )
    return address


def sizes(conn: Conn, tenant: str, addresses: Collection[str]) -> dict[str, int]:
    """Return the size in bytes of each that exists. The database checks their content.

    Raise ``CorruptDocument``.
    """
    checked = "sha256, octet_length(content), encode(sha256(content), 'hex') = sha256"
    found = _stored(conn, tenant, addresses, checked)
    for address, _, whole in found:
        if not whole:
            raise _damaged(address)
    return {address: size for address, size, _ in found}


def media_types(conn: Conn, tenant: str, addresses: Collection[str]) -> dict[str, str]:
    """Return the media type of each that exists."""
    return dict(_stored(conn, tenant, addresses, "sha256, media_type"))


def fetch(conn: Conn, tenant: str, address: str) -> bytes:
    """Return the content. Raise ``LookupError`` or ``CorruptDocument``."""
    found = _stored(conn, tenant, [address], "content")
    if not found:
        raise LookupError(f"there is no document {address}")
    content = bytes(found[0][0])
    if sha256(content).hexdigest() != address:
        raise _damaged(address)
    return content


def _stored(
    conn: Conn, tenant: str, addresses: Collection[str], columns: LiteralString
) -> list[tuple[Any, ...]]:
    """Return the columns of documents, and of files of strangers that are not filed yet."""
    return conn.execute(
        f"select {columns} from ("
        " select sha256, media_type, content from ledger.document"
        " where tenant_id = %(tenant)s and sha256 = any(%(wanted)s) union all"
        " select sha256, media_type, content from ledger.stranger_file"
        " where tenant_id = %(tenant)s and sha256 = any(%(wanted)s)) as stored",
        {"tenant": tenant, "wanted": list(addresses)},
        binary=True,
    ).fetchall()


def _damaged(address: str) -> CorruptDocument:
    return CorruptDocument(f"document {address} is not what was kept: its content was changed")
