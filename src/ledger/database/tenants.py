"""Tenants: creditors, each with a ledger and a time zone of its own."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from psycopg.rows import class_row

from ledger.database.pool import Conn


class UnknownTenant(Exception):
    """A tenant that does not exist; the message names the command to create it."""


@dataclass(frozen=True)
class Tenant:
    tenant_id: str
    name: str
    time_zone: str
    created_at: datetime


def create(conn: Conn, tenant: Tenant) -> bool:
    """Return whether it is new. Raise ``ValueError`` for an unknown time zone."""
    zone(tenant.time_zone)
    with conn.transaction():
        made = conn.execute(
            "insert into tenant (tenant_id, name, time_zone, created_at)"
            " values (%s, %s, %s, %s) on conflict do nothing",
            [tenant.tenant_id, tenant.name, tenant.time_zone, tenant.created_at],
        )
        conn.execute(
            "insert into tenant_head (tenant_id, position) values (%s, 0) on conflict do nothing",
            [tenant.tenant_id],
        )
    return made.rowcount == 1


def change_time_zone(conn: Conn, tenant_id: str, time_zone: str) -> None:
    """Set the time zone of later business dates; recorded dates stay."""
    zone(time_zone)
    found = conn.execute(
        "update tenant set time_zone = %s where tenant_id = %s", [time_zone, tenant_id]
    )
    if not found.rowcount:
        raise UnknownTenant(_unknown(tenant_id))


def get(conn: Conn, tenant_id: str) -> Tenant:
    """Return the tenant. Raise ``UnknownTenant``."""
    with conn.cursor(row_factory=class_row(Tenant)) as cursor:
        cursor.execute(
            "select tenant_id, name, time_zone, created_at from tenant where tenant_id = %s",
            [tenant_id],
        )
        found = cursor.fetchone()
    if found is None:
        raise UnknownTenant(_unknown(tenant_id))
    return found


def list_all(conn: Conn) -> list[Tenant]:
    """Return all tenants, for operators."""
    with conn.cursor(row_factory=class_row(Tenant)) as cursor:
        return cursor.execute(
            "select tenant_id, name, time_zone, created_at from tenant order by tenant_id"
        ).fetchall()


def zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(
            f"{name!r} is not a time zone; give an IANA name, such as Europe/Amsterdam"
        ) from None


def _unknown(tenant_id: str) -> str:
    return f"There is no tenant {tenant_id!r}. Make it with: dossier tenant add {tenant_id}"
