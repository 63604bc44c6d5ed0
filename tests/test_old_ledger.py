"""A ledger of version ef20605 is read, proved and shown as that version did.

``tests/old_ledger/ledger.jsonl.xz`` is never written again. It holds the year of the demo and what
the clock and the postman made of the month after it (``demo``), the story of test_story_mail
(``default``), the tour of README.md (``tour``), what test_crash and test_import_crash write
(``crash``, ``import``), and every event with random values (``histories``); the script that made
it is in the history of tests/test_make_old_ledger.py. A stored field that gets another name needs
an upcast, or these tests fail. What is shown may change on purpose:
``WRITE_PINS=1 scripts/test tests/test_old_ledger.py`` writes those samples again.
"""

import json
import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import psycopg
import pytest

from ledger.store.codec import decode, encode
from support.cli import CliUser
from support.old_ledger import OLD, TENANTS, load, stored
from support.postgres import new_database
from support.samples import assert_sample
from support.views import plain, reports, rows

LAST_DAY = "2026-07-31"
FILES = {  # what is read of one thing besides the lists and reports of its tenant
    "demo": (
        *(f"/invoices/{number}/history" for number in ("2025-1001", "2026-1076", "2026-1079")),
        *(f"/invoices/{number}" for number in ("2025-1001", "2026-1076", "2026-1079")),
        f"/debtors/D-1010?on={LAST_DAY}",
        f"/debtors/D-1010/statement?on={LAST_DAY}",
    ),
    "default": ("/invoices/2026-0417/history", "/invoices/2026-0417", "/events?limit=500"),
    "histories": ("/events?limit=500",),
}


@pytest.fixture(scope="module")
def url(postgres: str) -> Iterator[str]:
    with new_database(postgres) as url:
        load(url)
        yield url


@pytest.fixture(scope="module")
def checked(url: str) -> dict[str, dict[str, int]]:
    """Let the read models follow, and prove them; the entries that each was proved by."""
    said = {tenant: CliUser(url, tenant)("rebuild", "--check").ok().out for tenant in TENANTS}
    return {tenant: dict(map(_entries, out.splitlines())) for tenant, out in said.items()}


def _entries(line: str) -> tuple[str, int]:
    """Return the read model that a line is about, and its only number."""
    model, _, rest = line.partition(":")
    return model, int(re.sub(r"\D", "", rest))


def shown(url: str) -> dict[str, Any]:
    """Return rows and sentences of every tenant."""
    with psycopg.connect(url) as conn:
        return {tenant: rows(conn, tenant) for tenant in TENANTS}


def test_it_holds_every_event_that_there_was() -> None:
    assert len({topic for _, _, _, _, topic, _, _ in stored("entry")}) == 79


def test_no_stored_value_is_lost() -> None:
    """An optional field with another name would be left out silently: what was stored is there."""
    lost = []
    for tenant, position, book, line, topic, state, _ in stored("entry"):
        entry = decode(UUID(book), line, topic, state, position)
        if not _within(json.loads(state), json.loads(encode(entry))):
            lost.append(f"{tenant} {position}: {topic} {state}")
    assert lost == []


def _within(old: Any, new: Any) -> bool:
    """Return whether all that ``old`` says is in ``new``, which may say more."""
    if isinstance(old, dict) and isinstance(new, dict):
        return all(key in new and _within(value, new[key]) for key, value in old.items())
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(_within, old, new))
    return bool(old == new)


def test_it_proves_whole(url: str) -> None:
    proofs = {tenant: CliUser(url, tenant)("verify", "--json").ok().json for tenant in TENANTS}
    with psycopg.connect(url) as conn:
        hashes = conn.execute(
            "select tenant_id,"
            " encode(sha256(string_agg(content_hash, '' order by position)), 'hex')"
            " from ledger.entry group by 1 order by 1"
        ).fetchall()
    assert_sample("proof.json", {"verify": proofs, "hashes": dict(hashes)}, OLD)


def test_it_is_shown_as_it_was_followed_and_rebuilt(
    url: str, checked: dict[str, dict[str, int]]
) -> None:
    followed = shown(url)
    CliUser(url, "demo")("rebuild").ok()
    assert shown(url) == followed
    assert_sample("rebuild_check.json", checked, OLD)
    assert_sample("rows.json.xz", {name: one for name, (one, _) in followed.items()}, OLD)


@pytest.mark.usefixtures("checked")
def test_its_sentences_stay(url: str) -> None:
    """Their wording may change on purpose, and then this sample alone is written again."""
    assert_sample("sentences.json.xz", {name: one for name, (_, one) in shown(url).items()}, OLD)


@pytest.mark.usefixtures("checked")
def test_its_reports_and_files_stay(url: str) -> None:
    found = {name: reports(url, name, LAST_DAY, *paths) for name, paths in FILES.items()}
    assert_sample("reports.json.xz", found, OLD)


@pytest.mark.usefixtures("checked")
def test_the_clock_would_send_the_same_messages(url: str) -> None:
    dates = ("--from", "2025-07-01", "--to", LAST_DAY, "--limit", 100_000)
    found = CliUser(url, "demo")("simulate", *dates, "--json").ok().json
    assert_sample("simulation.json.xz", plain(found), OLD)
