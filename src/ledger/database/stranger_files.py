"""Files that strangers sent, until they are filed: then they are documents, else they are deleted.

``documents`` reads them as well, by the same address.
"""

from collections.abc import Collection
from datetime import date
from hashlib import sha256

from ledger.database.pool import Conn


def save(conn: Conn, tenant: str, content: bytes, media_type: str, on: date) -> str:
    """Save the content, and return its address. What is sent again has its days again."""
    address = sha256(content).hexdigest()
    conn.execute(
        "insert into ledger.stranger_file"
        " (tenant_id, sha256, received_on, media_type, size, content)"
        " values (%s, %s, %s, %s, %s, %s) on conflict (tenant_id, sha256) do update"
        " set received_on = excluded.received_on"
        " where stranger_file.received_on < excluded.received_on",
        [tenant, address, on, media_type, len(content), content],
    )
    return address


def total(conn: Conn, tenant: str) -> int:
    """Return the bytes of all of them."""
    found = conn.execute(
        "select coalesce(sum(size), 0)::bigint from ledger.stranger_file where tenant_id = %s",
        [tenant],
    ).fetchone()
    return int(found[0]) if found else 0


def received_before(conn: Conn, tenant: str, day: date) -> list[str]:
    """Return the addresses of those that were last received before a day."""
    found = conn.execute(
        "select sha256 from ledger.stranger_file where tenant_id = %s and received_on < %s"
        " order by sha256",
        [tenant, day],
    ).fetchall()
    return [address for (address,) in found]


def file(conn: Conn, tenant: str, addresses: Collection[str]) -> None:
    """Make them documents, which are never deleted."""
    with conn.transaction():
        conn.execute(
            "insert into ledger.document (tenant_id, sha256, media_type, size, content)"
            " select tenant_id, sha256, media_type, size, content from ledger.stranger_file"
            " where tenant_id = %s and sha256 = any(%s) on conflict do nothing",
            [tenant, list(addresses)],
        )
        delete(conn, tenant, addresses)


def delete(conn: Conn, tenant: str, addresses: Collection[str]) -> None:
    conn.execute(
        "delete from ledger.stranger_file where tenant_id = %s and sha256 = any(%s)",
        [tenant, list(addresses)],
    )
