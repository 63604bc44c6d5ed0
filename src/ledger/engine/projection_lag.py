"""The lag of read models behind the ledger, and whether they advance."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from psycopg.rows import class_row

from ledger.database.migrate import pending
from ledger.database.pool import Pool

STEP_TIMEOUT = 15.0  # seconds without an advance while behind
SLACK = 5_000  # entries behind that are normal: a batch
CONNECT_TIMEOUT = 2.0  # seconds for a connection
N = TypeVar("N", int, float)


@dataclass(frozen=True)
class Checkpoint:
    """The position of a read model of a tenant."""

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
    """The checkpoints of all read models and tenants."""

    names: list[str]  # of the read models
    pending: list[str]
    checkpoints: list[Checkpoint]

    def lag(self) -> dict[str, int]:
        """Return the entries behind of each read model, for the tenant with most."""
        return self._most(lambda point: point.lag)

    def seconds(self, now: datetime) -> dict[str, float]:
        """Return the age of the first entry that each read model does not show."""
        return self._most(
            lambda point: (now - point.first_unread).total_seconds() if point.first_unread else 0.0
        )

    def parked(self) -> dict[str, int]:
        """Return the number of parked books of each read model."""
        return {
            name: sum(point.parked for point in self.checkpoints if point.name == name)
            for name in self.names
        }

    def _most(self, of: Callable[[Checkpoint], N]) -> dict[str, N]:
        found: dict[str, N] = {}
        for point in self.checkpoints:
            found[point.name] = max(found.get(point.name, of(point)), of(point))
        return found


def read(pool: Pool, names: list[str]) -> Lag:
    """Return the lag. Raise psycopg's errors when the database is unavailable."""
    with pool.connection(timeout=CONNECT_TIMEOUT) as conn:
        if missing := pending(conn):
            return Lag(names, missing, [])
        with conn.cursor(row_factory=class_row(Checkpoint)) as cursor:
            cursor.execute(
                "select f.tenant_id, f.name, f.position, h.position as head, f.trouble,"
                " (select (e.state::json->>'at')::timestamptz from ledger.entry e where"
                "  e.tenant_id = f.tenant_id and e.position = f.position + 1) as first_unread,"
                " (select count(*) from parked p where p.tenant_id = f.tenant_id"
                "  and p.follower = f.name) as parked"
                " from follower f join ledger.tenant_head h using (tenant_id)"
                " where f.name = any(%s) order by f.name, f.tenant_id",
                [names],
            )
            return Lag(names, [], cursor.fetchall())


@dataclass
class History:
    """Earlier measurements, to tell a temporary lag from a lasting lag."""

    moved: dict[tuple[str, str], tuple[int, float]] = field(default_factory=dict)
    looks: deque[tuple[float, dict[str, int]]] = field(default_factory=lambda: deque(maxlen=120))

    def stuck(self, found: Lag) -> list[str]:
        """Return the read models that do not advance, or whose lag grows."""
        now, lag = time.monotonic(), found.lag()
        still = {point.name for point in found.checkpoints if self._stands(point, now)}
        before = [then for at, then in self.looks if now - at >= STEP_TIMEOUT][-1:]
        growing = {
            name
            for then in before
            for name, behind in lag.items()
            if behind > SLACK and behind > then.get(name, behind)
        }
        self.looks.append((now, lag))
        return sorted(still | growing)

    def _stands(self, point: Checkpoint, now: float) -> bool:
        key = (point.tenant_id, point.name)
        position, since = self.moved.get(key, (-1, now))
        if position != point.position or not point.lag:
            since = now
        self.moved[key] = (point.position, since)
        return point.trouble is not None or now - since >= STEP_TIMEOUT
