"""The wake-up of who keeps the read models up to date: who wrote notifies, who follows listens.

A notification is sent beside the append and not in its transaction: commits that notify wait for
each other, those of all tenants. When one is lost, who follows finds the entries a little later.
"""

from ledger.database.pool import Conn, connect_to
from ledger.database.query import Query

CHANNEL = "dossier_written"


def wake(tenant: str) -> Query[str]:
    """Return the query that wakes who follows the tenant's ledger."""
    return Query(f"select pg_notify('{CHANNEL}', %(tenant)s)::text", {"tenant": tenant}, str, False)


def listen(url: str) -> Conn:
    """Open a connection that hears of writes."""
    conn = connect_to(url)
    conn.execute(f"listen {CHANNEL}")
    return conn


def written(conn: Conn, seconds: float) -> set[str]:
    """Wait for a write, at most so long, and return the tenants that were written to."""
    return {heard.payload for heard in conn.notifies(timeout=seconds, stop_after=1)}
