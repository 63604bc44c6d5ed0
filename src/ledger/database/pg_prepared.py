"""Prepared statements without psycopg's cursor, for the two most frequent statements: the lines of
a book, and the append. The cursor takes longer than the server. psycopg still waits for the answer,
so Ctrl-C works.
"""

from collections.abc import Callable, MutableMapping, Sequence
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from psycopg import Connection
from psycopg.errors import InvalidSqlStatementName, error_from_result
from psycopg.generators import execute
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGresult

TEXT, BINARY = 0, 1


class PreparedStatement(NamedTuple):
    """A statement, prepared once for a connection. ``types`` are object ids from pg_type."""

    name: bytes
    sql: bytes
    types: Sequence[int]
    formats: Sequence[int]


_prepared: MutableMapping[Connection[Any], set[bytes]] = WeakKeyDictionary()


def do_nothing() -> None:
    """Do nothing while the server works."""


def execute_prepared(
    conn: Connection[Any],
    statement: PreparedStatement,
    parameters: Sequence[bytes],
    meanwhile: Callable[[], None] = do_nothing,
) -> list[list[bytes | None]]:
    """Return rows of text values. Needs autocommit; raises psycopg's errors.

    ``meanwhile`` is called while the server works.
    """
    with conn.lock:
        try:
            result = _send(conn, statement, parameters, meanwhile)
        except InvalidSqlStatementName:  # psycopg drops all plans of a connection after a rollback
            _prepared.pop(conn, None)
            result = _send(conn, statement, parameters, do_nothing)
    value, columns = result.get_value, range(result.nfields)
    return [[value(row, column) for column in columns] for row in range(result.ntuples)]


def _send(
    conn: Connection[Any],
    statement: PreparedStatement,
    parameters: Sequence[bytes],
    meanwhile: Callable[[], None],
) -> PGresult:
    known = _prepared.setdefault(conn, set())
    if statement.name not in known:
        conn.pgconn.send_prepare(statement.name, statement.sql, statement.types)
        _checked(conn, conn.wait(execute(conn.pgconn)))
        known.add(statement.name)
    conn.pgconn.send_query_prepared(statement.name, parameters, statement.formats, TEXT)
    try:
        meanwhile()
    finally:  # the answer must be read before the next question
        results = conn.wait(execute(conn.pgconn))
    return _checked(conn, results)


def _checked(conn: Connection[Any], results: Sequence[PGresult]) -> PGresult:
    result = results[-1]
    if result.status not in (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK):
        raise error_from_result(result, conn.info.encoding)
    return result
