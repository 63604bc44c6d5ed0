"""Migrations: numbered SQL files, each applied once, by one process at a time."""

from importlib.resources import files

import psycopg
from psycopg import Connection
from psycopg.errors import InsufficientPrivilege
from psycopg.rows import TupleRow

from ledger.database.pool import APPLICATION, Conn
from ledger.database.statements import statements

LOCK = 0x1ED6E5


class CannotMigrate(Exception):
    """A login without the rights of a migration; the message names what to grant."""


def migrate(owner_url: str) -> list[str]:
    """Apply all pending steps, return their names. The login must own or create the schema."""
    with psycopg.connect(owner_url) as conn:
        migration_lock(conn)
        if not pending(conn) and _has_views(conn):
            return []
        try:
            create_schemas(conn)
            conn.execute("create table if not exists ledger.migration (name text primary key)")
            return _steps(conn)
        except InsufficientPrivilege as error:
            raise CannotMigrate(
                f"{error.diag.message_primary}. Let a superuser run once: create role"
                f" {APPLICATION} nologin; grant {APPLICATION} to your login with admin option;"
                " grant create on database … to your login. Or name the owner's login in"
                " DOSSIER_OWNER_URL."
            ) from error


def pending(conn: Connection[TupleRow]) -> list[str]:
    """Return the steps that the database does not have yet."""
    done = set[str]()
    if conn.execute("select to_regclass('ledger.migration')").fetchone() != (None,):
        done = {name for (name,) in conn.execute("select name from ledger.migration")}
    return [name for name in _all() if name not in done]


def _has_views(conn: Conn) -> bool:
    """Return whether the schema of the read models exists; a dump of the ledger alone lacks it."""
    return conn.execute("select to_regnamespace('view')").fetchone() != (None,)


def migration_lock(conn: Conn) -> None:
    """Lock migrations until the commit: two processes that create the same table would fail."""
    conn.execute("select pg_advisory_xact_lock(%s)", [LOCK])


def create_schemas(conn: Conn) -> None:
    """Create the application's role and the empty schemas, and let it use them."""
    script = f"""
        do $$ begin
            if to_regrole('{APPLICATION}') is null then create role {APPLICATION} nologin; end if;
        exception when duplicate_object or unique_violation then null;
        end $$;
        do $$ begin
            set local role {APPLICATION};
            reset role;
        exception when insufficient_privilege then
            execute format('grant {APPLICATION} to %I', current_user);
        end $$;
        create schema if not exists ledger;
        create schema if not exists view;
        grant usage on schema ledger to {APPLICATION};
        grant usage on schema view to {APPLICATION};
        set local search_path = ledger;
        """
    for statement in statements(script):
        conn.execute(statement.encode())


def _steps(conn: Conn) -> list[str]:
    taken = pending(conn)
    for name in taken:
        script = (files("ledger.database") / "migrations" / name).read_text("utf-8")
        for statement in statements(script):
            conn.execute(statement.encode())
        conn.execute("insert into migration values (%s)", [name])
    return taken


def _all() -> list[str]:
    folder = files("ledger.database") / "migrations"
    return sorted(step.name for step in folder.iterdir() if step.name.endswith(".sql"))
