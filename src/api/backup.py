"""Backups: the ledger of all tenants with its documents and keys, and the letters, in a folder.

A backup says what is in it. It counts when it was brought back: ``restore`` proves every entry, and
every row of the read models, which it builds from them.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import msgspec
import psycopg

from api import durable_files
from api.environment import letters
from api.postgres import dump
from api.session import owner_url, prepare_database
from ledger.database import tenants
from ledger.database.migrate import create_schemas
from ledger.database.pool import PATH, connect_to, open_pool
from ledger.engine.rebuild import check, rebuild
from ledger.store.reading import head
from ledger.store.verify import verify
from projections import READ_MODELS

DUMP, MANIFEST, LETTERS = "ledger.dump", "backup.json", "letters"
Tell = Callable[[str], None]


class NotRestored(Exception):
    """A backup that is damaged, or a database that is not empty; the message says which."""


class Backup(msgspec.Struct, frozen=True):
    """What a backup holds."""

    made_at: datetime
    dossier: str
    postgres: str  # its version
    positions: dict[str, int]  # of each tenant's last entry
    sha256: str  # of the dump


def save(url: str, folder: Path, at: datetime) -> Backup:
    """Save everything to a new folder, while others write. Raise ``PostgresFailed``."""
    folder.mkdir(mode=0o700, parents=True)
    owner = owner_url(url)
    with psycopg.connect(owner) as conn:
        conn.execute("set transaction isolation level repeatable read, read only")
        conn.execute(PATH)
        positions = {t.tenant_id: head(conn, t.tenant_id) for t in tenants.list_all(conn)}
        snapshot = conn.execute("select pg_export_snapshot()").fetchall()[0][0]
        dump.save(owner, folder / DUMP, snapshot)
        server = conn.info.parameter_status("server_version") or ""
    if letters().is_dir():
        shutil.copytree(letters(), folder / LETTERS)
    backup = Backup(at, version("dossier"), server, positions, _sha256(folder / DUMP))
    with (folder / DUMP).open("rb") as file:
        os.fsync(file.fileno())
    durable_files.write(folder / MANIFEST, msgspec.json.format(msgspec.json.encode(backup)))
    durable_files.sync(folder)
    return backup


def restore(url: str, folder: Path, at: datetime, tell: Tell) -> Backup:
    """Bring a backup back into an empty database, and prove it. Raise ``NotRestored``."""
    backup = _manifest(folder)
    owner = owner_url(url)
    with psycopg.connect(owner) as conn:
        if conn.execute("select to_regclass('ledger.entry')").fetchone() != (None,):
            raise NotRestored("there is a ledger already; restore into an empty home or database")
        create_schemas(conn)
    dump.load(owner, folder / DUMP)
    tell(f"loaded {folder / DUMP}")
    prepare_database(url, at)
    with open_pool(owner, size=2) as pool:
        for model in READ_MODELS:
            rebuild(pool, model, at)
    for line in _proofs(url, backup, at):
        tell(line)
    if (folder / LETTERS).is_dir():
        shutil.copytree(folder / LETTERS, letters(), dirs_exist_ok=True)
    return backup


def _proofs(url: str, backup: Backup, at: datetime) -> Iterator[str]:
    """Verify every tenant's ledger and read models, and say so line by line."""
    for tenant, position in backup.positions.items():
        with connect_to(url) as conn:
            proof = verify(conn, tenant)
            if proof.entries != position:
                raise NotRestored(f"tenant {tenant} has {proof.entries} entries, not {position}")
            for model in READ_MODELS:
                check(conn, tenant, model, at)
        yield f"tenant {tenant}: {proof.entries:,} entries verified, all read models checked"


def _manifest(folder: Path) -> Backup:
    try:
        backup = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Backup)
    except FileNotFoundError:
        raise NotRestored(f"{folder} is no backup, or not a whole one: no {MANIFEST}") from None
    except msgspec.DecodeError as error:
        raise NotRestored(f"{folder / MANIFEST} is damaged: {error}") from None
    if _sha256(folder / DUMP) != backup.sha256:
        raise NotRestored(f"{folder / DUMP} is damaged: its content is not what was saved")
    return backup


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
