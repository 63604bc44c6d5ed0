"""What users, their programs and stored ledgers rely on stays as it is: see ``tests/pinned``.

``WRITE_PINS=1 scripts/test tests/test_pinned.py`` writes the samples again when a change is meant.
Files and classes may move and get other names: this file and ``tests/support`` import little of
ours, and compare names and shapes, never prose.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest

from api.links.reply_address import named_by_address, reply_address
from api.mail.parse import read
from ledger.database.pool import Pool
from ledger.facts.books import KINDS, book_id
from ledger.store.hashing import content_hash
from support import interfaces
from support.cli import CliUser
from support.samples import assert_sample, sample
from support.served import in_process
from support.smtp import run_smtp_server
from support.tables import tables

NAMES = ("2026-001", "D-7", "follow-up/D-7/2026-03-02", "<m1@bakery.example>", "é/ü 7", "")
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
CASE, MESSAGE = UUID(int=11), UUID("0b5a7f6e-0000-5000-8000-00000000abcd")
SAM, MAILBOX, SECRET = "sam@seller.example", "invoices@seller.example", "known to us alone"
LOCKS = {  # who holds one keeps off the processes of an older version, too
    "migrate": "select pg_advisory_lock(x'1ED6E5'::int)",
    "clock": "select pg_advisory_lock(x'C10C'::int, hashtext('default'))",
    "postman": "select pg_advisory_lock(hashtextextended('dossier postman default', 0))",
    "printer": "select pg_advisory_lock(hashtextextended('dossier printer default', 0))",
}
PINS: list[Callable[[], Any]] = [
    interfaces.http,
    interfaces.verbs,
    interfaces.help_tree,
    interfaces.topics,
    interfaces.events,
    interfaces.flag_codes,
    interfaces.actors,
    interfaces.environment,
]


@pytest.mark.parametrize("pin", PINS, ids=lambda pin: pin.__name__)
def test_the_names_and_shapes_that_others_use_stay(pin: Callable[[], Any]) -> None:
    assert_sample(f"{pin.__name__}.json", pin())


def test_books_keep_their_ids_and_entries_their_hashes() -> None:
    kinds = (
        *("debtor", "incoming", "invoice", "message", "playbook", "request", "creditor"),
        *("bank transaction", "bank account"),
    )
    assert set(kinds) == {kind.name for kind in KINDS.values()}  # add new kinds at the end
    ids = {
        f"{kind} {name}": {tenant: book_id(tenant, kind, name) for tenant in ("default", "a:b")}
        for kind in kinds
        for name in NAMES
    }
    hashes = {
        f"{kind} {line}": content_hash(
            "default", id_["default"], line, "note-added.v1", "{}é"
        ).hex()
        for line, (kind, id_) in enumerate(ids.items(), 1)
    }
    assert_sample("books.json", {"ids": ids, "hashes": hashes})


@contextmanager
def locked(cli: CliUser, what: str) -> Iterator[None]:
    """Hold a lock as another process does, maybe of an older version."""
    with psycopg.connect(cli.url, autocommit=True) as conn:
        conn.execute(LOCKS[what].encode())
        yield


def test_tables_and_followers_keep_their_names(cli: CliUser) -> None:
    cli("status").ok()
    with psycopg.connect(cli.url) as conn:
        assert_sample("tables.json", tables(conn))


def test_figures_keep_their_names(cli: CliUser) -> None:
    with in_process(cli.url, with_worker=False) as client:
        key = cli("user", "add", "anna", "--role", "admin").ok().out.strip()
        page = client.get("/metrics", headers={"Authorization": f"Bearer {key}"}).text
        health = {path: client.get(path).status_code for path in ("/v1/health", "/v1/ready")}
    kinds = {kind for kind in re.findall("# TYPE (.*)", page) if "_created " not in kind}
    assert_sample("figures.json", {"kinds": sorted(kinds)} | health)


def test_locks_keep_their_names(
    database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Somebody else holds each lock: our process leaves alone what the lock is for."""
    monkeypatch.setenv("DOSSIER_ADDRESS", "Seller BV, Amsterdam")
    monkeypatch.setenv("DOSSIER_LETTERS", str(tmp_path))
    with run_smtp_server() as smtp:
        cli = CliUser(database, "default", smtp.environment())
        owing(cli, tmp_path)
        with locked(cli, "clock"):
            assert cli("clock", "--json").ok().out == ""
        cli("clock", "--at", "2026-10-05T09:00").ok()
        assert waiting(cli) == ["e-mail", "letter"]
        with locked(cli, "postman"), locked(cli, "printer"):
            cli("postman", "--once").ok()
            assert waiting(cli) == ["e-mail", "letter"]
        with locked(cli, "postman"):
            cli("postman", "--once").ok()
            assert waiting(cli) == ["e-mail"]
        cli("postman", "--once").ok()
        assert waiting(cli) == []
    impatient = CliUser(f"{database} options='-c lock_timeout=50ms'")
    with locked(cli, "migrate"):
        assert "lock timeout" in impatient("rebuild", "agenda").err
    impatient("rebuild", "agenda").ok()


