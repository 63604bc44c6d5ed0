"""The reading commands: tables for people, JSON for programs, and nothing that surprises a pipe."""

import csv
import io
import os
import signal
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import psycopg
import pytest

from ledger.database.migrate import LOCK
from support.cli import CliUser
from support.postgres import new_database

READING = ("agenda", "invoices", "debtors", "ageing", "disputes", "cycle-times", "status")


@pytest.fixture(scope="module")
def filled_cli(postgres: str) -> Iterator[CliUser]:
    """Three invoices: one disputed, one overdue, one paid. Only read."""
    with new_database(postgres) as url:
        filled_cli = CliUser(url)
        _live(filled_cli)
        yield filled_cli


def _live(cli: CliUser) -> None:
    cli.record("register-debtor", debtor="D-7", name="Bakery Jansen").ok()
    for number in ("A-1", "A-2", "A-3"):
        said = {"debtor": "D-7", "collector": "anna", "on": "2026-01-05", "due_on": "2026-01-20"}
        cli.record("register-invoice", invoice=number, amount="1210.50", **said).ok()
    cli.record("open-dispute", invoice="A-1", reason="price", comment="Too much.").ok()
    cli.record("receive-payment", invoice="A-3", reference="P", amount="1210.50").ok()


def numbers(cli: CliUser, *typed: object) -> list[str]:
    return [row.get("invoice") or row["number"] for row in cli(*typed, "--json").ok().json]


@pytest.mark.parametrize("command", READING)
def test_every_reading_command_speaks_to_people_and_programs(
    filled_cli: CliUser, command: str
) -> None:
    told = filled_cli(command).ok()
    assert told.err == ""
    assert "None" not in told.out
    assert "Decimal" not in told.out
    assert filled_cli(command, "--json").ok().json


@pytest.mark.parametrize("command", [name for name in READING if name != "status"])
def test_every_list_is_csv_too(filled_cli: CliUser, command: str) -> None:
    rows = filled_cli(command, "--json").ok().json
    rows = rows["cycle_times"] if isinstance(rows, dict) else rows
    printed = list(csv.DictReader(io.StringIO(filled_cli(command, "--csv").ok().out)))
    assert [[*row] for row in printed] == [[*row] for row in rows]
    texts = [{k: v for k, v in row.items() if isinstance(v, str)} for row in rows]
    assert [{k: row[k] for k in of} for row, of in zip(printed, texts, strict=True)] == texts


def test_an_empty_ledger_is_no_trouble(database: str) -> None:
    cli = CliUser(database)
    for command in READING:
        assert cli(command).ok().out
        assert isinstance(cli(command, "--json").ok().json, list | dict)


def test_amounts_are_text_and_days_are_iso_in_json(filled_cli: CliUser) -> None:
    row = filled_cli("invoices", "--json").ok().json[0]
    assert row["amount"] == "1210.50"
    assert row["due_on"] == "2026-01-20"


def test_a_filter_keeps_what_it_says(filled_cli: CliUser) -> None:
    assert numbers(filled_cli, "invoices") == ["A-1", "A-2", "A-3"]
    assert numbers(filled_cli, "invoices", "--status", "paid") == ["A-3"]
    assert numbers(filled_cli, "invoices", "--overdue") == ["A-1", "A-2"]
    assert numbers(filled_cli, "invoices", "--overdue", "--on", "2026-01-20") == []
    assert numbers(filled_cli, "agenda", "--reason", "price") == ["A-1"]
    assert numbers(filled_cli, "agenda", "--action", "chase debtor") == ["A-2"]
    assert numbers(filled_cli, "agenda", "--collector", "eva") == []
    assert numbers(filled_cli, "disputes", "--reason", "price", "--debtor", "D-7") == ["A-1"]
    assert numbers(filled_cli, "disputes", "--status", "resolved") == []


def test_a_report_that_was_cut_says_so(filled_cli: CliUser) -> None:
    cut = filled_cli("invoices", "--limit", 2).ok()
    assert "A-3" not in cut.out
    assert "--limit" in cut.err
    rest = filled_cli("invoices", "--limit", 2, "--after", "A-2").ok()
    assert "A-3" in rest.out
    assert rest.err == ""


def test_a_report_of_nothing_says_none(filled_cli: CliUser) -> None:
    assert filled_cli("invoices", "--debtor", "nobody").ok().out == "Invoices: none\n"


