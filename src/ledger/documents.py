"""Documents are kept in the database under the SHA-256 of their content, once a tenant."""

from collections.abc import Collection
from hashlib import sha256

from ledger.pool import Conn


def keep(conn: Conn, tenant: str, content: bytes, media_type: str) -> str:
    """The content's address: SHA-256 in lower-case hex. Keeping the same twice keeps one."""
    address = sha256(content).hexdigest()
    conn.execute(
        "insert into document (tenant_id, sha256, media_type, size, content)"
        " values (%s, %s, %s, %s, %s) on conflict do nothing",
        [tenant, address, media_type, len(content), content],
    )
    return address


def kept(conn: Conn, tenant: str, addresses: Collection[str]) -> set[str]:
    """Which of these there are."""
    found = conn.execute(
        "select sha256 from document where tenant_id = %s and sha256 = any(%s)",
        [tenant, list(addresses)],
    )
    return {address for (address,) in found}


def fetch(conn: Conn, tenant: str, address: str) -> bytes:
    """Raises ``LookupError``; what comes back is proved to be what was kept."""
    found = conn.execute(
        "select content from document where tenant_id = %s and sha256 = %s",
        [tenant, address],
        binary=True,
    ).fetchone()
    if found is None:
        raise LookupError(f"there is no document {address}")
    content = bytes(found[0])
    if sha256(content).hexdigest() != address:
        raise LookupError(f"document {address} is not what was kept: its content was changed")
    return content
