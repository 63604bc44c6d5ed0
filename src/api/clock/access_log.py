"""The retention of the access log: whole days, in the creditor's time zone."""

from datetime import datetime, time, timedelta

from api.environment import limit
from api.session import TenantSession
from ledger.database import access_log

DAYS = "DOSSIER_ACCESS_LOG_DAYS"


def purge(session: TenantSession, at: datetime) -> int:
    """Delete the lines that are too old; the log keeps a line of that. Return how many."""
    day = session.ledger.today(at) - timedelta(days=limit(DAYS))
    before = datetime.combine(day, time(), session.ledger.zone)
    with session.pool.connection() as conn:
        [gone] = access_log.purge(session.tenant, before, at).fetch(conn)
    return gone
