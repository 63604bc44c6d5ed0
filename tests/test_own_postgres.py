"""A PostgreSQL of your own: two logins, poolers, and the true cause when it cannot be used."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ledger.database.pool import APPLICATION
from support.cli import CliUser
from support.waiting import wait_for

PGBOUNCER = shutil.which("pgbouncer")


def as_login(url: str, member: bool) -> str:
    """A login that owns nothing, and may be a member of the application's role."""
    name = f"u{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute(f"create role {name} login password 'secret'".encode())
        if member:
            conn.execute(f"grant {APPLICATION} to {name}".encode())
    return make_conninfo(url, user=name, password="secret")


@pytest.fixture
def empty_server(postgres: str) -> Iterator[str]:
    """A database in which nothing of ours has been."""
    name = f"t{uuid4().hex}"
    with psycopg.connect(postgres, autocommit=True) as conn:
        conn.execute(f"create database {name}".encode())
        yield make_conninfo(postgres, dbname=name)
        conn.execute(f"drop database {name} with (force)".encode())


def test_the_owner_migrates_and_the_application_needs_only_its_own_login(empty_server: str) -> None:
    login = as_login(empty_server, member=True)
    CliUser(login, more={"DOSSIER_OWNER_URL": empty_server})("migrate").ok()
    alone = CliUser(login)
    terms = {"debtor": "D-1", "amount": 1, "due_on": "2026-10-01"}
    alone.record("register-invoice", invoice="A-1", **terms).ok()
    assert "A-1" in alone("invoices").ok().out
    alone("tenant", "add", "acme").ok()
    alone("rebuild", "--check").ok()
    alone("rebuild").refused("DOSSIER_OWNER_URL")
    CliUser(login, more={"DOSSIER_OWNER_URL": empty_server})("rebuild").ok()


def test_an_application_that_finds_nothing_names_the_owners_url(empty_server: str) -> None:
    CliUser(as_login(empty_server, member=False))("status").refused("DOSSIER_OWNER_URL")


def test_a_login_that_is_not_in_the_role_is_named(database: str) -> None:
    login = as_login(database, member=False)
    owner = {"DOSSIER_OWNER_URL": database}
    name = conninfo_to_dict(login)["user"]
    CliUser(login, more=owner)("status").refused(f"grant {APPLICATION} to {name}")


def test_the_true_cause_is_told_at_once(database: str) -> None:
    wrong = CliUser(make_conninfo(database, password="wrong"))
    answer = wrong("status")
    assert answer.code == 1
    assert "password authentication failed" in answer.err
    assert "couldn't get a connection" not in answer.err


@contextmanager
def pgbouncer(database: str, mode: str, folder: Path) -> Iterator[str]:
    """Run a pooler before the database, and yield its URL."""
    assert PGBOUNCER
    given = conninfo_to_dict(database)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (folder / "users").write_text(f'"{given["user"]}" "{given["password"]}"\n')
    (folder / "ini").write_text(
        f"[databases]\n* = host={given['host']} port={given['port']}\n[pgbouncer]\n"
        f"listen_addr = 127.0.0.1\nlisten_port = {port}\nauth_type = plain\n"
        f"auth_file = {folder}/users\npool_mode = {mode}\nunix_socket_dir =\n"
    )
    folder.chmod(0o755)
    process = subprocess.Popen(
        [PGBOUNCER, folder / "ini"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        user="nobody" if os.geteuid() == 0 else None,
    )
    try:
        wait_for(lambda: _listens(port))
        yield make_conninfo("", **{**given, "port": port, "require_auth": None})
    finally:
        process.terminate()
        process.wait()


def _listens(port: int) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the pooler's user can reach."""
    folder = Path("/tmp") / f"dossier-pooler-{uuid4().hex}"
    folder.mkdir()
    yield folder
    shutil.rmtree(folder)


@pytest.mark.skipif(not PGBOUNCER, reason="pgbouncer is not installed")
def test_a_pooler_in_session_mode_works(database: str, folder: Path) -> None:
    with pgbouncer(database, "session", folder) as url:
        user = CliUser(url)
        user("migrate").ok()
        terms = {"debtor": "D-1", "amount": 1, "due_on": "2026-10-01"}
        user.record("register-invoice", invoice="A-1", **terms).ok()
        assert "A-1" in user("invoices").ok().out


@pytest.mark.skipif(not PGBOUNCER, reason="pgbouncer is not installed")
def test_a_pooler_in_transaction_mode_is_named(database: str, folder: Path) -> None:
    CliUser(database)("status").ok()
    with pgbouncer(database, "transaction", folder) as url:
        CliUser(url)("migrate").refused("transaction mode", "pool_mode = session")
        CliUser(url)("worker").refused("transaction mode", "pool_mode = session")
