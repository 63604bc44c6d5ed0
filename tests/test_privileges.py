"""The application may add entries by ``append``, and can change what is written by nothing.

Keys and people likewise: it changes them by functions that leave a line of each change, and cannot
read the hashes of codes, links and sessions.
"""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from api.http.auth import keys, people, sign_in, web_sessions
from api.http.auth.keys import Role
from api.http.auth.people import Identity
from api.postgres import server
from api.session import prepare_database
from ledger.database.pool import Conn, Pool, open_pool
from ledger.store.errors import LedgerCorrupt
from ledger.store.ledger import Ledger
from ledger.store.reading import head
from ledger.store.verify import verify
from support.histories import AT, note

A = UUID(int=1)
DAY = timedelta(days=1)


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
        "insert into api_key (tenant_id, key_id, sha256, name, role, business_units, created_at)"
        " values ('default', gen_random_uuid(), '', 'mallory', 'admin', '{}', now())",
        "update api_key set revoked_at = null",
        "update api_key set role = 'admin', last_used_at = now()",
        "update api_key set sha256 = '', old_sha256 = sha256, old_until = 'infinity'",
        "delete from api_key",
        "truncate api_key",
        "copy api_key from stdin",
        "insert into api_key_change select * from api_key_change",
        "update api_key_change set by = 'anna'",
        "delete from api_key_change",
        "truncate api_key_change",
        "select note_key_change('default', gen_random_uuid(), now(), 'made', 'anna', null)",
        "create or replace function ledger.make_key() returns int language sql as 'select 1'",
        "drop function revoke_key",
        "insert into person (tenant_id, person_id, name, role, business_units, language,"
        " created_at) values ('default', gen_random_uuid(), 'mallory', 'admin', '{}', 'en', now())",
        "update person set role = 'admin'",
        "update person set ended_at = null",
        "update person set email = 'mallory@else.example'",
        "delete from person",
        "truncate person",
        "select sha256, code from sign_in",
        "select 1 from sign_in",
        "update sign_in set tries = 0, used_at = null",
        "insert into sign_in (tenant_id, sha256, person_id, made_at, ends_at)"
        " values ('default', '', gen_random_uuid(), now(), 'infinity')",
        "delete from sign_in",
        "select sha256 from web_session",
        "select 1 from web_session",
        "update web_session set ended_at = null",
        "insert into web_session (tenant_id, sha256, person_id, made_at, seen_at, ends_at, browser)"
        " values ('default', '', gen_random_uuid(), now(), now(), 'infinity', '')",
        "delete from web_session",
        "select 1 from provider_try",
        "insert into provider_try (tenant_id, sha256, provider, back, ends_at)"
        " values ('default', '', 'acme', '/', 'infinity')",
        "insert into person_change select * from person_change",
        "update person_change set by = 'anna'",
        "delete from person_change",
        "select note_person_change('default', gen_random_uuid(), now(), 'added', 'anna')",
        "create or replace function ledger.begin_session() returns int language sql as 'select 1'",
        "drop function session_of",
    ],
)
@pytest.mark.usefixtures("read_models")
def test_the_application_cannot(pool: Pool, ledger: Ledger, statement: str) -> None:
    before = ledger.since(0, 10)
    with pool.connection() as conn, pytest.raises(InsufficientPrivilege):
        conn.execute(statement.encode())
    assert ledger.since(0, 10) == before
    assert ledger.write([note(A, 2)])[0].position == 2


def test_keys_change_by_functions_alone_and_each_change_leaves_its_line(
    pool: Pool, database: str
) -> None:
    units = ["north"]
    with pool.connection() as conn:
        keys.issue(conn, "default", "anna", Role.ADMIN, AT, "root", units, expires_at=AT + DAY)
        keys.rotate(conn, "default", "anna", AT + DAY / 2, AT + DAY, "root")
        # the first has expired, so its name is free
        keys.issue(conn, "default", "anna", Role.AUDITOR, AT + 2 * DAY, "pat")
        with pytest.raises(ValueError, match="already"):
            keys.issue(conn, "default", "anna", Role.ADMIN, AT + 2 * DAY, "pat")
        keys.revoke(conn, "default", "anna", AT + 3 * DAY, "pat")
        made = keys.changes("default").fetch(conn)
    assert [(line.at - AT, line.change, line.by, line.role, line.until) for line in made] == [
        (0 * DAY, "made", "root", "admin", AT + DAY),
        (DAY / 2, "rotated", "root", "admin", AT + DAY),
        (2 * DAY, "expired", "pat", "admin", None),
        (2 * DAY, "made", "pat", "auditor", None),
        (3 * DAY, "revoked", "pat", "auditor", None),
    ]
    assert made[0].business_units == units
    login = psycopg.conninfo.conninfo_to_dict(database)["user"]
    assert {line.login for line in made} == {login}, "not the role, which all of them have"


