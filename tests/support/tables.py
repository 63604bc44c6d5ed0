"""What the database consists of, and what its locks are called, as plain data."""

from typing import Any

import psycopg

COLUMNS = """
select table_schema || '.' || table_name, column_name, data_type, udt_name, is_nullable,
       column_default
from information_schema.columns where table_schema in ('ledger', 'view')
order by table_schema, table_name, ordinal_position
"""
INDEXES = """
select schemaname || '.' || tablename, regexp_replace(indexdef, '^CREATE( UNIQUE)? .* USING', '\\1')
from pg_indexes where schemaname in ('ledger', 'view') order by 1, 2
"""
FUNCTIONS = """
select proname || '(' || pg_get_function_arguments(p.oid) || ') returns '
       || pg_get_function_result(p.oid)
from pg_proc p join pg_namespace n on n.oid = pronamespace
where nspname in ('ledger', 'view') order by 1
"""
GRANTS = """
select table_schema || '.' || table_name, string_agg(privilege_type, ' ' order by privilege_type)
from information_schema.table_privileges
where grantee = 'dossier_app' and table_schema = 'ledger' group by 1 order by 1
"""


def tables(conn: psycopg.Connection[Any]) -> dict[str, Any]:
    """Return columns and indexes by table, functions, rights, followers and migrations."""
    found: dict[str, Any] = {}
    for name, column, kind, element, nullable, default in conn.execute(COLUMNS):
        said = [element if kind == "ARRAY" else kind, *(["null"] if nullable == "YES" else [])]
        columns = found.setdefault(name, {"columns": {}, "indexes": []})["columns"]
        columns[column] = " ".join([*said, *([f"default {default}"] if default else [])])
    for name, index in conn.execute(INDEXES):
        found[name]["indexes"].append(index.strip())
    return {
        "tables": found,
        "functions": _column(conn, FUNCTIONS),
        "rights": dict(conn.execute(GRANTS).fetchall()),
        "followers": _column(conn, "select distinct name from ledger.follower order by 1"),
        "read models": _column(conn, "select name from ledger.read_model order by 1"),
        "migrations": _column(conn, "select name from ledger.migration order by 1"),
    }


def _column(conn: psycopg.Connection[Any], query: str) -> list[str]:
    return [value for (value,) in conn.execute(query.encode())]
