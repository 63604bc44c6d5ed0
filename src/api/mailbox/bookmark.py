"""How far a mailbox was read, so that a restart continues from there."""

from ledger.database.pool import Conn


def load(conn: Conn, tenant: str, mailbox: str, uidvalidity: int) -> int:
    """Return the last UID read; 0 if none was, or if the mailbox was recreated since."""
    found = conn.execute(
        "select uid from mailbox_place where tenant_id = %s and mailbox = %s and uidvalidity = %s",
        [tenant, mailbox, uidvalidity],
    ).fetchone()
    return int(found[0]) if found else 0


def save(conn: Conn, tenant: str, mailbox: str, uidvalidity: int, uid: int) -> None:
    """Move the bookmark forward, never back: another process may have read further."""
    conn.execute(
        "insert into mailbox_place (tenant_id, mailbox, uidvalidity, uid)"
        " values (%s, %s, %s, %s) on conflict (tenant_id, mailbox) do update"
        " set uidvalidity = excluded.uidvalidity, uid = excluded.uid"
        " where mailbox_place.uidvalidity <> excluded.uidvalidity"
        " or mailbox_place.uid < excluded.uid",
        [tenant, mailbox, uidvalidity, uid],
    )
