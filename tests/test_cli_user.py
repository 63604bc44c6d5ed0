"""``dossier user``: keys for who asks over HTTP."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest

from ledger.pool import Pool
from support.cli import Dossier


@pytest.fixture
def dossier(database_url: str) -> Dossier:
    return Dossier(database_url)


def test_the_key_stands_alone_on_standard_output(dossier: Dossier) -> None:
    made = dossier("user", "add", "anna", "--role", "collector").ok()
    [secret] = made.out.splitlines()
    assert secret.startswith("dossier_default_")
    assert len(bytes.fromhex(secret.rpartition("_")[2])) == 32
    assert "not shown again" in made.err
    assert secret not in made.err


def test_only_its_hash_is_kept(dossier: Dossier, pool: Pool) -> None:
    secret = dossier("user", "add", "anna", "--role", "collector").ok().out.strip()
    with pool.connection() as conn:
        [row] = conn.execute("select sha256, api_key::text from api_key").fetchall()
    assert bytes(row[0]) == sha256(secret.encode()).digest()
    assert secret.rpartition("_")[2] not in row[1]


def test_the_list_tells_all_but_the_secret(dossier: Dossier) -> None:
    secret = dossier("user", "add", "anna", "--role", "collector").ok().out.strip()
    dossier("user", "add", "bo", "--role", "agency", "--agency", "Incasso BV").ok()
    dossier("user", "add", "cas", "--role", "auditor", "--business-unit", "NL").ok()
    listed = dossier("user", "list", "--json").ok()
    assert [(one["name"], one["role"], one["agency"]) for one in listed.json] == [
        ("anna", "collector", None),
        ("bo", "agency", "Incasso BV"),
        ("cas", "auditor", None),
    ]
    assert listed.json[2]["business_units"] == ["NL"]
    assert secret not in listed.out
    assert "Incasso BV" in dossier("user", "list").ok().out


def test_an_expiry_is_the_last_day_in_the_tenants_time_zone(dossier: Dossier) -> None:
    dossier("user", "add", "anna", "--role", "collector", "--expires", "2099-06-30").ok()
    [key] = dossier("user", "list", "--json").ok().json
    till = datetime.fromisoformat(key["expires_at"]).astimezone(UTC)
    assert till == datetime(2099, 6, 30, 22, tzinfo=UTC)  # midnight in Amsterdam


def test_what_makes_no_sense_is_refused(dossier: Dossier) -> None:
    anna = ("user", "add", "anna", "--role")
    dossier(*anna, "collector", "--expires", "2020-01-01").refused("2020-01-01 is over", code=2)
    dossier(*anna, "agency").refused("must name the agency", code=2)
    dossier(*anna, "king").misused("king")
    dossier(*anna, "collector").ok()
    dossier(*anna, "auditor").refused("'anna' already", code=2)
    Dossier(dossier.url, "nobody")(*anna, "admin").refused("no tenant 'nobody'")


def test_a_key_is_revoked_once(dossier: Dossier) -> None:
    dossier("user", "add", "anna", "--role", "collector").ok()
    dossier("user", "revoke", "anna").ok()
    assert "revoked" in dossier("user", "list").ok().out
    dossier("user", "revoke", "anna").refused("no key named 'anna' in use")
