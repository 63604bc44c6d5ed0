"""Connections to Postgres. Statements name their tenant; a connection has none."""

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
    """Return the URL with the application's role, our schemas and UTF-8."""
    given = conninfo_to_dict(database_url).get("options") or ""
    ours = f"{given} -c role={APPLICATION} -c search_path=view,ledger".strip()
    return make_conninfo(database_url, options=ours, client_encoding="UTF8")


def open_pool(database_url: str, size: int = 8) -> Pool:
    """Open a pool in autocommit; use ``conn.transaction()`` for several statements."""
    return ConnectionPool(
        set_application_name(database_url),
        kwargs={"autocommit": True},
        connection_class=Conn,
        min_size=1,
        max_size=size,
        open=True,
    )


def connect(pool: Pool) -> Connection[Any]:
    """Open a long-lived connection outside the pool, in autocommit."""
    assert isinstance(pool.conninfo, str)
    return psycopg.connect(pool.conninfo, autocommit=True)
