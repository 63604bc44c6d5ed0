"""Limits for people without a key: requests a minute by a signed link, bytes of documents a day."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

from psycopg import Rollback

from api.environment import limit
from api.http.auth.rate_limit import TokenBucket
from api.session import TenantSession
from ledger.database import quota, stranger_files

TOO_OFTEN = "Too many messages at once. Please try again in a minute."
A_MINUTE = 60  # requests by a link
REMEMBERED = 10_000  # links


@dataclass
class LinkLimits:
    """A bucket for each signed link that was opened."""

    a_minute: int = A_MINUTE
    buckets: dict[Hashable, TokenBucket] = field(default_factory=dict)

    def take(self, link: Hashable) -> None:
        """Count a request. Raises ``Problem`` above the limit."""
        if len(self.buckets) > REMEMBERED:
            self.buckets.clear()
        self.buckets.setdefault(link, TokenBucket(self.a_minute)).take()


def take_bytes(session: TenantSession, size: int, senders: Mapping[str, str]) -> bool:
    """Count the bytes of a document for senders, by the settings that limit each of them a day.

    Return False, and count nothing, when one of them sent too much.
    """
    day, taken = session.ledger.today(session.clock()), False
    with session.pool.connection() as conn, conn.transaction():
        taken = all(
            quota.take(conn, session.tenant, sender, day, size, limit(setting))
            for setting, sender in senders.items()
        )
        if not taken:
            raise Rollback
    return taken


def has_room(session: TenantSession, size: int) -> bool:
    """Return whether a file of a stranger may be kept beside those that are not filed yet."""
    with session.pool.connection() as conn:
        kept = stranger_files.total(conn, session.tenant)
    return kept + size <= limit("DOSSIER_FORM_KEPT_BYTES")
