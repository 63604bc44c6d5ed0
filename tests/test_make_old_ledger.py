"""Made ``tests/old_ledger/entries.jsonl.xz`` from version ef20605: run once, and never again."""

import json
import lzma
import random
import warnings
from base64 import b64encode
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event as Flag
from typing import Any
from uuid import UUID

import psycopg
import pytest
from hypothesis.errors import NonInteractiveExampleWarning

import test_crash
import test_import_crash
import test_story_mail
import test_tours
from api.cli.desk import level
from api.clock.strike import strike
from api.demo.command import for_agency, handed_off
from api.demo.life import live
from api.demo.replay import END
from api.importing.reading import Source
from api.importing.running import Options, run
from api.importing.translate import Terms
from api.playbook.file import shipped
from api.postman.rounds import go_round
from api.postman.settings import settings
from api.wiring import bring_up, open_desk
from commands.handling import Context, handle
from commands.playbook import ApplyPlaybook
from ledger import tenants
from ledger.books import DEBTOR, INCOMING, INVOICE, KINDS, MESSAGE, REQUEST
from ledger.events import Entry, Event
from ledger.pool import open_pool
from ledger.store import Ledger
from support.cli import CliUser
from support.end_to_end import open_end_to_end
from support.histories import EVENTS, any_of
from support.imap import run_imap_server
from support.served import serving
from support.smtp import run_smtp_server

AT = datetime(2026, 7, 1, 6, tzinfo=UTC)
TENANTS = ("crash", "demo", "histories", "import", "tour")
OUT = Path(__file__).parent / "old_ledger"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return test_tours.here.__wrapped__(tmp_path)  # type: ignore[attr-defined, no-any-return]


