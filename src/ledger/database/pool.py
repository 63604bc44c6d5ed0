"""Connections to Postgres. Statements name their tenant; a connection has none.

What a connection needs is set after connecting: a pooler in session mode refuses ``options``.
"""

from typing import Any
from uuid import uuid4

import psycopg
from psycopg import Connection
from psycopg.conninfo import make_conninfo
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool

Conn = Connection[TupleRow]
Pool = ConnectionPool[Conn]

APPLICATION = "dossier_app"  # the role that can add entries and change none
PATH = b"set search_path = ledger, view, pg_temp"  # it can create in the last alone
AS_APPLICATION = b"set role " + APPLICATION.encode() + b"; " + PATH
UNAVAILABLE = (  # the database, or on Citus the node of a tenant (XX000)
    psycopg.OperationalError,
    psycopg.InterfaceError,
    psycopg.errors.InternalError_,
)
RECONNECT = 2.0  # seconds of attempts in the background; then the next caller tries at once


def conninfo(database_url: str) -> str:
    """Return the URL with UTF-8, the encoding of all our connections."""
    return make_conninfo(database_url, client_encoding="UTF8")


def connect_to(database_url: str) -> Conn:
    """Open a connection of the application, in autocommit. Raise the true error."""
    conn = psycopg.connect(conninfo(database_url), autocommit=True)
    try:
        take_role(conn)
    except BaseException:
        conn.close()
        raise
    return conn


class SharedConnection(Exception):
    """A pooler that gives what was set for one connection to another."""


def check_own_session(database_url: str) -> None:
    """Raise ``SharedConnection`` when a pooler in transaction mode stands before the database.

    Our connections carry a role, a search path and prepared statements. The role need not be there
    yet: a database is checked before it is migrated.
    """
    mark = uuid4().hex
    setting = "select set_config('dossier.session', %s, false)"
    with psycopg.connect(conninfo(database_url), autocommit=True) as ours:
        ours.execute(setting, [mark])
        with psycopg.connect(conninfo(database_url), autocommit=True) as other:
            found = other.execute("select current_setting('dossier.session', true)").fetchone()
            if found == (mark,):
                other.execute("discard all")
                raise SharedConnection(
                    "Before the database stands a pooler in transaction mode, which gives one"
                    " connection's settings to another. Set pool_mode = session for this database."
                )


def take_role(conn: Connection[Any]) -> None:
    """Let a new connection be the application's."""
    conn.execute(AS_APPLICATION)


def open_pool(database_url: str, size: int = 8) -> Pool:
    """Open a pool in autocommit; use ``conn.transaction()`` for several statements."""
    return ConnectionPool(
        conninfo(database_url),
        kwargs={"autocommit": True},
        connection_class=Conn,
        configure=take_role,
        min_size=1,
        max_size=size,
        reconnect_timeout=RECONNECT,
        open=True,
    )


def connect(pool: Pool) -> Connection[Any]:
    """Open a long-lived connection outside the pool, in autocommit."""
    assert isinstance(pool.conninfo, str)
    return connect_to(pool.conninfo)
