"""The commands that run it: migrate, verify, rebuild, status, tenants; a database that is away."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
import typer.main
from psycopg.conninfo import make_conninfo

from api.cli.app import app
from commands import COMMANDS
from ledger.database.pool import Conn
from ledger.store.ledger import Ledger
from projections import READ_MODELS
from support.cli import CliUser
from support.histories import note

MODELS = sorted(model.name for model in READ_MODELS)
INVOICE = {"amount": "100", "due_on": "2026-01-20", "on": "2026-01-05"}


@pytest.fixture
def filled(cli: CliUser) -> CliUser:
    """Positions 1 and 2, and read models that know of them."""
    for number in ("A-1", "A-2"):
        cli.record("register-invoice", invoice=number, **INVOICE).ok()
    cli("invoices").ok()
    return cli


def every_command(group: Any) -> Iterator[Any]:
    for command in getattr(group, "commands", {}).values():
        yield command
        yield from every_command(command)


def test_every_command_says_what_it_is_for() -> None:
    found = list(every_command(typer.main.get_command(app)))
    assert len(found) > len(COMMANDS)
    for command in found:
        assert command.help, command.name
        assert command.help[0].isupper(), command.name
        assert command.get_short_help_str(500).endswith("."), command.name


def test_without_a_command_it_tells_its_commands() -> None:
    told = CliUser("", None)()
    for name in ("agenda", "record", "handoff", "worker"):
        assert name in told.out + told.err


def test_migrate_says_which_steps_it_took(postgres: str, database: str) -> None:
    name = f"empty_{UUID(int=1).hex}"
    with psycopg.connect(postgres, autocommit=True) as conn:
        conn.execute(f"create database {name}".encode())
        try:
            empty = CliUser(make_conninfo(postgres, dbname=name))
            assert empty("migrate").ok().out.startswith("applied 0001_ledger.sql\n")
            assert empty("migrate").ok().out == "The database is up to date.\n"
            [made] = empty("tenant", "list", "--json").ok().json
            assert made["tenant_id"] == "default"
        finally:
            conn.execute(f"drop database {name} with (force)".encode())


def test_verify_tells_what_it_proved(filled: CliUser) -> None:
    assert filled("verify").ok().out.startswith("2 entries in 2 books: positions gapless")
    assert filled("verify", "--json").ok().json == {"entries": 2, "books": 2}


def test_verify_names_the_first_position_that_is_not_as_it_was_written(
    filled: CliUser, owner: Conn
) -> None:
    owner.execute("update entry set state = replace(state, '100', '900') where position = 2")
    filled("verify").refused("position 2 ", "was changed")
    filled.run("verify").refused("position 2 ", "was changed")


def test_rebuild_makes_every_read_model_or_those_named(filled: CliUser) -> None:
    told = filled("rebuild").ok().out
    assert sorted(line.partition(":")[0] for line in told.splitlines()) == MODELS
    assert filled("rebuild", "agenda").ok().out == "agenda: rebuilt of 2 entries\n"
    filled("rebuild", "nope").refused("no read model nope", "agenda", code=2)


def test_rebuild_check_says_that_all_is_equal(filled: CliUser) -> None:
    told = filled("rebuild", "--check").ok().out
    assert told.count("equals a fresh fold of 2 entries") == len(MODELS)


def test_rebuild_check_finds_a_row_that_differs_and_rebuild_mends_it(
    filled: CliUser, owner: Conn
) -> None:
    owner.execute("update invoices set open_amount = 99 where number = 'A-2'")
    found = filled("rebuild", "--check", "invoices")
    found.refused("invoices differs from a new fold", "dossier rebuild invoices")
    filled("rebuild", "invoices").ok()
    filled("rebuild", "--check", "invoices").ok()


def test_status_tells_where_every_read_model_stands_and_lags(
    filled: CliUser, ledger: Ledger
) -> None:
    ledger.write([note(UUID(int=9), 1)])
    [one] = filled("status", "--json").ok().json
    assert one["head"] == 3
    assert [f["name"] for f in one["followers"]] == MODELS
    assert {(f["position"], f["lag"]) for f in one["followers"]} == {(2, 1)}


def test_status_tells_what_is_parked_and_what_is_in_trouble(filled: CliUser, owner: Conn) -> None:
    owner.execute("update follower set trouble = 'no more disk' where name = 'agenda'")
    owner.execute(
        "insert into parked values ('default', 'debtors', %s, 2, 'KeyError: [x]', now())",
        [UUID(int=7)],
    )
    told = filled("status").ok().out
    assert "no more disk" in told
    assert f"parked: debtors, book {UUID(int=7)} from position 2: KeyError: [x]" in told
    [one] = filled("status", "--json").ok().json
    assert [f["name"] for f in one["followers"] if f["parked"]] == ["debtors"]


def test_status_names_who_reads_and_forgets_a_lease_that_ran_out(
    filled: CliUser, owner: Conn
) -> None:
    owner.execute("update follower set leased_by = 'me', leased_till = now() + interval '1 hour'")
    assert {f["leased_by"] for f in filled("status", "--json").json[0]["followers"]} == {"me"}
    owner.execute("update follower set leased_till = %s", [datetime(2026, 1, 1, tzinfo=UTC)])
    assert {f["leased_by"] for f in filled("status", "--json").json[0]["followers"]} == {None}


def test_a_tenant_has_a_ledger_and_a_calendar_of_its_own(filled: CliUser) -> None:
    filled("tenant", "add", "acme", "--name", "Acme BV", "--time-zone", "Asia/Tokyo").ok()
    acme = CliUser(filled.url, "acme")
    acme.record("register-invoice", invoice="A-1", amount=7, due_on="2026-01-20").ok()
    assert [row["amount"] for row in acme("invoices", "--json").ok().json] == ["7.00"]
    assert len(filled("invoices", "--json").ok().json) == 2
    acme("tenant", "time-zone", "Europe/Rome").ok()
    told = [
        (t["tenant_id"], t["name"], t["time_zone"]) for t in acme("tenant", "list", "--json").json
    ]
    assert told == [
        ("acme", "Acme BV", "Europe/Rome"),
        ("default", "Default", "Europe/Amsterdam"),
    ]


def test_a_tenant_is_made_once(cli: CliUser) -> None:
    assert cli("tenant", "add", "acme").ok().out == "Tenant acme created.\n"
    assert cli("tenant", "add", "acme").ok().out == "Tenant acme exists already.\n"


def test_an_odd_tenant_or_time_zone_is_refused(cli: CliUser) -> None:
    cli("tenant", "add", "").refused("acme", code=2)
    cli("tenant", "add", "acme", "--time-zone", "Mars").refused("'Mars'", "IANA", code=2)
    cli("tenant", "time-zone", "Mars").refused("Mars is not a time zone")
    assert [t["tenant_id"] for t in cli("tenant", "list", "--json").json] == ["default"]


@pytest.mark.parametrize("typed", [("agenda",), ("verify",), ("tenant", "time-zone", "UTC")])
def test_an_unknown_tenant_says_how_to_make_it(cli: CliUser, typed: tuple[str, ...]) -> None:
    CliUser(cli.url, "acme")(*typed).refused("dossier tenant add acme")


def test_a_database_that_does_not_answer_says_what_to_do(tmp_path: Path) -> None:
    away = CliUser(f"host={tmp_path} dbname=x user=x")("agenda")
    assert away.code == 1
    assert "DOSSIER_DATABASE_URL" in away.err.splitlines()[0]
    assert "Traceback" not in away.err


def test_an_address_that_is_none_says_so() -> None:
    CliUser("nonsense")("agenda").refused("DOSSIER_DATABASE_URL", "postgresql://", code=2)


def test_a_ledger_written_by_a_newer_dossier_is_not_read(filled: CliUser, owner: Conn) -> None:
    owner.execute("update entry set topic = 'invoice-registered.v9' where position = 2")
    owner.execute("update follower set position = 0")
    filled("invoices").refused("'invoice-registered.v9'", "upgrade")