def owing(cli: CliUser, folder: Path) -> None:
    """Register an invoice that asks for a mail on 5 October 2026, and another for a letter."""
    rules = folder / "playbook.yaml"
    rules.write_text(cli("playbook", "show").ok().out)
    cli("playbook", "apply", rules).ok()
    invoice = {"amount": 100, "on": "2026-09-01", "due_on": "2026-09-30"}
    reached = {"D-1": {"email": "ap@bakery.example"}, "D-2": {"address": "Dorpsstraat 1, Dorp"}}
    for debtor, how in reached.items():
        cli.record("register-debtor", debtor=debtor, name="Bakery", country="NL", **how).ok()
        cli.record("register-invoice", invoice=f"F-{debtor}", debtor=debtor, **invoice).ok()


def waiting(cli: CliUser) -> list[str]:
    """Return the channels of the messages that wait."""
    return sorted(one["channel"] for one in cli("postman", "list", "--json").ok().json)


def test_links_of_before_still_open(
    cli: CliUser, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sample was signed on 2 March 2026, when a token held what it was for; a link of another
    kind opens no page of a case."""
    old = sample("links.json")
    with pool.connection() as conn:
        conn.execute("insert into link_key values (%s, %s, %s)", ["default", AT, SECRET])
    monkeypatch.setenv("DOSSIER_LINK_DAYS", "36500")
    monkeypatch.setenv("DOSSIER_CALENDAR_DAYS", "36500")
    of_case = {"case_id": CASE, "invoice": "2026-001"}
    cli.record("register-invoice", invoice="2026-001", amount=100, due_on="2026-03-01").ok()
    cli.record("open-dispute", reason="price", comment="Less.", **of_case).ok()
    cli.record("assign-resolver", resolver=SAM, **of_case).ok()
    cli("disputes").ok()
    with in_process(cli.url, with_worker=False) as client:
        page, feed = client.get(old["answer"]), client.get(old["calendar"])
        crossed = client.get(old["calendar"].replace("/calendar/", "/a/").removesuffix(".ics"))
    assert (page.status_code, feed.status_code, crossed.status_code) == (200, 200, 404)
    assert "2026-001" in page.text
    assert f"UID:{CASE}@dossier" in feed.text


def test_a_reply_address_of_today_is_still_known() -> None:
    key = SECRET.encode()
    old = sample("reply_address.json")
    mail = read(f"From: jan@bakery.example\r\nTo: {old}\r\n\r\nYes.\r\n".encode())
    assert named_by_address(key, "default", mail) == [MESSAGE]
    assert_sample("reply_address.json", reply_address(key, "default", MESSAGE, MAILBOX))
