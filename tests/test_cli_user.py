"""``dossier user``: keys for who asks over HTTP."""

import getpass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from api.http.auth.keys import Role, issue, rotate
from ledger.database.pool import Conn, Pool
from projections.cloud_event import SYSTEM_ACTORS
from support.cli import CliUser
from support.http_clients import HttpClients


def test_the_key_stands_alone_on_standard_output(cli: CliUser) -> None:
    made = cli("user", "add", "anna", "--role", "collector").ok()
    [secret] = made.out.splitlines()
    assert secret.startswith("dossier_default_")
    assert len(bytes.fromhex(secret.rpartition("_")[2])) == 32
    assert "not shown again" in made.err
    assert secret not in made.err


def test_only_its_hash_is_kept(cli: CliUser, pool: Pool) -> None:
    secret = cli("user", "add", "anna", "--role", "collector").ok().out.strip()
    with pool.connection() as conn:
        [row] = conn.execute("select sha256, api_key::text from api_key").fetchall()
    assert bytes(row[0]) == sha256(secret.encode()).digest()
    assert secret.rpartition("_")[2] not in row[1]


def test_the_list_tells_all_but_the_secret(cli: CliUser) -> None:
    secret = cli("user", "add", "anna", "--role", "collector").ok().out.strip()
    cli("user", "add", "bo", "--role", "agency", "--agency", "Incasso BV").ok()
    cli("user", "add", "cas", "--role", "auditor", "--business-unit", "NL").ok()
    listed = cli("user", "list", "--json").ok()
    assert [(one["name"], one["role"], one["agency"]) for one in listed.json] == [
        ("anna", "collector", None),
        ("bo", "agency", "Incasso BV"),
        ("cas", "auditor", None),
    ]
    assert listed.json[2]["business_units"] == ["NL"]
    assert secret not in listed.out
    assert "Incasso BV" in cli("user", "list").ok().out


def test_an_expiry_is_the_last_day_in_the_tenants_time_zone(cli: CliUser) -> None:
    cli("user", "add", "anna", "--role", "collector", "--expires", "2099-06-30").ok()
    [key] = cli("user", "list", "--json").ok().json
    till = datetime.fromisoformat(key["expires_at"]).astimezone(UTC)
    assert till == datetime(2099, 6, 30, 22, tzinfo=UTC)  # midnight in Amsterdam


def test_what_makes_no_sense_is_refused(cli: CliUser) -> None:
    anna = ("user", "add", "anna", "--role")
    cli(*anna, "collector", "--expires", "2020-01-01").refused("2020-01-01 has passed", code=2)
    cli(*anna, "agency").refused("must name the agency", code=2)
    cli(*anna, "king").misused("king")
    cli(*anna, "collector").ok()
    cli(*anna, "auditor").refused("'anna' already", code=2)
    CliUser(cli.url, "nobody")(*anna, "admin").refused("no tenant 'nobody'")


def test_a_key_is_revoked_once(cli: CliUser) -> None:
    cli("user", "add", "anna", "--role", "collector").ok()
    cli("user", "revoke", "anna").ok()
    assert "revoked" in cli("user", "list").ok().out
    cli("user", "revoke", "anna").refused("no key or person named 'anna' in use")


@pytest.mark.parametrize("name", ["", " ", "anna ", "a\tb", "an\u200bna", "x" * 201])
def test_a_name_that_nobody_can_read_is_refused(cli: CliUser, name: str) -> None:
    cli("user", "add", name, "--role", "resolver").refused("visible characters", code=2)


@pytest.mark.parametrize("name", [*SYSTEM_ACTORS, "Clock"])
def test_nobody_is_called_as_a_part_of_dossier(cli: CliUser, name: str) -> None:
    cli("user", "add", name, "--role", "collector").refused("choose another name", code=2)


def test_a_name_is_free_again_when_its_key_is_revoked_or_over(cli: CliUser, owner: Conn) -> None:
    anna = ("user", "add", "anna", "--role", "collector")
    cli(*anna).ok()
    cli(*anna).refused("rotate or revoke it", code=2)
    cli("user", "revoke", "anna").ok()
    cli(*anna).ok()
    owner.execute("update api_key set expires_at = now() where revoked_at is null")
    cli(*anna).ok()
    states = [one["revoked_at"] is None for one in cli("user", "list", "--json").ok().json]
    assert states == [False, False, True]


def test_a_rotated_key_works_beside_the_new_one_for_a_while(
    cli: CliUser, http: HttpClients
) -> None:
    """The key stays the same: its id, rights and idempotency keys; the clock is the test's."""
    with http.pool.connection() as conn:
        _, first = issue(conn, "default", "anna", Role.COLLECTOR, http.clock(), "root")
        later = http.clock() + timedelta(hours=24)
        second = rotate(conn, "default", "anna", http.clock(), later, "root")

    def status(secret: str) -> int:
        http.client.app.state.keyring.keys.clear()  # type: ignore[attr-defined]
        headers = {"Authorization": f"Bearer {secret}"}
        return http.client.get("/v1/invoices", headers=headers).status_code

    assert (status(first), status(second)) == (200, 200)
    http.clock.advance(hours=24)
    assert (status(first), status(second)) == (401, 200)
    http.clock.at = datetime.now(UTC)  # the command line has its own clock
    third = cli("user", "rotate", "anna", "--overlap-hours", "0").ok().out.strip()
    http.clock.at = datetime.now(UTC)
    assert (status(second), status(third)) == (401, 200)
    assert len(cli("user", "list", "--json").ok().json) == 1
    cli("user", "revoke", "anna").ok()
    assert status(third) == 401
    cli("user", "rotate", "anna").refused("no key named 'anna' in use")


def test_each_change_of_a_key_is_on_record_with_who_made_it(cli: CliUser) -> None:
    cli("user", "add", "anna", "--role", "auditor", "--business-unit", "NL").ok()
    cli("user", "rotate", "anna").ok()
    cli("user", "revoke", "anna").ok()
    cli("user", "revoke", "anna").refused("no key or person named")
    lines = cli("user", "changes", "--json").ok().json
    assert [line["change"] for line in lines] == ["made", "rotated", "revoked"]
    assert {line["by"] for line in lines} == {getpass.getuser()}
    assert len({line["key_id"] for line in lines}) == 1
    assert "revoked" in cli("user", "changes").ok().out


def test_the_list_says_until_when_the_secret_before_works(cli: CliUser) -> None:
    cli("user", "add", "anna", "--role", "collector").ok()
    assert cli("user", "list", "--json").ok().json[0]["old_until"] is None
    cli("user", "rotate", "anna", "--overlap-hours", "24").ok()
    [key] = cli("user", "list", "--json").ok().json
    until = datetime.fromisoformat(key["old_until"])
    assert timedelta(hours=23) < until - datetime.now(UTC) < timedelta(hours=25)
    listed = " ".join(cli("user", "list").ok().out.split())
    assert "the old secret until" in listed.replace("│ ", "")
