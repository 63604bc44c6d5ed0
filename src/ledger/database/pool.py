"""How we reach Postgres. Every statement carries its tenant; a connection belongs to none."""

from typing import Any

import psycopg
from psycopg import Connection
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool

Conn = Connection[TupleRow]
Pool = ConnectionPool[Conn]

APPLICATION = "dossier_app"  # the role that can add entries and change none


def set_application_name(database_url: str) -> str:
    """The same database, seen as the application's role and in our own schemas."""
    given = conninfo_to_dict(database_url).get("options") or ""
    ours = f"{given} -c role={APPLICATION} -c search_path=view,ledger".strip()
    return make_conninfo(database_url, options=ours, client_encoding="UTF8")


def open_pool(database_url: str, size: int = 8) -> Pool:
    """Each statement commits by itself; what belongs together says ``conn.transaction()``."""
    return ConnectionPool(
        set_application_name(database_url),
        kwargs={"autocommit": True},
        connection_class=Conn,
        min_size=1,
        max_size=size,
        open=True,
    )


def connect(pool: Pool) -> Connection[Any]:
    """A connection outside the pool, for one long-lived purpose; each statement commits."""
    assert isinstance(pool.conninfo, str)
    return psycopg.connect(pool.conninfo, autocommit=True)
