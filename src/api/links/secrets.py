"""The secrets that sign our links, stored per tenant, and their rotation."""

import secrets
from datetime import datetime

from ledger.database.pool import Conn

SECRETS_KEPT = 2


def rotate(conn: Conn, tenant: str, at: datetime) -> str:
    """Make a new secret; links signed before the present secret become invalid."""
    secret = secrets.token_urlsafe(32)
    with conn.transaction():
        conn.execute(
            "insert into link_key (tenant_id, made_at, secret) values (%s, %s, %s)"
            " on conflict (tenant_id, made_at) do nothing",
            [tenant, at, secret],
        )
        present = signing_keys(conn, tenant)
        conn.execute(
            "delete from link_key where tenant_id = %s and not secret = any(%s)", [tenant, present]
        )
    return present[-1]


def signing_keys(conn: Conn, tenant: str) -> list[str]:
    """Return the secrets; the last is the newest, and signs."""
    found = conn.execute(
        "select secret from link_key where tenant_id = %s order by made_at desc limit %s",
        [tenant, SECRETS_KEPT],
    ).fetchall()
    return [secret for (secret,) in reversed(found)]
