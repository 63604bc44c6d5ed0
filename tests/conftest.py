"""The fixtures of all tests: each name is defined here once, and is the same thing everywhere."""

import gc
import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import pytest
from playwright.sync_api import Browser

from api import follower
from api.http.auth.keys import Role
from api.http.server import security_log, state
from api.session import TenantSession, now
from ledger.database.pool import Conn, Pool, open_pool
from ledger.engine.rebuild import prepare
from ledger.store.ledger import Ledger
from projections import READ_MODELS
from support.chromium import run_browser
from support.cli import CliUser
from support.clock_case import ClockCase
from support.creditor import Creditor
from support.handoff_case import HandOffCase
from support.histories import AT
from support.http_clients import HttpClients, Person, open_http
from support.imap import ImapServer, run_imap_server
from support.mailbox_case import SERVER, MailboxCase, open_mailbox
from support.postgres import READY, TEMPLATE, new_database, quick_folder, run_postgres
from support.postman_case import PostmanCase, open_postman
from support.smtp import SmtpServer, run_smtp_server
from support.two_units import TwoUnits, open_two_units

MAKERS = {"http", "two_units", "read_models", "creditor", "clock_case"}  # of the read models
DATA = Path(__file__).parents[2] / "shared" / "data"


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Keep the garbage collector from all that is imported, and from the tests themselves."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(scope="session", autouse=True)
def _patience() -> Iterator[None]:
    """A read waits longer for its position than it would for a user: the machine may be busy.

    A follower looks up more often, so that it stops sooner: at the end of a test all wait for it.
    """
    with patch.object(state, "READ_TIMEOUT", 20.0), patch.object(follower, "LOOK", 0.04):
        yield


@pytest.fixture(scope="session", autouse=True)
def _security_log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The security log of every process that a test starts is not that of who runs the tests."""
    path = tmp_path_factory.mktemp("security") / "security.jsonl"
    with patch.dict(os.environ, {security_log.SETTING: str(path)}):
        yield


@pytest.fixture(scope="session")
def data() -> Path:
    """The real samples; they are never in the project itself."""
    if not DATA.is_dir():
        pytest.skip(f"no real samples: {DATA} is not there")
    return DATA


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """URL of a server whose template database is migrated and has the tenant ``default``."""
    with quick_folder() as home, run_postgres(home) as url:
        yield url


@pytest.fixture(scope="module")
def chromium_browser() -> Iterator[Browser]:
    """A browser for the tests of a file; its loop may not run beside those of other files."""
    with run_browser() as browser:
        yield browser


@pytest.fixture
def database(postgres: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """URL of an empty database; the read models are there if a fixture makes them anyway."""
    makes_them = not MAKERS.isdisjoint(request.fixturenames)
    with new_database(postgres, READY if makes_them else TEMPLATE) as url:
        yield url


@pytest.fixture
def other_database(postgres: str) -> Iterator[str]:
    """URL of a second empty database."""
    with new_database(postgres) as url:
        yield url


@pytest.fixture
def owner(database: str) -> Iterator[Conn]:
    """A connection that may do what no command can, even change entries."""
    with Conn.connect(database, options="-c search_path=view,ledger", autocommit=True) as conn:
        yield conn


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


@pytest.fixture
def read_models(pool: Pool) -> None:
    """The tables of all read models are there."""
    prepare(pool, READ_MODELS, AT)


@pytest.fixture
def session(pool: Pool, ledger: Ledger, read_models: None) -> TenantSession:
    """The tenant as every channel opens it, at nine on 1 March 2026."""
    return TenantSession(pool, ledger, lambda: AT)


@pytest.fixture
def creditor(pool: Pool, ledger: Ledger) -> Creditor:
    """Commands go in, and the read models follow."""
    return Creditor(pool, ledger)


@pytest.fixture
def clock_case(pool: Pool, ledger: Ledger) -> ClockCase:
    """A creditor with a playbook, and a clock that a test sets."""
    return ClockCase(pool, ledger)


@pytest.fixture
def owing(clock_case: ClockCase) -> ClockCase:
    """A-1 of 100.00, due on 30 September 2026; its first reminder is planned for 3 October."""
    clock_case.debtor()
    clock_case.invoice()
    return clock_case


@pytest.fixture
def handoff_case(pool: Pool, ledger: Ledger) -> HandOffCase:
    """A creditor with files to hand off."""
    return HandOffCase(TenantSession(pool, ledger, now))


@pytest.fixture
def http(database: str, request: pytest.FixtureRequest) -> Iterator[HttpClients]:
    """A client for each role; with ``@pytest.mark.no_worker`` the read models stand still."""
    with_worker = request.node.get_closest_marker("no_worker") is None
    with open_http(database, with_worker) as clients:
        yield clients


@pytest.fixture
def anna(http: HttpClients) -> Person:
    """A collector."""
    return http.collector(name="anna")


@pytest.fixture
def admin(http: HttpClients) -> Person:
    """An administrator."""
    return http.person(Role.ADMIN, "pat")


@pytest.fixture
def two_units(database: str) -> Iterator[TwoUnits]:
    """Two business units, an agency, and another tenant next door; nothing moves by itself."""
    with open_two_units(database) as units:
        yield units


@pytest.fixture
def other_ledger(pool: Pool) -> Iterator[Ledger]:
    """The same ledger, as another process has it."""
    with closing(Ledger(pool)) as other:
        yield other


@pytest.fixture
def cli(database: str) -> CliUser:
    """What is typed, and what comes back."""
    return CliUser(database)


@pytest.fixture
def mailbox(creditor: Creditor, monkeypatch: pytest.MonkeyPatch) -> MailboxCase:
    """Mails come in about F-2026-01 and F-2026-02, by a mail server that examines senders."""
    monkeypatch.setenv("DOSSIER_MAIL_AUTHSERV", SERVER)
    return open_mailbox(creditor, "F-2026-01", "F-2026-02")


@pytest.fixture
def postman(creditor: Creditor) -> PostmanCase:
    """Mails go out about A-1 and A-2."""
    return open_postman(creditor)


@pytest.fixture
def smtp() -> Iterator[SmtpServer]:
    """A mail server to send to."""
    with run_smtp_server() as server:
        yield server


@pytest.fixture(scope="session")
def imap_server() -> Iterator[ImapServer]:
    """A mail server to read from."""
    with run_imap_server() as server:
        yield server


@pytest.fixture
def imap(imap_server: ImapServer) -> ImapServer:
    """A mail server to read from, whose mailbox is empty."""
    imap_server.empty()
    return imap_server
