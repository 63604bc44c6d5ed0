"""Brings a database up to date: numbered SQL files, each once, one process at a time."""

from importlib.resources import files

import psycopg
from psycopg import Connection
from psycopg.errors import InsufficientPrivilege
from psycopg.rows import TupleRow

from ledger.database.pool import APPLICATION, Conn

LOCK = 0x1ED6E5


class CannotMigrate(Exception):
    """The login may not do what a migration needs; the message says what to do."""


def migrate(owner_url: str) -> list[str]:
    """Names of the steps taken now. The login must own the schema or be able to create it."""
    with psycopg.connect(owner_url) as conn:
        migration_lock(conn)
        try:
            _ground(conn)
            return _steps(conn)
        except InsufficientPrivilege as error:
            raise CannotMigrate(
                f"{error.diag.message_primary}. Let a superuser run once: create role"
                f" {APPLICATION} nologin; grant {APPLICATION} to your login with admin option;"
                " grant create on database … to your login."
            ) from error


def pending(conn: Connection[TupleRow]) -> list[str]:
    """Steps that this code has and the database has not."""
    try:
        done = {name for (name,) in conn.execute("select name from ledger.migration")}
    except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName):
        done = set()
    return [name for name in _all() if name not in done]


def migration_lock(conn: Conn) -> None:
    """Two processes that create the same thing at once would both fail. Until the commit."""
    conn.execute("select pg_advisory_xact_lock(%s)", [LOCK])


def _ground(conn: Conn) -> None:
    """Schemas and the application's role, which is the cluster's and not the database's."""
    conn.execute(
        f"""
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
        grant usage, create on schema view to {APPLICATION};
        set local search_path = ledger;
        create table if not exists migration (name text primary key);
        """
    )


def _steps(conn: Conn) -> list[str]:
    taken = pending(conn)
    for name in taken:
        conn.execute((files("ledger.database") / "migrations" / name).read_bytes())
        conn.execute("insert into migration values (%s)", [name])
    return taken


def _all() -> list[str]:
    return sorted(
        step.name
        for step in (files("ledger.database") / "migrations").iterdir()
        if step.name.endswith(".sql")
    )
