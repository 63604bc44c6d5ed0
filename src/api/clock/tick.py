"""One clock at a time for each tenant: whoever holds a lock of the database's.

It spares work, no more: what a second clock asks for was asked for already, by its name.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime

import psycopg

from api.clock.case_reminders import REMIND_APPROVER, cases_late
from api.clock.follow_up import debtors_due
from api.clock.holds import holds_over
from api.clock.promises import promises_due
from api.session import TenantSession
from commands.disputes.reminders import ESCALATE, REMIND
from ledger.database import tenants
from ledger.database.pool import Pool, connect
from ledger.store.ledger import Ledger

LOCK = 0xC10C


@contextmanager
def try_lead(pool: Pool, tenant: str) -> Iterator[bool]:
    """False while another leads. The lock is the connection's: who dies leaves it at once."""
    with closing(connect(pool)) as conn:
        found = conn.execute("select pg_try_advisory_lock(%s, hashtext(%s))", [LOCK, tenant])
        [(led,)] = found.fetchall()
        yield bool(led)


log = logging.getLogger(__name__)
DATABASE_DOWN = (psycopg.OperationalError, psycopg.InterfaceError)  # no database, or none any more


@dataclass(frozen=True)
class TickReport:
    """What came of it."""

    holds: int = 0  # whose day has come
    promises: int = 0  # judged
    escalations: int = 0
    reminders: int = 0  # of resolvers
    approvals: int = 0  # credits of which the approver was reminded
    messages: int = 0  # to debtors
    steps: int = 0
    unreachable: tuple[str, ...] = ()  # debtors whom nothing can be sent


def run_if_leader(desk: TenantSession) -> TickReport | None:
    """None when another clock of this tenant is at it."""
    with try_lead(desk.pool, desk.tenant) as led:
        return run(desk) if led else None


def run(desk: TenantSession) -> TickReport:
    """However often, by however many at once: each thing happens once."""
    at = desk.clock()
    holds, promises = holds_over(desk, at), promises_due(desk)
    jobs = (ESCALATE, REMIND, REMIND_APPROVER)
    escalations, reminders, approvals = cases_late(desk, at, jobs)
    done = [*debtors_due(desk, at)]
    unreachable = tuple(one.unreachable for one in done if one.unreachable)
    for debtor in unreachable:
        log.info("debtor %s has neither mail address nor address for what is due", debtor)
    return TickReport(
        holds=holds,
        promises=promises,
        escalations=escalations,
        reminders=reminders,
        approvals=approvals,
        messages=sum(not one.unreachable for one in done),
        steps=sum(one.steps for one in done),
        unreachable=unreachable,
    )


def run_all_tenants(pool: Pool, clock: Callable[[], datetime]) -> None:
    """One tenant in trouble must not hold up the others; the next time tries again."""
    try:
        with pool.connection() as conn:
            names = [tenant.tenant_id for tenant in tenants.list_all(conn)]
        for name in names:
            _strike(pool, name, clock)
    except DATABASE_DOWN as error:
        log.warning("the database does not answer, the clock waits: %s", error)


def _strike(pool: Pool, tenant: str, clock: Callable[[], datetime]) -> None:
    try:
        with closing(Ledger(pool, tenant)) as ledger:
            run_if_leader(TenantSession(pool, ledger, clock))
    except DATABASE_DOWN:
        raise
    except Exception:
        log.exception("the clock of tenant %s did not do all", tenant)
