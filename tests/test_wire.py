"""The short way to Postgres goes on where psycopg's own would."""

from uuid import UUID

import psycopg
import pytest

from ledger.database.pg_prepared import execute_prepared
from ledger.database.pool import Pool
from ledger.store.ledger import Ledger
from ledger.store.reading import LINES, entries_of
from support.histories import note

A = UUID(int=1)


def test_a_plan_that_was_dropped_is_made_again(pool: Pool, ledger: Ledger) -> None:
    [written] = ledger.write([note(A, 1)])
    with pool.connection() as conn:
        assert entries_of(conn, "default", A) == [written]
        conn.execute("deallocate all")
        assert entries_of(conn, "default", A) == [written]


def test_it_gives_what_the_library_gives(ledger: Ledger) -> None:
    ledger.write([note(A, 1), note(A, 2)])
    assert ledger.history(A) == list[object](ledger.events.get(A))
    assert ledger.history(A, upto=1) == list[object](ledger.events.get(A, lte=1))


def test_an_error_of_the_server_is_psycopgs_own(pool: Pool) -> None:
    with pool.connection() as conn:
        with pytest.raises(psycopg.errors.InvalidTextRepresentation):
            execute_prepared(conn, LINES, (b"default", A.bytes, b"0", b"no number"))
        assert entries_of(conn, "default", A) == []