def test_people_change_by_functions_alone_and_each_change_leaves_its_line(
    pool: Pool, database: str
) -> None:
    entra = ("https://login.example", "s-1")
    with pool.connection() as conn:
        people.add(conn, "default", "anna", Role.ADMIN, AT, by="root")
        anna = people.named("default", "anna").fetch(conn)[0]
        link = sign_in.link_token(conn, anna, AT)
        cookie = web_sessions.begin(conn, anna, AT, "Firefox")
        eva = Identity("eva", Role.AUDITOR, ["north"], None, None, "nl")
        found = people.of_provider(conn, "default", *entra, eva, AT + DAY / 4)
        assert found
        again = people.of_provider(conn, "default", *entra, eva, AT + DAY / 2)
        assert again == found, "the same person, and no line"
        more = replace(eva, business_units=["north", "south"])
        people.of_provider(conn, "default", *entra, more, AT + DAY)
        assert people.end(conn, "default", "anna", AT + 2 * DAY, by="pat")
        assert not people.end(conn, "default", "anna", AT + 2 * DAY, by="pat")
        assert sign_in.by_link(conn, link, AT) is None, "what would sign them in ended with them"
        session = web_sessions.find(cookie, AT)
        assert session
        assert session.fetch(conn) == []
        with pytest.raises(ValueError, match="already"):
            people.add(conn, "default", "eva", Role.ADMIN, AT + 2 * DAY, by="pat")
        made = people.changes("default").fetch(conn)
    assert [
        (line.at - AT, line.change, line.by, line.name, line.business_units) for line in made
    ] == [
        (0 * DAY, "added", "root", "anna", []),
        (DAY / 4, "added", entra[0], "eva", ["north"]),
        (DAY, "changed", entra[0], "eva", ["north", "south"]),
        (2 * DAY, "ended", "pat", "anna", []),
    ]
    login = psycopg.conninfo.conninfo_to_dict(database)["user"]
    assert {line.login for line in made} == {login}


def test_a_table_of_the_callers_does_not_stand_in_for_the_people(pool: Pool) -> None:
    with pool.connection() as conn, conn.transaction(force_rollback=True):
        for table in ("person", "person_change", "web_session", "sign_in"):
            conn.execute(f"create temporary table {table} (n int)".encode())
        anna = people.add(conn, "default", "anna", Role.ADMIN, AT)
        assert people.named("default", "anna").fetch(conn) == [anna]
        cookie = web_sessions.begin(conn, anna, AT, "")
        found = web_sessions.find(cookie, AT)
        assert found
        assert [session.person for session in found.fetch(conn)] == [anna]
        counts = [
            conn.execute(f"select count(*) from pg_temp.{table}".encode()).fetchone()
            for table in ("person", "person_change", "web_session", "sign_in")
        ]
    assert counts == [(0,)] * 4


def test_a_change_of_a_key_that_is_rolled_back_leaves_no_key_and_no_line(pool: Pool) -> None:
    with pool.connection() as conn:
        with conn.transaction(force_rollback=True):
            keys.issue(conn, "default", "anna", Role.ADMIN, AT, "root")
            assert len(keys.changes("default").fetch(conn)) == 1
        assert not keys.changes("default").fetch(conn)
        assert not keys.list_all("default").fetch(conn)


def test_a_table_of_the_callers_does_not_stand_in_for_the_keys(pool: Pool) -> None:
    """A definer's function that looked in ``pg_temp`` first would write where nobody looks."""
    with pool.connection() as conn:
        conn.execute("create temporary table api_key_change (like ledger.api_key_change)")
        keys.issue(conn, "default", "anna", Role.ADMIN, AT, "root")
        assert [line.change for line in keys.changes("default").fetch(conn)] == ["made"]
        conn.execute("drop table pg_temp.api_key_change")


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
