"""The embedded Postgres over the real thing: kill -9, crowds, foreign pids and closed folders."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from api.postgres import PostgresFailed, server
from support.waiting import wait_for

START = (
    "import sys, pathlib as p; from api.postgres import server as e;"
    " print(e.start(p.Path(sys.argv[1])))"
)
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to another user")
as_user = pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home with a server, shared by tests that hurt it in ways it has to recover from."""
    home = tmp_path_factory.mktemp("a home") / "with $paces"
    server.start(home)
    yield home
    server.remove(home)


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Path]:
    """A home in which nothing was ever started."""
    yield tmp_path
    server.remove(tmp_path)


def spawn(home: Path) -> subprocess.Popen[str]:
    """Call start() from another process, as a second command would."""
    paths = os.pathsep.join(path for path in sys.path if path)
    command = [sys.executable, "-c", START, str(home)]
    environment = {**os.environ, "PYTHONPATH": paths}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def pid_file(home: Path) -> Path:
    """Find the file in which Postgres keeps its pid."""
    return server.data_folder(home) / "data" / "postmaster.pid"


def postmaster(home: Path) -> int:
    """Read the pid of a server that a test has just seen running."""
    return int(pid_file(home).read_text().splitlines()[0])


def ask(url: str, query: str) -> object:
    """Run one query on a connection of its own."""
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(query.encode())
        row = cursor.fetchone() if cursor.description else None
    return row and row[0]


def test_a_cold_start_gives_the_database_and_a_warm_one_the_same_url(fresh: Path) -> None:
    cold = server.start(fresh)
    assert server.running(fresh)
    assert ask(cold, "select current_database()") == "dossier"
    assert server.start(fresh) == cold


def test_stop_ends_it_and_start_brings_the_rows_back(home: Path) -> None:
    ask(server.start(home), "create table kept as select 7 as n")
    assert server.stop(home)
    assert not server.running(home)
    assert not server.stop(home)
    assert ask(server.start(home), "select n from kept") == 7


def test_a_home_that_was_never_used_has_nothing_to_stop(tmp_path: Path) -> None:
    assert not server.running(tmp_path)
    assert not server.stop(tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("fsync", "on"),
        ("data_checksums", "on"),
        ("listen_addresses", "127.0.0.1"),
        ("unix_socket_directories", ""),
        ("server_encoding", "UTF8"),
        ("max_connections", "200"),
    ],
)
def test_it_is_set_up_for_safety(home: Path, setting: str, value: str) -> None:
    assert ask(server.start(home), f"show {setting}") == value


def test_letters_beyond_ascii_count_as_letters(home: Path) -> None:
    url = server.start(home)
    ask(url, "create extension if not exists pg_trgm")
    assert ask(url, "select similarity('ÄÖÜ GmbH', 'äöü gmbh')") == 1


def test_the_password_is_kept_to_ourselves(home: Path) -> None:
    file = home / "postgres" / "password"
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(bytes.fromhex(file.read_text())) == 32
    assert file.read_text() not in (server.data_folder(home) / "server.log").read_text()


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="needs /proc")
def test_the_password_is_never_in_the_process_list(fresh: Path) -> None:
    starter, seen = spawn(fresh), set[bytes]()
    while starter.poll() is None:
        seen |= command_lines()
    url = starter.communicate()[0].strip()
    password = (fresh / "postgres" / "password").read_bytes()
    assert password.decode() in url
    assert any(b"initdb" in line for line in seen)
    assert not [line for line in seen if password in line]


def command_lines() -> set[bytes]:
    """Read what any user of this machine can see of every process."""
    found = set[bytes]()
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.add(file.read_bytes())
        except OSError:
            continue
    return found


def test_a_wrong_password_is_refused(home: Path) -> None:
    password = (home / "postgres" / "password").read_text()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(server.start(home).replace(password, "wrong"))


def test_statements_stay_out_of_the_log(home: Path) -> None:
    with pytest.raises(psycopg.errors.UndefinedColumn):
        ask(server.start(home), "select a_debtors_name")
    assert "a_debtors_name" not in (server.data_folder(home) / "server.log").read_text()


@as_root
def test_root_gives_its_power_away_and_opens_no_folder(home: Path) -> None:
    closed = [path for path in home.parents if path.stat().st_mode & 0o077 == 0]
    assert Path(f"/proc/{postmaster(home)}").stat().st_uid != 0
    assert closed
    assert server.data_folder(home) != home / "postgres"


def test_a_crowd_gets_one_server(fresh: Path) -> None:
    crowd = [spawn(fresh) for _ in range(6)]
    urls = {starter.communicate()[0].strip() for starter in crowd}
    assert urls == {server.start(fresh)}
    assert [path.name for path in server.data_folder(fresh).glob("data*")] == ["data"]


