"""Quotas of bytes a day, for documents of people without a key; shared by all processes."""

from datetime import date, timedelta

from ledger.database.pool import Conn

KEPT = timedelta(days=7)


def take(conn: Conn, tenant: str, sender: str, day: date, size: int, most: int) -> bool:
    """Count ``size`` bytes of a sender on a day. Return False, and count none, above ``most``."""
    conn.execute("delete from quota where tenant_id = %s and day < %s", [tenant, day - KEPT])
    counted = conn.execute(
        "insert into quota (tenant_id, day, sender, bytes) values (%s, %s, %s, %s)"
        " on conflict (tenant_id, day, sender) do update set bytes = quota.bytes + excluded.bytes"
        " where quota.bytes + excluded.bytes <= %s",
        [tenant, day, sender, size, most],
    )
    return size <= most and counted.rowcount == 1
