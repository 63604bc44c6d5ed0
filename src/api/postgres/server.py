"""The embedded Postgres, so that Dossier runs without an installed database.

A server serves every process that uses the same home. It outlives the command that started it and
runs until `stop(home)` or a reboot. Its files and its user are in ``binaries.py``.

Process ids are never trusted. Every process that works on the data inherits a kernel lock on the
file `held`, so a free lock proves that no process is at work. Only an authenticated answer that
names our data folder proves that the server runs.
"""

import secrets
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL

from api.durable_files import sync
from api.postgres import LOGIN, PostgresFailed, port
from api.postgres.binaries import (
    binaries,
    choose_folder,
    failed,
    init_data,
    is_locked,
    locate,
    lock,
    major,
    private,
    run_as_owner,
    write,
)
from api.postgres.posix import take_lock, user_id
from ledger.database.pool import APPLICATION

__all__ = [
    "data_folder",
    "remove",
    "running",
    "serve_application",
    "start",
    "stop",
]

NAME = "dossier"
START_TIMEOUT = 120.0
LOG_BYTES = 5_000_000
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "256MB",
    # Above ERROR: failed statements would put personal data into a log that is never erased.
    "log_min_messages": "log",
    "log_checkpoints": "off",
}
if sys.platform == "linux":  # after a crash; file by file takes seconds on a busy disk
    SETTINGS["recovery_init_sync_method"] = "syncfs"


def start(home: Path) -> str:
    """Return the owner's libpq URL of the server, which is started when needed."""
    with _explained(home):
        keeper = _keeper(home)
        return _answer(keeper, NAME) or _start_alone(keeper)


def serve_application(home: Path) -> str:
    """Return the URL of the application's own login, which owns nothing; start the server."""
    url = start(home)
    with _explained(home):
        keeper = _keeper(home)
        if not (keeper / "login").exists():
            with _alone(keeper):
                _create_login(keeper, url)
        password = (keeper / "login").read_text()
    return make_conninfo(url, user=LOGIN, password=password)


def stop(home: Path) -> bool:
    """Stop the server without losing data; return False when none was running."""
    with _explained(home):
        keeper, folder = _keeper(home), data_folder(home)
        if not (folder / "data").exists():
            return False
        with _alone(keeper):
            if not _within(10, lambda: not is_locked(folder) or bool(_answer(keeper, "postgres"))):
                raise failed(folder, "Postgres is busy starting or full and was not stopped")
            return bool(_answer(keeper, "postgres")) and _shut_down(folder)


def running(home: Path) -> bool:
    with _explained(home):
        return _answer(_keeper(home), NAME) is not None


def data_folder(home: Path) -> Path:
    return locate(_keeper(home))


def remove(home: Path) -> None:
    stop(home)
    with _explained(home):
        for folder in {data_folder(home), _keeper(home)}:
            if folder.exists():
                shutil.rmtree(folder)


def _keeper(home: Path) -> Path:
    """Return the folder of the lock, the password and, where possible, the data."""
    return home.resolve() / "postgres"


@contextmanager
def _explained(home: Path) -> Iterator[None]:
    """Turn a system error into one that names the home and a remedy."""
    try:
        yield
    except (OSError, psycopg.Error) as error:
        advice = "check that you may write there and that its disk is not full"
        raise PostgresFailed(f"Postgres under {home} cannot be used: {error}; {advice}") from error


@contextmanager
def _alone(keeper: Path) -> Iterator[None]:
    """Let one process at a time start or stop the server; the others wait."""
    keeper.parent.mkdir(mode=0o711 if user_id() == 0 else 0o700, parents=True, exist_ok=True)
    keeper.mkdir(exist_ok=True)
    with private(keeper / "lock") as file:
        take_lock(file, wait=True)
        if keeper.stat().st_uid == user_id():
            keeper.chmod(0o711)
        yield