def test_the_history_has_every_entry_with_its_hash(filled_cli: CliUser) -> None:
    lines = filled_cli("history", "A-1", "--json").ok().json
    assert [line["line"] for line in lines] == [1, 2]
    assert all(len(line["content_hash"]) == 64 for line in lines)
    assert len(filled_cli("history", "A-1", "--upto", 1, "--json").ok().json) == 1
    told = filled_cli("history", "A-1").ok().out
    assert all(line["content_hash"][:12] in told for line in lines)


def test_a_debtor_has_a_history_and_a_contact_log_too(filled_cli: CliUser) -> None:
    [line] = filled_cli("history", "D-7", "--debtor", "--json").ok().json
    assert line["topic"] == "debtor-registered.v1"
    told = filled_cli("contact-log", "D-7", "--debtor").ok().out
    assert "Too much." in told


@pytest.mark.parametrize("command", ["history", "contact-log"])
def test_an_unknown_number_is_named(filled_cli: CliUser, command: str) -> None:
    filled_cli(command, "nope").refused("There is no invoice nope.")
    filled_cli(command, "nope", "--debtor").refused("There is no debtor nope.")


def test_a_row_is_one_line_for_who_pipes(database: str) -> None:
    cli = CliUser(database)
    cli.record("register-invoice", invoice="A-1", amount=1, due_on="2026-01-20").ok()
    cli.record("add-note", invoice="A-1", text="long " * 100 + "end").ok()
    [line] = [line for line in cli("contact-log", "A-1").ok().out.splitlines() if "end" in line]
    assert "long long" in line


def test_people_read_the_creditors_own_names(database: str, tmp_path: Path) -> None:
    cli, rules = CliUser(database), tmp_path / "playbook.yaml"
    _live(cli)
    rules.write_text(
        "ladders: {business: {steps: [{step: reminder, after_due: 3}]}}\n"
        "statuses: {disputed: in discussion}\nreasons: {price: {name: Agreed otherwise}}\n"
    )
    cli("playbook", "apply", rules).ok()
    assert "in discussion" in cli("invoices").ok().out
    assert "Agreed otherwise" in cli("disputes").ok().out
    assert cli("disputes", "--json").ok().json[0]["reason"] == "price"


def test_what_somebody_wrote_does_not_act_on_the_terminal(database: str) -> None:
    cli = CliUser(database)
    cli.record("register-invoice", invoice="A-1", amount=1, due_on="2026-01-20").ok()
    cli.record("add-note", invoice="A-1", text="\x1b[2J\x9b2J[red]gone").ok()
    assert "�[2J�2J[red]gone" in cli("contact-log", "A-1").ok().out


def test_a_typo_in_a_choice_is_answered_with_the_choices(filled_cli: CliUser) -> None:
    filled_cli("agenda", "--action", "nope").misused("--action", "chase debtor")
    filled_cli("disputes", "--reason", "nope").misused("--reason", "price")
    filled_cli("cycle-times", "--by", "nope").refused("'nope'", "root_cause", code=2)


def test_a_reader_that_goes_away_is_no_trouble(filled_cli: CliUser) -> None:
    """As with ``| head``: the pipe is broken before anything is written."""
    for typed in (("history", "A-1"), ("history", "A-1", "--json")):
        reads, writes = os.pipe()
        os.close(reads)
        with filled_cli.started(*typed, stdout=writes) as process:
            os.close(writes)
            assert process.communicate(timeout=60)[1] == ""


def test_ctrl_c_ends_it_without_a_traceback(filled_cli: CliUser) -> None:
    """It waits for the migration of another process, seen to be held up, when it is stopped."""
    waiting = "select count(*) from pg_locks where locktype = 'advisory' and not granted"
    with (
        psycopg.connect(filled_cli.url, autocommit=True) as other,
        other.transaction(),
        filled_cli.started("migrate") as process,
    ):
        other.execute("select pg_advisory_xact_lock(%s)", [LOCK])
        while other.execute(waiting.encode()).fetchone() == (0,):
            assert process.poll() is None, process.communicate()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == ""
    assert err == ""


def test_a_status_is_one_of_those_there_are(filled_cli: CliUser) -> None:
    for command, status in (("agenda", "disputed"), ("invoices", "disputed"), ("disputes", "open")):
        assert numbers(filled_cli, command, "--status", status) == ["A-1"]
        filled_cli(command, "--status", "foo").misused("--status", status)


def test_it_tells_its_version(cli: CliUser) -> None:
    assert cli("--version").ok().out.strip() == version("dossier")
