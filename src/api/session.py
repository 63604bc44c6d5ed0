"""A tenant's session: its database pool, ledger and clock."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.errors import InsufficientPrivilege, InvalidParameterValue
from tzlocal import get_localzone_name

from api.environment import DEFAULT_TENANT, home
from api.lookups import SqlLookups
from api.postgres import LOGIN
from commands.context import Context
from ledger.database import tenants
from ledger.database.migrate import CannotMigrate, migrate, pending
from ledger.database.pool import APPLICATION, Conn, Pool, connect_to, open_pool
from ledger.engine.projector import Projector
from ledger.engine.rebuild import (
    add_positions,
    catch_up_in_bulk,
    is_far_behind,
    is_prepared,
    prepare,
)
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


def is_embedded() -> bool:
    """Return whether the database is the one that comes with Dossier."""
    return not os.environ.get("DOSSIER_DATABASE_URL")


def database_url() -> str:
    """Return ``$DOSSIER_DATABASE_URL``, or start the embedded server and return its login's URL.

    Raises ``ValueError`` when the variable is not a database address.
    """
    if is_embedded():
        from api.postgres import server  # only then: another database may be on any system

        return server.serve_application(home())
    given = os.environ["DOSSIER_DATABASE_URL"]
    try:
        conninfo_to_dict(given)
    except psycopg.ProgrammingError as error:
        raise ValueError(
            "DOSSIER_DATABASE_URL is not a PostgreSQL address, such as"
            f" postgresql://user@host/database: {str(error).strip()}"
        ) from None
    return given


def owner_url(url: str) -> str:
    """Return the login for migrations and rebuilds, which make what ``url`` only uses."""
    if given := os.environ.get("DOSSIER_OWNER_URL"):
        return given
    login = conninfo_to_dict(url)
    if login.get("user") != LOGIN:
        return url
    from api.postgres import server

    owner = conninfo_to_dict(server.start(home()))
    same = (owner["host"], owner["port"]) == (login["host"], login["port"])
    return make_conninfo("", **{**owner, "dbname": login["dbname"]}) if same else url


def prepare_database(url: str, at: datetime, progress: Progress = no_progress) -> None:
    """Migrate the schema, and create the first tenant and the read models if they are missing.

    The owner's login is used only when something has to be made. Several processes may do so at
    once. Raises ``CannotMigrate``, or the true cause why the database cannot be used.
    """
    if not _is_prepared(url):
        owner = owner_url(url)
        migrate(owner)
        with open_pool(owner, size=2) as pool:
            prepare(pool, READ_MODELS, at, progress)
    with _member(url) as conn:
        if not tenants.list_all(conn):
            zone = get_localzone_name() or "UTC"
            tenants.create(conn, tenants.Tenant(DEFAULT_TENANT, "Default", zone, at))
        add_positions(conn, READ_MODELS)


def take_batch(worker: Projector) -> int:
    """Apply a batch, and catch up in bulk after a whole one if much is left. Return its entries."""
    taken = worker.process_batch()
    if taken == worker.batch:
        with worker.pool.connection() as conn:
            far = is_far_behind(conn, worker.tenant, worker.models)
        if far:
            with open_pool(owner_url(str(worker.pool.conninfo)), size=1) as owner:
                catch_up_in_bulk(owner, worker.tenant, worker.models, worker.clock())
    return taken


def _member(url: str) -> Conn:
    try:
        return connect_to(url)
    except InsufficientPrivilege as error:
        name = conninfo_to_dict(url).get("user", "…")
        raise CannotMigrate(
            f"{error.diag.message_primary}. Let the owner run once: grant {APPLICATION} to {name}"
        ) from error


def _is_prepared(url: str) -> bool:
    try:
        with connect_to(url) as conn:
            return not pending(conn) and is_prepared(conn, READ_MODELS)
    except (InsufficientPrivilege, InvalidParameterValue):  # without the role, or not in it yet
        return False


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