def _within(seconds: float, happened: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _answer(keeper: Path, database: str) -> str | None:
    """Return the URL if a server answers, knows the password and has our data, else None."""
    data = locate(keeper) / "data"
    try:
        port = int((data / "postmaster.pid").read_text().splitlines()[3])
        login = f"{NAME}:{(keeper / 'password').read_text()}@127.0.0.1:{port}"
        url = f"postgresql://{login}/{database}?sslmode=disable&require_auth=scram-sha-256"
        with psycopg.connect(url, connect_timeout=2) as connection:
            row = connection.execute("show data_directory").fetchone()
    except (FileNotFoundError, IndexError, ValueError, psycopg.OperationalError):
        return None
    return url if row and Path(row[0]).resolve() == data.resolve() else None


def _start_alone(keeper: Path) -> str:
    with _alone(keeper):
        folder = choose_folder(keeper)
        if not (folder / "data").exists():
            _create_data(keeper, folder)
        elif not (keeper / "password").exists():
            raise failed(folder, f"{keeper / 'password'} is gone: restore it from a backup")
        _same_major(folder)
        return _with_database(_bring_up(keeper, folder))


def _same_major(folder: Path) -> None:
    """Raise ``PostgresFailed`` when another major version of PostgreSQL wrote the data."""
    found = (folder / "data" / "PG_VERSION").read_text().strip()
    if found != major():
        raise PostgresFailed(
            f"{folder} holds data of PostgreSQL {found}, and this Dossier comes with {major()}."
            f" Nothing was changed. Make a backup with the Dossier that came with {found}, and"
            " restore it with this one into an empty home: docs/operations.md,"
            " 'A new major version of PostgreSQL'"
        )


def _create_data(keeper: Path, folder: Path) -> None:
    """Run initdb in a folder that is renamed when it is complete."""
    fresh, secret = folder / "data.new", folder / "data.password"
    if not _within(START_TIMEOUT, lambda: not is_locked(folder)):
        raise failed(folder, "an earlier initdb still runs")
    if fresh.exists():
        shutil.rmtree(fresh)
    fresh.mkdir(mode=0o700)
    if not (keeper / "password").exists():
        write(keeper / "password", secrets.token_hex(32))
    write(secret, (keeper / "password").read_text())
    try:
        init_data(folder, fresh, NAME, secret)
    finally:
        secret.unlink()
    fresh.rename(folder / "data")
    sync(folder)


def _bring_up(keeper: Path, folder: Path) -> str:
    """Launch until the server answers: after a kill -9, orphans or a port may block it."""

    def url() -> str | None:
        return _answer(keeper, "postgres")

    for _ in range(5):
        if not is_locked(folder) and not url():
            _launch(keeper, folder)
        if not _within(START_TIMEOUT, lambda: not is_locked(folder) or bool(url())):
            break
        if found := url():
            return found
        time.sleep(0.2)
    raise failed(folder, "Postgres does not start; it may still be recovering, so try again")


def _launch(keeper: Path, folder: Path) -> None:
    """Start a server in a session of its own, so that no Ctrl-C reaches it."""
    log, data = folder / "server.log", folder / "data"
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(folder / "server.log.old")
    settings = {**SETTINGS, "port": str(port.choose(keeper))}
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    shell = ["/bin/sh", "-c", 'exec "$@" &', "sh"]  # The shell leaves; init reaps the server.
    with lock(folder) as descriptor:
        # We hold the lock, so a pid in there is stale or belongs to another program by now.
        (data / "postmaster.pid").unlink(missing_ok=True)
        run_as_owner(
            folder, descriptor, *shell, binaries(folder) / "postgres", "-D", data, *options
        )


def _with_database(url: str) -> str:
    """Return the URL of our database, which is created in a new server."""
    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute("select 1 from pg_database where datname = %s", [NAME])
        if not found.fetchone():
            connection.execute(f"create database {NAME}")
    return url.replace("/postgres?", f"/{NAME}?")


def _create_login(keeper: Path, url: str) -> None:
    """Create the login with a new password, which its file then holds."""
    secret = secrets.token_hex(32)
    with psycopg.connect(url) as connection:
        for role, may in ((APPLICATION, "nologin"), (LOGIN, "login")):
            if connection.execute("select to_regrole(%s)", [role]).fetchone() == (None,):
                connection.execute(f"create role {role} {may}".encode())
        connection.execute(f"grant {APPLICATION} to {LOGIN}".encode())
        connection.execute(SQL(f"alter role {LOGIN} password {{}}").format(secret))
    write(keeper / "login", secret)


def _shut_down(folder: Path) -> bool:
    pg_ctl, data = binaries(folder) / "pg_ctl", folder / "data"
    refused = run_as_owner(folder, None, pg_ctl, "stop", "-D", data, "-m", "fast", "-W")
    if refused or not _within(START_TIMEOUT, lambda: not is_locked(folder)):
        raise failed(folder, "Postgres does not stop")
    return True