def test_make(database: str, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_pool(database, size=1) as pool, pool.connection() as conn:
        for name in TENANTS:
            tenants.add(conn, tenants.Tenant(name, name.title(), "Europe/Amsterdam", AT))
    bring_up(database, AT)
    steps = (
        lambda: tour(database, here),
        lambda: year(database, here, monkeypatch),
        lambda: mails(database, monkeypatch),
    )
    for step in steps:
        step()
        monkeypatch.undo()
        with psycopg.connect(database) as conn:  # their clocks differ
            conn.execute("update ledger.follower set leased_by = null, leased_till = null")
    crashed(database)
    imported(database, here)
    everything(database)
    export(database)


def mails(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        run_smtp_server() as smtp,
        run_imap_server() as imap,
        open_end_to_end(url, smtp, imap, monkeypatch.setenv) as made,
    ):
        test_story_mail.test_every_message_lands_in_the_file_and_nothing_is_forgotten(made)


def tour(url: str, here: Path) -> None:
    with serving(CliUser(url, "tour")) as served:
        said = test_tours.run("README.md", here, url, API=served.at, DOSSIER_TENANT="tour")
    assert "every content hash true" in said


def year(url: str, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOSSIER_ADDRESS", "Korenaar, Haven 1, 1000 AA Amsterdam")
    monkeypatch.setenv("DOSSIER_LETTERS", str(here / "letters"))
    now = AT
    with run_smtp_server() as smtp, open_desk(url, "demo", lambda: now) as desk:
        for name, value in smtp.environment().items():
            monkeypatch.setenv(name, value)
        smtp.refused["info@nowhere.example"] = "550 5.1.1 no such user"
        world = live(desk.ledger, 1, 80, lambda _: None)
        handed_off(desk, world, for_agency(world), here / "demo-handoff")
        handle(desk.ledger, ApplyPlaybook(rules=shipped()), context=Context("pat", now))
        for _ in range(30):
            level(desk)
            strike(desk)
            level(desk)
            go_round(desk, settings())
            now += timedelta(days=1)


def crashed(url: str) -> None:
    """What eight writers of test_crash write until the server is gone."""
    with open_pool(url) as pool:
        ledger, done = Ledger(pool, "crash"), Flag()
        try:
            written: list[Entry] = []
            for turn in range(20):
                for writer in range(len(test_crash.BOOKS)):
                    book = test_crash.BOOKS[writer]
                    other = test_crash.BOOKS[(writer + turn) % len(test_crash.BOOKS)]
                    books = dict.fromkeys([book, other])
                    lines = [len(ledger.history(id_)) + 1 for id_ in books]
                    written += ledger.write(
                        [
                            test_crash.promise(b, n, f"{writer}")
                            for b, n in zip(books, lines, strict=True)
                        ]
                    )
        finally:
            ledger.close()


def imported(url: str, here: Path) -> None:
    test_import_crash.INVOICES = 60
    lines = test_import_crash._lines()
    history = here / "history.jsonl"
    history.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    items = here / "items.csv"
    items.write_text(
        "invoice,debtor,name,amount,open,issued,due\n"
        + "".join(
            f"O-{n},D{n:05},Debtor {n},100.00,{n}.50,2026-05-01,2026-06-01\n" for n in range(1, 9)
        )
    )
    with open_desk(url, "import", lambda: AT) as desk:
        summary = run(desk, Source(str(history)), Options(Terms(60)))
        assert not summary.rejected


def everything(url: str) -> None:
    """Every event three times, as the tests of all histories make them; the books are random."""
    warnings.simplefilter("ignore", NonInteractiveExampleWarning)
    dice = random.Random(1)
    with open_pool(url) as pool:
        ledger = Ledger(pool, "histories")
        try:
            last: Counter[UUID] = Counter()
            for kind in (INVOICE, DEBTOR, MESSAGE, INCOMING, REQUEST):
                events = [one for one in EVENTS if one in kind.events]
                books = [ledger.id_of(kind, f"{kind.name} {n}") for n in range(4)]
                drawn = [any_of(one).example() for one in events for _ in range(3)]
                first = [
                    one
                    for one in drawn
                    if "asked" in one.topic or "received.v1" in one.topic and kind is INCOMING
                ]
                rest = [one for one in drawn if one not in first]
                dice.shuffle(rest)
                for event in [*first, *rest]:
                    book = dice.choice(books)
                    last[book] += 1
                    at = AT + timedelta(seconds=sum(last.values()))
                    ledger.write(
                        [
                            Entry(
                                book,
                                last[book],
                                at,
                                dice.choice(["anna", "clock"]),
                                event,
                                correlation=dice.choice([None, "c-1"]),
                                flags=dice.choice([(), ("overpaid",)]),
                            )
                        ]
                    )
        finally:
            ledger.close()


def export(url: str) -> None:
    OUT.mkdir(exist_ok=True)
    with psycopg.connect(url) as conn:
        conn.execute("set search_path = ledger")
        tables: dict[str, Any] = {
            "tenant": conn.execute(
                "select tenant_id, name, time_zone, created_at::text from tenant order by 1"
            ).fetchall(),
            "entry": conn.execute(
                "select tenant_id, position, book_id::text, line, topic, state, encode(content_hash, 'hex')"
                " from entry order by 1, 2"
            ).fetchall(),
            "document": [
                (t, s, m, z, b64encode(c).decode())
                for t, s, m, z, c in conn.execute(
                    "select tenant_id, sha256, media_type, size, content from document where size < 3000 order by 1, 2"
                )
            ],
        }
    topics = Counter((t, topic) for t, _, _, _, topic, _, _ in tables["entry"])
    for tenant in (*TENANTS, "default"):
        print(
            tenant,
            sum(n for (t, _), n in topics.items() if t == tenant),
            len([1 for t, _ in topics if t == tenant]),
        )
    plain = {topic for (t, topic) in topics if t != "histories"}
    print("only in histories:", sorted(set(Event.by_topic) - plain))
    print("nowhere:", sorted(set(Event.by_topic) - {topic for _, topic in topics}))
    text = "\n".join(
        json.dumps([table, *row], ensure_ascii=False, separators=(",", ":"))
        for table, found in tables.items()
        for row in found
    )
    packed = lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME)
    print(len(text), len(packed), len(tables["document"]))
    (OUT / "ledger.jsonl.xz").write_bytes(packed)
    dossiers = {t: CliUser(url, t) for t in (*TENANTS, "default")}
    for t, cli in dossiers.items():
        print(
            t,
            cli("verify").out,
            cli("rebuild", "--check").out,
            cli("rebuild", "--check").err,
            cli("status").out,
        )
