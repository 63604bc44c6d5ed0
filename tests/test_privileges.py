"""The application may add entries by ``append``, and can change what is written by nothing."""

from contextlib import closing
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from api.postgres import server
from api.session import prepare_database
from ledger.database.pool import Conn, Pool, open_pool
from ledger.store.errors import LedgerCorrupt
from ledger.store.ledger import Ledger
from ledger.store.reading import head
from ledger.store.verify import verify
from support.histories import AT, note

A = UUID(int=1)


@pytest.fixture(autouse=True)
def one_note(ledger: Ledger) -> None:
    ledger.write([note(A, 1)])


@pytest.mark.parametrize(
    "statement",
    [
        "update entry set state = '{}'",
        "update entry set content_hash = '' where tenant_id = 'default'",
        "delete from entry where position = 1",
        "truncate entry",
        "truncate ledger.entry cascade",
        "insert into entry values ('default', 2, gen_random_uuid(), 1, 't.v1', '{}', '')",
        "copy entry from stdin",
        "select from entry for update",
        "update tenant_head set position = 0",
        "delete from tenant_head",
        "truncate tenant_head",
        "delete from tenant",
        "update document set content = ''",
        "delete from document",
        "insert into migration values ('9999')",
        "delete from migration",
        "drop table entry",
        "alter table entry add column more int",
        "alter table entry disable trigger all",
        "alter table entry owner to dossier_app",
        "create trigger t before insert on entry for each row execute function"
        " suppress_redundant_updates_trigger()",
        "create rule r as on insert to entry do instead nothing",
        "create index on entry (topic)",
        "drop function append",
        "create or replace function ledger.append(text) returns int language sql as 'select 1'",
        "create table ledger.more (n int)",
        "drop schema ledger cascade",
        "create table view.entry as select * from ledger.entry",
        "create function view.append_all() returns int language sql as 'select 1'",
        "drop table view.agenda",
        "alter table view.agenda rename to entry",
    ],
)
@pytest.mark.usefixtures("read_models")
def test_the_application_cannot(pool: Pool, ledger: Ledger, statement: str) -> None:
    before = ledger.since(0, 10)
    with pool.connection() as conn, pytest.raises(InsufficientPrivilege):
        conn.execute(statement.encode())
    assert ledger.since(0, 10) == before
    assert ledger.write([note(A, 2)])[0].position == 2


def test_verify_fails_when_read_models_have_a_name_of_the_ledgers(
    pool: Pool, ledger: Ledger, owner: Conn
) -> None:
    owner.execute("create table view.entry as select * from ledger.entry")
    owner.execute("update view.entry set state = 'forged'")
    owner.execute("grant select on view.entry to dossier_app")
    assert "forged" not in str(ledger.since(0, 10)), "who reads finds the ledger all the same"
    with (
        pool.connection() as conn,
        pytest.raises(LedgerCorrupt, match="names of the ledger: entry"),
    ):
        verify(conn, "default")


def test_a_temporary_table_does_not_hide_the_ledger(pool: Pool, ledger: Ledger) -> None:
    with pool.connection() as conn, conn.transaction(force_rollback=True):
        conn.execute("create temporary table entry (n int)")
        conn.execute("create temporary table tenant_head (n int)")
        assert conn.execute("select count(*) from entry").fetchone() == (1,)
        assert head(conn, "default") == 1


@pytest.mark.usefixtures("read_models")
def test_no_read_model_has_a_name_of_the_ledgers(owner: Conn) -> None:
    assert verify(owner, "default").entries == 1


def test_the_login_of_the_embedded_server_owns_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who serves is no superuser, whatever they set: no file, no program, no other role."""
    monkeypatch.setenv("DOSSIER_HOME", str(tmp_path))
    try:
        url = server.serve_application(tmp_path)
        assert server.serve_application(tmp_path) == url
        prepare_database(url, AT)
        with psycopg.connect(url, autocommit=True) as conn:
            for forbidden in (
                "select pg_read_file('postgresql.conf')",
                "copy (select 1) to program 'true'",
                "set role dossier",
                "create table public.more (n int)",
                "create table view.more (n int)",
                "insert into ledger.entry values ('default', 2, gen_random_uuid(), 1, '', '', '')",
            ):
                with pytest.raises(InsufficientPrivilege):
                    conn.execute(forbidden.encode())
        with open_pool(url) as pool, closing(Ledger(pool)) as ledger:
            assert ledger.write([note(A, 1)])[0].position == 1
        assert (tmp_path / "postgres" / "login").stat().st_mode & 0o777 == 0o600
    finally:
        server.remove(tmp_path)


def test_a_grant_of_what_it_has_not_gives_it_nothing(pool: Pool) -> None:
    with pool.connection() as conn:
        conn.execute("grant all on entry to dossier_app")
        found = conn.execute(
            "select privilege_type from information_schema.role_table_grants"
            " where table_name = 'entry' and grantee = 'dossier_app'"
        ).fetchall()
    assert found == [("SELECT",)]


@pytest.mark.parametrize("more", ["append(", "append_all(bytea[], "])
def test_nobody_else_may_append(pool: Pool, more: str) -> None:
    name, _, last = more.partition("(")
    types = "text, int[], uuid[], int[], text[], text[], " + last + "bytea[]"
    with pool.connection() as conn:
        found = conn.execute(
            "select has_function_privilege(r, %s, 'execute')"
            " from unnest(array['public', 'dossier_app']) r",
            [f"ledger.{name}({types})"],
        ).fetchall()
    assert found == [(False,), (True,)]


def test_a_table_of_the_applications_own_does_not_stand_in_the_ledgers_place(
    pool: Pool, ledger: Ledger
) -> None:
    """``append`` runs as the owner: whose code it meets there must not be the caller's choice."""
    with pool.connection() as conn, conn.transaction(force_rollback=True):
        conn.execute("create temporary table tenant_head as select 'default' tenant_id, 1 position")
        conn.execute(
            "create function pg_temp.forge() returns trigger language plpgsql as $$ begin"
            " update ledger.entry set state = 'forged'; return new; end $$"
        )
        conn.execute(
            "create trigger forge before update on pg_temp.tenant_head"
            " for each row execute function pg_temp.forge()"
        )
        conn.execute(
            "select * from append('default', '{0}', array[gen_random_uuid()], '{1}',"
            " '{t.v1}', '{x}', '{x}')"
        )
        found = conn.execute("select count(*) from ledger.entry where state = 'forged'").fetchone()
    assert found == (0,)
