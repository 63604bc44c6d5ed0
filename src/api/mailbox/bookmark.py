"""How far a mailbox was read, and what was tried in vain: a restart continues there."""

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


def begin_try(conn: Conn, tenant: str, mailbox: str, uidvalidity: int, uid: int) -> int:
    """Count a try of this mail. Return how many began before and did not end."""
    row = conn.execute(
        "insert into mailbox_try (tenant_id, mailbox, uidvalidity, uid, tries)"
        " values (%s, %s, %s, %s, 1) on conflict (tenant_id, mailbox) do update"
        " set uidvalidity = excluded.uidvalidity, uid = excluded.uid, tries = case"
        " when mailbox_try.uidvalidity = excluded.uidvalidity and mailbox_try.uid = excluded.uid"
        " then mailbox_try.tries + 1 else 1 end returning tries",
        [tenant, mailbox, uidvalidity, uid],
    ).fetchone()
    assert row
    return int(row[0]) - 1


def end_try(conn: Conn, tenant: str, mailbox: str, uidvalidity: int, uid: int) -> None:
    """Take a try back: the process lives on."""
    conn.execute(
        "update mailbox_try set tries = greatest(tries - 1, 0)"
        " where tenant_id = %s and mailbox = %s and uidvalidity = %s and uid = %s",
        [tenant, mailbox, uidvalidity, uid],
    )
