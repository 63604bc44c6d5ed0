"""A tenant's session: its database pool, ledger and clock."""

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
from ledger.policy.visibility import EVERYTHING
from ledger.store.ledger import Ledger
from ledger.store.reading import Progress, no_progress
from projections import READ_MODELS


@dataclass(frozen=True)
class TenantSession:
    """The parts that a CLI command, a route or a job needs for a tenant."""

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
        """Return the context of ``by``, now or ``at`` a moment; ``more`` are its other fields."""
        scope = more.get("scope", EVERYTHING)
        lookups = SqlLookups(self.pool, self.tenant, self.clock, scope)
        return Context(by, at or self.clock(), lookups=lookups, **more)


def now() -> datetime:
    """Return the time; nothing else reads the wall clock."""
    return datetime.now(UTC)


def database_url() -> str:
    """Return ``$DOSSIER_DATABASE_URL``, or start the embedded server and return its URL.

    Raises ``ValueError`` when the variable is not a database address.
    """
    given = os.environ.get("DOSSIER_DATABASE_URL")
    if not given:
        return server.start(home())
    try:
        conninfo_to_dict(given)
    except psycopg.ProgrammingError as error:
        raise ValueError(
            "DOSSIER_DATABASE_URL is not a PostgreSQL address, such as"
            f" postgresql://user@host/database: {str(error).strip()}"
        ) from None
    return given


def prepare_database(url: str, at: datetime, progress: Progress = no_progress) -> None:
    """Migrate the schema, and create the first tenant and the read models if they are missing.

    Several processes may do so at once. Raises ``CannotMigrate``.
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
    """Open the session of a tenant. Raises ``UnknownTenant``."""
    with open_pool(url) as pool:
        ledger = Ledger(pool, tenant)
        try:
            yield TenantSession(pool, ledger, clock)
        finally:
            ledger.close()
