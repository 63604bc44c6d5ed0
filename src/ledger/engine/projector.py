"""Projectors apply the ledger to read models in batches; rows and position commit together.

Read models at the same position advance together: their entries are read, decoded and replayed
once. A read model at another position (new, rebuilt, failing) advances alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import psycopg

from ledger.database.pool import Conn, Pool
from ledger.database.waking import tell_shown
from ledger.engine.applying import (
    REFUSED,
    BookCache,
    Write,
    apply,
    write_by_book,
    write_together,
)
from ledger.engine.fold import Model
from ledger.engine.gc_tuning import relaxed_gc
from ledger.facts.books import Book
from ledger.facts.entry import Entry
from ledger.store.reading import since

BATCH = 5_000
LEASE = timedelta(seconds=4)  # renewed when half of it is over
LONGEST = 2 * LEASE  # a lease that ends later is from a wrong clock, and none


@dataclass
class Projector:
    """A worker that applies a tenant's ledger. Of several, only the holder of the lease writes."""

    pool: Pool
    tenant: str
    models: Sequence[Model]
    name: str  # of this worker, in leases
    clock: Callable[[], datetime]
    batch: int = BATCH
    shelf: BookCache = field(default_factory=BookCache)
    tells: bool = False  # its models are all there are: tell readers what they show
    positions: dict[str, int] = field(default_factory=dict)  # of the models leased here
    leased_till: datetime | None = None

    @relaxed_gc()
    def process_batch(self) -> int:
        """Apply a batch to the rearmost read models. Return its entries; 0 when none or leased."""
        try:
            if self.is_leased():
                taken = self._step(self.positions)
                if taken is not None:
                    return taken
            self.positions = self._lease()
            return self._step(self.positions) or 0
        except BaseException:
            self.positions = {}  # unknown
            raise

    def is_leased(self) -> bool:
        """Return whether the lease is ours for another while, as far as this worker knows."""
        left = self.leased_till - self.clock() if self.leased_till else timedelta()
        return bool(self.positions) and LEASE / 2 < left <= LEASE

    @property
    def is_level(self) -> bool:
        """Return whether its read models are at the same position."""
        return len(set(self.positions.values())) == 1

    def _step(self, positions: dict[str, int]) -> int | None:
        """Return the entries applied; None when another worker has moved our position."""
        if not positions:
            return 0
        start = min(positions.values())
        models = [model for model in self.models if positions.get(model.name) == start]
        with self.pool.connection() as conn:
            entries = since(conn, self.tenant, start, self.batch)
            if not entries:
                return 0
            try:
                books = self._apply(conn, models, start, entries, write_together)
            except REFUSED:
                books = self._apply(conn, models, start, entries, write_by_book)
        if books is None:
            return None
        self.shelf.put(books)
        positions.update({model.name: entries[-1].position for model in models})
        return len(entries)

    def _apply(
        self,
        conn: Conn,
        models: Sequence[Model],
        start: int,
        entries: Sequence[Entry],
        write: Write,
    ) -> list[Book[Any]] | None:
        """Return the books; None, and nothing is written, when our position was moved."""
        with conn.pipeline(), conn.transaction() as transaction:
            # a crash loses rows and position together, and they are folded again
            conn.execute("set local synchronous_commit = off")
            if not self._move(conn, models, start, entries[-1].position):
                raise psycopg.Rollback(transaction)
            at = self.clock()
            books = apply(conn, self.tenant, models, entries, self.shelf, at, write)
            if self.tells and len(models) == len(self.models):
                tell_shown(conn, self.tenant, entries[-1].position)
            return books
        return None

    def catch_up(self) -> int:
        """Apply all batches to the end, while no other worker holds the lease."""
        read = 0
        while taken := self.process_batch():
            read += taken
        return read

    def record_failure(self, why: str) -> None:
        """Record why the read models of this worker do not advance."""
        with self.pool.connection() as conn:
            conn.execute(
                "update follower set trouble = %s where tenant_id = %s and leased_by = %s",
                [why, self.tenant, self.name],
            )

    def release_lease(self) -> None:
        """Release the lease, so that another worker need not wait for its end."""
        self.positions = {}
        with self.pool.connection() as conn:
            conn.execute(
                "update follower set leased_by = null, leased_till = null"
                " where tenant_id = %s and leased_by = %s",
                [self.tenant, self.name],
            )

    def _lease(self) -> dict[str, int]:
        now, names = self.clock(), [model.name for model in self.models]
        self.leased_till = now + LEASE
        with self.pool.connection() as conn, conn.pipeline(), conn.transaction():
            conn.execute("set local synchronous_commit = off")  # a lost lease is taken again
            found = conn.execute(
                "update follower set leased_by = %s, leased_till = %s"
                " where tenant_id = %s and name = any(%s)"
                " and (leased_by is null or leased_by = %s"
                "  or leased_till < %s or leased_till > %s)"
                " returning name, position",
                [self.name, now + LEASE, self.tenant, names, self.name, now, now + LONGEST],
            )
            return dict(found.fetchall())

    def _move(self, conn: Conn, models: Sequence[Model], start: int, to: int) -> bool:
        """Compare and set the position: a worker that lost its lease writes nothing."""
        names = [model.name for model in models]
        moved = conn.execute(
            "update follower set position = %s, trouble = null"
            " where tenant_id = %s and name = any(%s) and position = %s and leased_by = %s"
            " returning name",
            [to, self.tenant, names, start, self.name],
            prepare=True,
        )
        return len(moved.fetchall()) == len(names)
