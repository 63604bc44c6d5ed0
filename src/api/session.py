"""The one place where parts are made: which database, which tenant, which ledger, whose clock."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from tzlocal import get_localzone_name

from api.environment import DEFAULT_TENANT, home
from api.lookups import SqlLookups
from api.postgres import server
from commands.context import Context
from ledger.database import tenants
from ledger.database.migrate import migrate
from ledger.database.pool import Pool, open_pool
from ledger.engine.rebuild import prepare
from ledger.facts.books import PLAYBOOK
from ledger.facts.playbook import NUMBER, Playbook
from ledger.facts.playbook_rules import Rules
from ledger.policy.playbook.in_force import rules_in_force
from ledger.store.ledger import Ledger
from ledger.store.reading import Progress, no_progress
from projections import READ_MODELS


@dataclass(frozen=True)
class TenantSession:
    """What a command of the command line, a route or a job may ask for."""

    pool: Pool
    ledger: Ledger
    clock: Callable[[], datetime]

    @property
    def tenant(self) -> str:
        return self.ledger.tenant

    def playbook(self) -> tuple[Playbook, Rules]:
        """Return the playbook and the rules in force, the shipped ones before any were applied."""
        playbook = self.ledger.book(PLAYBOOK, NUMBER).state
        return playbook, rules_in_force(playbook)

    def context(self, by: str, at: datetime | None = None, **more: Any) -> Context:
        """Return the context of somebody who asks now, or at another moment; ``more`` are its
        other fields. Invoices are then flagged by what other books say."""
        lookups = SqlLookups(self.pool, self.tenant)
        return Context(by, at or self.clock(), lookups=lookups, **more)


def now() -> datetime:
    """The only place that looks at the wall clock."""
    return datetime.now(UTC)


def database_url() -> str:
    """``$DOSSIER_DATABASE_URL``, else the embedded server, which is started when it is not up.

    Raises ``ValueError`` when what is said there is no address at all.
    """
    given = os.environ.get("DOSSIER_DATABASE_URL")
    if not given:
        return server.start(home())
    try:
        conninfo_to_dict(given)
    except psycopg.ProgrammingError as error:
        raise ValueError(
            "DOSSIER_DATABASE_URL is no address of a PostgreSQL, such as"
            f" postgresql://user@host/database: {str(error).strip()}"
        ) from None
    return given


def prepare_database(url: str, at: datetime, progress: Progress = no_progress) -> None:
    """Schema, first tenant and read models as this code wants them; any number may do so at once.

    Raises ``CannotMigrate``.
    """
    migrate(os.environ.get("DOSSIER_OWNER_URL") or url)
    with open_pool(url, size=2) as pool:
        with pool.connection() as conn:
            if not tenants.list_all(conn):
                zone = get_localzone_name() or "UTC"
                tenants.create(conn, tenants.Tenant(DEFAULT_TENANT, "Default", zone, at))
        prepare(pool, READ_MODELS, at, progress)


@contextmanager
def open_session(
    url: str, tenant: str = DEFAULT_TENANT, clock: Callable[[], datetime] = now
) -> Iterator[TenantSession]:
    """Raises ``UnknownTenant``."""
    with open_pool(url) as pool:
        ledger = Ledger(pool, tenant)
        try:
            yield TenantSession(pool, ledger, clock)
        finally:
            ledger.close()
