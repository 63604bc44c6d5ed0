"""A database comes up to date once, whoever starts first and whatever the login may do."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from api.postgres import server
from ledger.database import migrate as migrations
from ledger.database.migrate import CannotMigrate, migrate, pending
from ledger.database.pool import APPLICATION, check_own_session, open_pool
from ledger.database.tenants import Tenant, create
from ledger.store.ledger import Ledger
from support.histories import note

STEPS = sorted(step.name for step in Path(migrations.__file__).parent.glob("migrations/*.sql"))
MIGRATE = "import sys; from ledger.database.migrate import migrate; print(*migrate(sys.argv[1]))"


@pytest.fixture(scope="module")
def own_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Of our own, as roles belong to the whole of it."""
    home = tmp_path_factory.mktemp("home")
    try:
        yield server.start(home)
    finally:
        server.remove(home)


@pytest.fixture
def empty(own_postgres: str) -> Iterator[str]:
    """A database in which, and a server on which, nothing of ours has been."""
    name = f"t{uuid4().hex}"
    with psycopg.connect(own_postgres, autocommit=True) as conn:
        conn.execute(f"create database {name}".encode())
        yield make_conninfo(own_postgres, dbname=name)
        conn.execute(f"drop database {name} with (force)".encode())
        conn.execute(f"drop role if exists {APPLICATION}".encode())


def as_login(url: str, may: str) -> str:
    """The owner of the database, who is no superuser and may do only this."""
    name = f"u{uuid4().hex}"
    database = psycopg.conninfo.conninfo_to_dict(url)["dbname"]
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute(f"create role {name} login {may} password 'secret'".encode())
        conn.execute(f"alter database {database} owner to {name}".encode())
    return make_conninfo(url, user=name, password="secret")


def works(url: str) -> None:
    """A tenant is made, and an entry written in its ledger."""
    with open_pool(url) as pool:
        with pool.connection() as conn:
            assert pending(conn) == []
            create(conn, Tenant("default", "Default", "UTC", datetime(2026, 1, 1, tzinfo=UTC)))
        ledger = Ledger(pool)
        assert [e.position for e in ledger.write([note(UUID(int=1), 1)])] == [1]
        ledger.close()


def test_six_processes_at_once_all_come_up_and_each_step_is_taken_once(empty: str) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-W", "error", "-c", MIGRATE, empty]
    started = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(6)
    ]
    taken = [process.communicate()[0].split() for process in started]
    assert [process.returncode for process in started] == [0] * 6
    assert sorted(taken) == [[], [], [], [], [], STEPS]
    works(empty)


def test_a_second_run_takes_nothing(empty: str) -> None:
    with psycopg.connect(empty, options="-c search_path=ledger") as conn:
        assert pending(conn) == STEPS
    assert migrate(empty) == STEPS
    assert migrate(empty) == []
    works(empty)


def test_an_owner_who_may_create_roles_need_not_be_superuser(empty: str) -> None:
    login = as_login(empty, "createrole")
    assert migrate(login)
    works(login)
    assert migrate(login) == []


def test_who_may_not_is_told_what_to_do_and_that_helps(empty: str) -> None:
    login = as_login(empty, "")
    with pytest.raises(CannotMigrate, match=f"create role {APPLICATION} nologin") as told:
        migrate(login)
    assert f"grant {APPLICATION} to your login with admin option" in str(told.value)
    name = psycopg.conninfo.conninfo_to_dict(login)["user"]
    with psycopg.connect(empty, autocommit=True) as conn:
        conn.execute(f"create role {APPLICATION} nologin".encode())
        conn.execute(f"grant {APPLICATION} to {name} with admin option".encode())
    assert migrate(login)
    works(login)


def test_who_may_not_leaves_nothing_half_done(empty: str) -> None:
    with suppress(CannotMigrate):
        migrate(as_login(empty, ""))
    with psycopg.connect(empty) as conn:
        found = conn.execute("select to_regnamespace('ledger'), to_regrole('dossier_app')")
        assert found.fetchone() == (None, None)


def test_the_command_migrates_a_server_that_has_no_role_of_ours_yet(empty: str) -> None:
    """It looks for a pooler first, by the login itself: the role is what it makes afterwards."""
    check_own_session(as_login(empty, "createrole"))
    with psycopg.connect(empty) as conn:
        assert conn.execute("select to_regrole('dossier_app')").fetchone() == (None,)