def test_ctrl_c_in_the_starters_terminal_does_not_reach_it(home: Path) -> None:
    server.start(home)
    assert os.getsid(postmaster(home)) != os.getsid(0)


def test_committed_rows_survive_kill_9_under_load(home: Path) -> None:
    url, committed, enough = server.start(home), list[int](), threading.Event()
    ask(url, "create table load (n int)")

    def load() -> None:
        with suppress(psycopg.OperationalError), psycopg.connect(url, autocommit=True) as db:
            for n in range(1_000_000):
                db.execute("insert into load values (%s)", [n])
                committed.append(n)
                if n == 50:
                    enough.set()

    writer = threading.Thread(target=load)
    writer.start()
    assert enough.wait(10)
    os.kill(postmaster(home), signal.SIGKILL)
    again = server.start(home)
    writer.join()
    kept = ask(again, "select array_agg(n order by n) from load")
    assert kept in (committed, [*committed, len(committed)])


def test_it_waits_for_orphans_that_still_work_on_the_data(home: Path) -> None:
    url = server.start(home)
    busy = "select count(*) from generate_series(1, 10000000)"

    def work() -> None:
        with suppress(psycopg.OperationalError):
            ask(url, busy)

    orphan = threading.Thread(target=work)
    orphan.start()
    seen = f"select 1 from pg_stat_activity where query = '{busy}'"
    wait_for(lambda: ask(url, seen) == 1)
    os.kill(postmaster(home), signal.SIGKILL)
    assert ask(server.start(home), "select 1") == 1
    orphan.join()


def test_a_stale_pid_file_with_somebody_elses_pid_fools_nobody(home: Path) -> None:
    server.start(home)
    left_over = pid_file(home).read_text().splitlines()
    server.stop(home)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        left_over[0], left_over[3] = str(os.getpid()), str(silent.getsockname()[1])
        pid_file(home).write_text("\n".join(left_over))
        assert not server.running(home)
    assert not server.stop(home)
    assert ask(server.start(home), "select 1") == 1


def test_another_homes_server_on_the_port_is_not_taken_for_ours(home: Path, tmp_path: Path) -> None:
    server.start(home)
    copy = tmp_path / "postgres"
    (copy / "data").mkdir(parents=True)
    (copy / "password").write_text((home / "postgres" / "password").read_text())
    (copy / "data" / "postmaster.pid").write_text(pid_file(home).read_text())
    assert not server.running(tmp_path)


def test_kill_9_in_the_middle_of_initdb_leaves_nothing_half(fresh: Path) -> None:
    starter = spawn(fresh)
    wait_for(lambda: (server.data_folder(fresh) / "data.new" / "PG_VERSION").exists())
    starter.kill()
    starter.communicate()
    assert ask(server.start(fresh), "select 1") == 1
    assert not (server.data_folder(fresh) / "data.new").exists()


def test_a_lost_password_is_named(home: Path) -> None:
    server.stop(home)
    with missing(home / "postgres" / "password"), pytest.raises(PostgresFailed, match="is gone"):
        server.start(home)


def test_a_server_that_will_not_start_says_why(home: Path) -> None:
    server.stop(home)
    control = server.data_folder(home) / "data" / "global" / "pg_control"
    with missing(control), pytest.raises(PostgresFailed, match="pg_control") as failed:
        server.start(home)
    assert str(server.data_folder(home) / "server.log") in str(failed.value)


@contextmanager
def missing(file: Path) -> Iterator[None]:
    """Take a file away for a while."""
    file.rename(file.with_suffix(".away"))
    yield
    file.with_suffix(".away").rename(file)


def test_data_of_another_major_version_is_named(home: Path) -> None:
    server.stop(home)
    file = server.data_folder(home) / "data" / "PG_VERSION"
    ours = file.read_text()
    file.write_text("17\n")
    with pytest.raises(PostgresFailed, match=f"of PostgreSQL 17, and this .* with {ours.strip()}"):
        server.start(home)
    file.write_text(ours)
    assert ask(server.start(home), "select 1") == 1


def test_it_comes_back_on_the_port_it_had(home: Path) -> None:
    url = server.start(home)
    server.stop(home)
    assert server.start(home) == url


def test_a_home_below_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PostgresFailed, match=str(tmp_path / "file" / "home")):
        server.start(tmp_path / "file" / "home")


@as_user
def test_an_unwritable_home_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(PostgresFailed, match=str(tmp_path)):
        server.start(tmp_path)
