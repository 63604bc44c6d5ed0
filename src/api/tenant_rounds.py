"""Rounds over all tenants: where the database does not answer for one, the others go on.

On Citus a tenant lives on one node, and only its tenants wait while that is down.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from ledger.database import tenants
from ledger.database.pool import UNAVAILABLE, Pool

log = logging.getLogger(__name__)
FIRST, LONGEST = 0.2, 5.0  # seconds that a tenant rests after a failure, each time twice as long
T = TypeVar("T")


@dataclass
class TenantRounds:
    """Rounds of some work, and the tenants that rest: until when, and how long the next time."""

    pool: Pool
    what: str  # for the log: the clock, the imports
    resting: dict[str, tuple[float, float]] = field(default_factory=dict)

    def run(self, work: Callable[[str], T]) -> list[T]:
        """Do the work of each tenant, and return what came of it; a failure stops no other tenant.

        Raises an error of ``UNAVAILABLE`` when the database answers for nobody.
        """
        with self.pool.connection() as conn:
            names = [tenant.tenant_id for tenant in tenants.list_all(conn)]
        done = list[T]()
        for name in names:
            until, wait = self.resting.get(name, (0.0, FIRST))
            if time.monotonic() < until:
                continue
            try:
                done.append(work(name))
                self.resting.pop(name, None)
            except UNAVAILABLE as error:
                check_answers(self.pool)
                self.resting[name] = time.monotonic() + wait, min(2 * wait, LONGEST)
                log.warning(
                    "the database does not answer for tenant %s, %s: %s", name, self.what, error
                )
            except Exception:
                log.exception("%s of tenant %s failed; trying again", self.what, name)
        return done


def check_answers(pool: Pool) -> None:
    """Raise an error of ``UNAVAILABLE`` when the database itself does not answer."""
    with pool.connection() as conn:
        conn.execute("select 1")
