"""A backup is brought back to another place and proved, as ``docs/operations.md`` drills it."""

import json
import os
import re
import shlex
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from api.postgres import dump, server
from support.cli import CliUser

OPERATIONS = Path(__file__).parents[1] / "docs" / "operations.md"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A folder with the homes of a test, whose servers end with it."""
    yield tmp_path
    for home in tmp_path.glob("*/postgres"):
        server.remove(home.parent)


@pytest.fixture
def filled_home(cli: CliUser, place: Path) -> CliUser:
    """A tenant with an invoice, a document, a key and a letter."""
    letter = place / "letter.pdf"
    letter.write_bytes(b"%PDF a letter")
    letters = place / "printed"
    (letters / "default").mkdir(parents=True)
    (letters / "default" / "1.pdf").write_bytes(b"%PDF printed")
    user = CliUser(cli.url, more={"DOSSIER_LETTERS": str(letters)})
    terms = {"debtor": "D-1", "amount": 100, "due_on": "2026-10-01", "on": "2026-09-01"}
    user.record("register-invoice", invoice="A-1", **terms).ok()
    user.record("attach-document", invoice="A-1", file=letter).ok()
    user("user", "add", "anna", "--role", "collector").ok()
    return user


def test_it_is_the_same_at_another_place(filled_home: CliUser, place: Path) -> None:
    before = filled_home("history", "A-1", "--json").ok().json
    filled_home("backup", place / "saved").ok()
    more = {"DOSSIER_HOME": str(place / "new"), "DOSSIER_LETTERS": str(place / "new letters")}
    new = CliUser("", more=more)
    said = new("restore", place / "saved").ok().out
    assert re.search(r"tenant default: \d+ entries verified, all read models checked", said)
    assert new("history", "A-1", "--json").ok().json == before
    assert (place / "new letters" / "default" / "1.pdf").read_bytes() == b"%PDF printed"
    assert "anna" in new("user", "list").ok().out
    new.record("register-invoice", invoice="A-2", debtor="D-1", amount=1, due_on="2026-10-01").ok()
    new("rebuild", "--check").ok()
    assert filled_home("history", "A-2").code == 1, "the original is another"


def test_it_is_restored_into_a_server_of_your_own(filled_home: CliUser, place: Path) -> None:
    filled_home("backup", place / "saved").ok()
    own = server.start(place / "own")
    with psycopg.connect(own, autocommit=True) as conn:
        conn.execute("create database other")
    CliUser(make_conninfo(own, dbname="other"))("restore", place / "saved").ok()


def test_a_dump_of_the_schema_ledger_alone_is_enough(filled_home: CliUser, place: Path) -> None:
    before = filled_home("history", "A-1", "--json").ok().json
    filled_home("backup", place / "saved").ok()
    own = server.start(place / "own")
    with psycopg.connect(own, autocommit=True) as conn:
        conn.execute("create database other")
        conn.execute("create role dossier_app nologin")
    other = make_conninfo(own, dbname="other")
    with psycopg.connect(other, autocommit=True) as conn:
        conn.execute("create schema ledger")
    dump.load(other, place / "saved" / "ledger.dump")
    new = CliUser(other)
    new("rebuild", "--check").ok()
    assert new("history", "A-1", "--json").ok().json == before


def test_only_into_an_empty_database(filled_home: CliUser, place: Path) -> None:
    filled_home("backup", place / "saved").ok()
    filled_home("restore", place / "saved").refused("there is a ledger already")


def test_what_is_damaged_or_not_whole_is_not_restored(filled_home: CliUser, place: Path) -> None:
    filled_home("backup", place / "saved").ok()
    dump = place / "saved" / "ledger.dump"
    new = CliUser("", more={"DOSSIER_HOME": str(place / "new")})
    dump.write_bytes(dump.read_bytes()[:-1])
    new("restore", place / "saved").refused("is damaged")
    (place / "saved" / "backup.json").unlink()
    new("restore", place / "saved").refused("no backup.json")


def test_nobody_else_can_read_it(filled_home: CliUser, place: Path) -> None:
    filled_home("backup", place / "saved").ok()
    assert stat.S_IMODE((place / "saved").stat().st_mode) == 0o700
    for name in ("ledger.dump", "backup.json"):
        assert stat.S_IMODE((place / "saved" / name).stat().st_mode) == 0o600


def test_a_backup_is_of_one_moment_and_says_how_far_it_reaches(
    filled_home: CliUser, place: Path
) -> None:
    filled_home("backup", place / "saved").ok()
    backup = json.loads((place / "saved" / "backup.json").read_text())
    assert backup["positions"] == {"default": filled_home("verify", "--json").ok().json["entries"]}


def test_the_drill_of_the_manual_works_as_it_stands(filled_home: CliUser, place: Path) -> None:
    text = OPERATIONS.read_text().partition("### The drill")[2]
    found = re.search(r"```bash\n(.*?)```", text, re.DOTALL)
    assert found
    for line in found[1].splitlines():
        *settings, command = re.split(r"\s(?=dossier )", f" {line.strip()}", maxsplit=1)
        given = dict(pair.split("=", 1) for pair in shlex.split(settings[0]))
        words = [word.replace("/backups", str(place / "backups")) for word in shlex.split(command)]
        given = {
            name: value.replace("/drill", str(place / "drill")) for name, value in given.items()
        }
        user = CliUser("", more=given) if "DOSSIER_HOME" in given else filled_home
        user(*words[1:]).ok()


def test_a_backup_over_another_is_refused(filled_home: CliUser, place: Path) -> None:
    filled_home("backup", place / "saved").ok()
    answer = filled_home("backup", place / "saved")
    assert answer.code == 1
    assert os.strerror(17) in answer.err
