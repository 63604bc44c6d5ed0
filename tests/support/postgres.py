"""Databases on one embedded Postgres, and a wire to it that can be cut at the worst moment."""

import os
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from shutil import disk_usage
from tempfile import TemporaryDirectory
from threading import Lock, Thread
from uuid import uuid4

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from api.postgres import server as embedded
from ledger.database.migrate import migrate
from ledger.database.pool import open_pool
from ledger.database.tenants import Tenant, create
from ledger.engine.rebuild import prepare
from projections import READ_MODELS

TEMPLATE = "template_dossier"
MEMORY, ROOM = Path("/dev/shm"), 2_000_000_000  # bytes that must be free
READY = "template_ready"  # with empty read models, too, whose making takes longer than a copy
ANSWER = re.compile(
    rb"SELECT \d+\x00Z\x00\x00\x00\x05I$"
)  # the rows were sent and the transaction is over


@contextmanager
def quick_folder() -> Iterator[Path]:
    """Make a folder in memory if there is room, else on the disk.

    A database has 300 files, and ext4 looks long for a place of a new one after many were deleted.
    """
    roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and disk_usage(MEMORY).free > ROOM
    with TemporaryDirectory(prefix="dossier-tests-", dir=MEMORY if roomy else None) as name:
        folder = Path(name)
        folder.chmod(0o711)  # the server may run as another user
        yield folder


@contextmanager
def run_postgres(home: Path) -> Iterator[str]:
    """Start a server, and yield its URL.

    Its template databases are migrated and have the tenant ``default``. What is written waits for
    no disk: a test kills processes, but never the machine.
    """
    url = embedded.start(home)
    try:
        with psycopg.connect(url, autocommit=True) as conn:
            for setting in ("fsync", "full_page_writes"):
                conn.execute(f"alter system set {setting} = off".encode())
            conn.execute("select pg_reload_conf()")
            conn.execute(f"create database {TEMPLATE}".encode())
        template = make_conninfo(url, dbname=TEMPLATE)
        migrate(template)
        with open_pool(template) as pool, pool.connection() as conn:
            made_at = datetime(2026, 1, 1, tzinfo=UTC)
            create(conn, Tenant("default", "Default", "Europe/Amsterdam", made_at))
        with psycopg.connect(url, autocommit=True) as conn:
            conn.execute(f"create database {READY} template {TEMPLATE}".encode())
        with open_pool(make_conninfo(url, dbname=READY)) as pool:
            prepare(pool, READ_MODELS, made_at)
        yield url
    finally:
        embedded.remove(home)


@contextmanager
def new_database(postgres: str, template: str = TEMPLATE) -> Iterator[str]:
    """Yield the URL of a copy of the template, which is dropped at the end."""
    name = f"t{uuid4().hex}"
    with psycopg.connect(postgres, autocommit=True) as conn:
        conn.execute(f"create database {name} template {template} strategy file_copy".encode())
    yield make_conninfo(postgres, dbname=name)
    with psycopg.connect(postgres, autocommit=True) as conn:
        conn.execute(f"drop database {name} with (force)".encode())


class Proxy:
    """A wire to a database that loses as many answers as ``to_lose`` says."""

    def __init__(self, database: str) -> None:
        asked = conninfo_to_dict(database)
        self._server = (str(asked["host"]), int(asked["port"] or 0))
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = make_conninfo(database, port=self._door.getsockname()[1])
        self.to_lose = self.lost = 0
        self._lock, self._open, self._wires = Lock(), True, list[socket.socket]()

    def run(self) -> None:
        """Accept clients until ``shut``."""
        with suppress(OSError):
            while True:
                client, _ = self._door.accept()
                server = socket.create_connection(self._server)
                with self._lock:
                    self._wires += (client, server)
                    if not self._open:
                        _cut(client, server)
                Thread(target=self._forward, args=(client, server), daemon=True).start()
                Thread(target=self._back, args=(server, client), daemon=True).start()

    def shut(self) -> None:
        """Accept nobody any more, and cut off all clients."""
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        with self._lock:
            self._open = False
            _cut(*self._wires)

    def _forward(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while sent := client.recv(65536):
                server.sendall(sent)
        _cut(server, client)

    def _back(self, server: socket.socket, client: socket.socket) -> None:
        """Lose a whole answer, and the connection with it."""
        held = b""
        with suppress(OSError):
            while sent := server.recv(65536):
                if not self.to_lose:
                    client.sendall(sent)
                    continue
                held += sent
                if ANSWER.search(held):
                    self.to_lose -= 1
                    self.lost += 1
                    break
                if held.endswith(b"Z\0\0\0\x05I") or held.startswith(b"R"):  # a plan, a login
                    client.sendall(held)
                    held = b""
        _cut(server, client)


def _cut(*wires: socket.socket) -> None:
    for wire in wires:
        with suppress(OSError):
            wire.shutdown(socket.SHUT_RDWR)
        wire.close()


@contextmanager
def proxied(database: str) -> Iterator[Proxy]:
    """Connect to ``proxy.url``; each of ``proxy.to_lose`` answers never arrives."""
    proxy = Proxy(database)
    runs = Thread(target=proxy.run)
    runs.start()
    try:
        yield proxy
    finally:
        proxy.shut()
        runs.join()
