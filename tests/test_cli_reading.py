"""The reading commands: tables for people, JSON for programs, and nothing that surprises a pipe."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from ledger.migrate import LOCK
from support.cli import Dossier, fresh_database

READING = ("agenda", "invoices", "debtors", "ageing", "disputes", "cycle-times", "status")


@pytest.fixture(scope="module")
def dossier(postgres: str) -> Iterator[Dossier]:
    """Three invoices: one disputed, one overdue, one paid. Only read."""
    with fresh_database(postgres) as url:
        dossier = Dossier(url)
        _live(dossier)
        yield dossier


def _live(dossier: Dossier) -> None:
    dossier.record("register-debtor", debtor="D-7", name="Bakery Jansen").ok()
    for number in ("A-1", "A-2", "A-3"):
        said = {"debtor": "D-7", "collector": "anna", "on": "2026-01-05", "due_on": "2026-01-20"}
        dossier.record("register-invoice", invoice=number, amount="1210.50", **said).ok()
    dossier.record("open-dispute", invoice="A-1", reason="price", comment="Too much.").ok()
    dossier.record("receive-payment", invoice="A-3", reference="P", amount="1210.50").ok()


def numbers(dossier: Dossier, *typed: object) -> list[str]:
    return [row.get("invoice") or row["number"] for row in dossier(*typed, "--json").ok().json]


@pytest.mark.parametrize("command", READING)
def test_every_reading_command_speaks_to_people_and_programs(
    dossier: Dossier, command: str
) -> None:
    told = dossier(command).ok()
    assert told.err == ""
    assert "None" not in told.out
    assert "Decimal" not in told.out
    assert dossier(command, "--json").ok().json


def test_an_empty_ledger_is_no_trouble(database_url: str) -> None:
    dossier = Dossier(database_url)
    for command in READING:
        assert dossier(command).ok().out
        assert isinstance(dossier(command, "--json").ok().json, list | dict)


def test_amounts_are_text_and_days_are_iso_in_json(dossier: Dossier) -> None:
    row = dossier("invoices", "--json").ok().json[0]
    assert row["amount"] == "1210.50"
    assert row["due_on"] == "2026-01-20"


def test_a_filter_keeps_what_it_says(dossier: Dossier) -> None:
    assert numbers(dossier, "invoices") == ["A-1", "A-2", "A-3"]
    assert numbers(dossier, "invoices", "--status", "paid") == ["A-3"]
    assert numbers(dossier, "invoices", "--overdue") == ["A-1", "A-2"]
    assert numbers(dossier, "invoices", "--overdue", "--on", "2026-01-20") == []
    assert numbers(dossier, "agenda", "--reason", "price") == ["A-1"]
    assert numbers(dossier, "agenda", "--action", "chase debtor") == ["A-2"]
    assert numbers(dossier, "agenda", "--collector", "eva") == []
    assert numbers(dossier, "disputes", "--reason", "price", "--debtor", "D-7") == ["A-1"]
    assert numbers(dossier, "disputes", "--status", "resolved") == []


def test_a_report_that_was_cut_says_so(dossier: Dossier) -> None:
    cut = dossier("invoices", "--limit", 2).ok()
    assert "A-3" not in cut.out
    assert "--limit" in cut.err
    rest = dossier("invoices", "--limit", 2, "--after", "A-2").ok()
    assert "A-3" in rest.out
    assert rest.err == ""


def test_a_report_of_nothing_says_none(dossier: Dossier) -> None:
    assert dossier("invoices", "--debtor", "nobody").ok().out == "Invoices: none\n"


def test_the_history_has_every_entry_with_its_hash(dossier: Dossier) -> None:
    lines = dossier("history", "A-1", "--json").ok().json
    assert [line["line"] for line in lines] == [1, 2]
    assert all(len(line["content_hash"]) == 64 for line in lines)
    assert len(dossier("history", "A-1", "--upto", 1, "--json").ok().json) == 1
    told = dossier("history", "A-1").ok().out
    assert all(line["content_hash"][:12] in told for line in lines)


def test_a_debtor_has_a_history_and_a_contact_log_too(dossier: Dossier) -> None:
    [line] = dossier("history", "D-7", "--debtor", "--json").ok().json
    assert line["topic"] == "debtor-registered.v1"
    told = dossier("contact-log", "D-7", "--debtor").ok().out
    assert "Too much." in told


@pytest.mark.parametrize("command", ["history", "contact-log"])
def test_an_unknown_number_is_named(dossier: Dossier, command: str) -> None:
    dossier(command, "nope").refused("There is no invoice nope.")
    dossier(command, "nope", "--debtor").refused("There is no debtor nope.")


def test_a_row_is_one_line_for_who_pipes(database_url: str) -> None:
    dossier = Dossier(database_url)
    dossier.record("register-invoice", invoice="A-1", amount=1, due_on="2026-01-20").ok()
    dossier.record("add-note", invoice="A-1", text="long " * 100 + "end").ok()
    [line] = [line for line in dossier("contact-log", "A-1").ok().out.splitlines() if "end" in line]
    assert "long long" in line


def test_people_read_the_creditors_own_names(database_url: str, tmp_path: Path) -> None:
    dossier, rules = Dossier(database_url), tmp_path / "playbook.yaml"
    _live(dossier)
    rules.write_text(
        "ladders: {business: {steps: [{step: reminder, after_due: 3}]}}\n"
        "statuses: {disputed: in discussion}\nreasons: {price: {name: Agreed otherwise}}\n"
    )
    dossier("playbook", "apply", rules).ok()
    assert "in discussion" in dossier("invoices").ok().out
    assert "Agreed otherwise" in dossier("disputes").ok().out
    assert dossier("disputes", "--json").ok().json[0]["reason"] == "price"


def test_what_somebody_wrote_does_not_act_on_the_terminal(database_url: str) -> None:
    dossier = Dossier(database_url)
    dossier.record("register-invoice", invoice="A-1", amount=1, due_on="2026-01-20").ok()
    dossier.record("add-note", invoice="A-1", text="\x1b[2J\x9b2J[red]gone").ok()
    assert "�[2J�2J[red]gone" in dossier("contact-log", "A-1").ok().out


def test_a_typo_in_a_choice_is_answered_with_the_choices(dossier: Dossier) -> None:
    dossier("agenda", "--action", "nope").misused("--action", "chase debtor")
    dossier("disputes", "--reason", "nope").misused("--reason", "price")
    dossier("cycle-times", "--by", "nope").refused("'nope'", "root_cause", code=2)


def test_a_reader_that_goes_away_is_no_trouble(dossier: Dossier) -> None:
    """As with ``| head``: the pipe is broken before anything is written."""
    for typed in (("history", "A-1"), ("history", "A-1", "--json")):
        reads, writes = os.pipe()
        os.close(reads)
        with dossier.started(*typed, stdout=writes) as process:
            os.close(writes)
            assert process.communicate(timeout=60)[1] == ""


def test_ctrl_c_ends_it_without_a_traceback(dossier: Dossier) -> None:
    """It waits for the migration of another process, seen to be held up, when it is stopped."""
    waiting = "select count(*) from pg_locks where locktype = 'advisory' and not granted"
    with (
        psycopg.connect(dossier.url, autocommit=True) as other,
        other.transaction(),
        dossier.started("agenda") as process,
    ):
        other.execute("select pg_advisory_xact_lock(%s)", [LOCK])
        while other.execute(waiting.encode()).fetchone() == (0,):
            assert process.poll() is None, process.communicate()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == ""
    assert err == ""


def test_a_status_is_one_of_those_there_are(dossier: Dossier) -> None:
    for command, status in (("agenda", "disputed"), ("invoices", "disputed"), ("disputes", "open")):
        assert numbers(dossier, command, "--status", status) == ["A-1"]
        dossier(command, "--status", "foo").misused("--status", status)
