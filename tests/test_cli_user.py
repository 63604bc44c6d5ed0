"""``dossier user``: keys for who asks over HTTP."""

from datetime import UTC, datetime
from hashlib import sha256

from ledger.database.pool import Pool
from support.cli import CliUser


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
    cli("user", "revoke", "anna").refused("no key named 'anna' in use")
