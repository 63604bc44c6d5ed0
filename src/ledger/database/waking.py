"""Who writes wakes who keeps the read models up to date, who tells what is shown; by NOTIFY.

A write notifies beside its append and not in its transaction: commits that notify wait for each
other, those of all tenants. A lost notification costs a moment: both sides look by themselves too.
"""

from ledger.database.pool import Conn, connect_to
from ledger.database.query import Query

WRITTEN, SHOWN = "dossier_written", "dossier_shown"  # channels


def wake(tenant: str) -> Query[str]:
    """Return the query that wakes who follows the tenant's ledger."""
    return Query(f"select pg_notify('{WRITTEN}', %(tenant)s)::text", {"tenant": tenant}, str, False)


def listen(url: str) -> Conn:
    """Open a connection that hears of writes."""
    conn = connect_to(url)
    conn.execute(f"listen {WRITTEN}")
    return conn


def written(conn: Conn, seconds: float) -> set[str]:
    """Wait for a write, at most so long, and return the tenants that were written to."""
    return {heard.payload for heard in conn.notifies(timeout=seconds, stop_after=1)}


def tell_shown(conn: Conn, tenant: str, position: int) -> None:
    """Tell, once the transaction is committed, that all read models show this position."""
    payload = f"{position} {tenant}"
    conn.execute("select pg_notify(%s, %s)", [SHOWN, payload], prepare=True)


def read_shown(payload: str) -> tuple[str, int]:
    """Return the tenant, and the position that all its read models show."""
    position, _, tenant = payload.partition(" ")
    return tenant, int(position)
