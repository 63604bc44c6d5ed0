"""How far the read models are behind the ledger, and whether they go on."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from psycopg.rows import class_row

from ledger.database.migrate import pending
from ledger.database.pool import Pool

STEP_TIMEOUT = 15.0  # seconds that a read model may be behind without a step
SLACK = 5_000  # entries behind, one batch, that are no news
CONNECT_TIMEOUT = 2.0  # seconds for a connection
N = TypeVar("N", int, float)


@dataclass(frozen=True)
class Checkpoint:
    """Where one read model of one tenant stands."""

    tenant_id: str
    name: str
    position: int
    head: int
    first_unread: datetime | None
    trouble: str | None
    parked: int

    @property
    def lag(self) -> int:
        return max(self.head - self.position, 0)


@dataclass(frozen=True)
class Lag:
    """What the database says."""

    names: list[str]  # of the read models
    pending: list[str]
    places: list[Checkpoint]

    def lag(self) -> dict[str, int]:
        """Entries behind, of each read model, where it is the most."""
        return self._most(lambda place: place.lag)

    def seconds(self, now: datetime) -> dict[str, float]:
        """How old the first entry is that a read model does not show."""
        return self._most(
            lambda place: (now - place.first_unread).total_seconds() if place.first_unread else 0.0
        )

    def parked(self) -> dict[str, int]:
        """Books that a read model has set aside."""
        return {
            name: sum(place.parked for place in self.places if place.name == name)
            for name in self.names
        }

    def _most(self, of: Callable[[Checkpoint], N]) -> dict[str, N]:
        found: dict[str, N] = {}
        for place in self.places:
            found[place.name] = max(found.get(place.name, of(place)), of(place))
        return found


def read(pool: Pool, names: list[str]) -> Lag:
    """Raises ``psycopg.OperationalError`` or ``PoolTimeout`` when the database is away."""
    with pool.connection(timeout=CONNECT_TIMEOUT) as conn:
        missing = pending(conn)
        if missing:
            return Lag(names, missing, [])
        with conn.cursor(row_factory=class_row(Checkpoint)) as cursor:
            cursor.execute(
                "select f.tenant_id, f.name, f.position, h.position as head, f.trouble,"
                " (select (e.state::json->>'at')::timestamptz from entry e where"
                "  e.tenant_id = f.tenant_id and e.position = f.position + 1) as first_unread,"
                " (select count(*) from parked p where p.tenant_id = f.tenant_id"
                "  and p.follower = f.name) as parked"
                " from follower f join tenant_head h using (tenant_id) where f.name = any(%s)"
                " order by f.name, f.tenant_id",
                [names],
            )
            return Lag(names, [], cursor.fetchall())


@dataclass
class History:
    """Earlier looks, by which a lag that passes is told from one that stays."""

    moved: dict[tuple[str, str], tuple[int, float]] = field(default_factory=dict)
    looks: deque[tuple[float, dict[str, int]]] = field(default_factory=lambda: deque(maxlen=120))

    def stuck(self, found: Lag) -> list[str]:
        """Read models that do not go on, or fall behind more and more."""
        now, lag = time.monotonic(), found.lag()
        still = {place.name for place in found.places if self._stands(place, now)}
        before = [then for at, then in self.looks if now - at >= STEP_TIMEOUT][-1:]
        growing = {
            name
            for then in before
            for name, behind in lag.items()
            if behind > SLACK and behind > then.get(name, behind)
        }
        self.looks.append((now, lag))
        return sorted(still | growing)

    def _stands(self, place: Checkpoint, now: float) -> bool:
        key = (place.tenant_id, place.name)
        position, since = self.moved.get(key, (-1, now))
        if position != place.position or not place.lag:
            since = now
        self.moved[key] = (place.position, since)
        return place.trouble is not None or now - since >= STEP_TIMEOUT
