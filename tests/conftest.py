"""One Postgres for the run, one empty database for each test that asks."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from api import embedded
from api.http import office
from ledger import tenants
from ledger.migrate import migrate
from ledger.pool import Pool, open_pool
from ledger.store import Ledger

TEMPLATE = "template_dossier"
DATA = Path(__file__).parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of a server whose template database is migrated and has the tenant ``default``."""
    home = tmp_path_factory.mktemp("home")
    url = embedded.start(home)
    try:
        with psycopg.connect(url, autocommit=True) as conn:
            conn.execute(f"create database {TEMPLATE}".encode())
        template = make_conninfo(url, dbname=TEMPLATE)
        migrate(template)
        with open_pool(template) as pool, pool.connection() as conn:
            made_at = datetime(2026, 1, 1, tzinfo=UTC)
            tenants.add(conn, tenants.Tenant("default", "Default", "Europe/Amsterdam", made_at))
        yield url
    finally:
        embedded.remove(home)


@pytest.fixture
def database(postgres: str) -> Iterator[str]:
    name = f"t{uuid4().hex}"
    with psycopg.connect(postgres, autocommit=True) as conn:
        conn.execute(f"create database {name} template {TEMPLATE}".encode())
    yield make_conninfo(postgres, dbname=name)
    with psycopg.connect(postgres, autocommit=True) as conn:
        conn.execute(f"drop database {name} with (force)".encode())


@pytest.fixture
def pool(database: str) -> Iterator[Pool]:
    with open_pool(database) as pool:
        pool.wait()
        yield pool


@pytest.fixture
def ledger(pool: Pool) -> Iterator[Ledger]:
    ledger = Ledger(pool)
    yield ledger
    ledger.close()


@pytest.fixture(scope="session", autouse=True)
def _patience() -> Iterator[None]:
    """A read waits longer for its position than it would for a user: the machine may be busy."""
    with patch.object(office, "PATIENCE", 20.0):
        yield


@pytest.fixture(scope="session")
def data() -> Path:
    """The real samples; they are never in the project itself."""
    if not DATA.is_dir():
        pytest.skip(f"no real samples: {DATA} is not there")
    return DATA
