"""What Dossier writes down names people and their debts: nobody else can read it."""

import stat
from pathlib import Path

import pytest

from api import durable_files
from api.postgres import server
from support.cli import CliUser


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_letters_and_hand_offs_are_for_us_alone(tmp_path: Path) -> None:
    file = tmp_path / "letters" / "1.pdf"
    durable_files.write(file, b"%PDF")
    assert (mode(file.parent), mode(file)) == (0o700, 0o600)


def test_a_file_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    file = tmp_path / "1.pdf"
    file.touch(mode=0o644)
    durable_files.write(file, b"%PDF")
    assert mode(file) == 0o600


def test_a_hand_off_folder_is_for_us_alone(cli: CliUser, tmp_path: Path) -> None:
    terms = {"debtor": "D-1", "amount": 100, "due_on": "2026-01-10", "on": "2026-01-01"}
    cli.record("register-invoice", invoice="A-1", **terms).ok()
    cli("handoff", "A-1", "--agency", "Incasso BV", "--yes", "--to", tmp_path / "out").ok()
    made = [tmp_path / "out", *(tmp_path / "out").rglob("*")]
    assert len(made) > 1
    assert {mode(path) for path in made if path.is_dir()} == {0o700}
    assert {mode(path) for path in made if path.is_file()} == {0o600}


def test_rejected_lines_are_for_us_alone(cli: CliUser, tmp_path: Path) -> None:
    (tmp_path / "history.jsonl").write_text("{}\n")
    rejects = tmp_path / "rejects.jsonl"
    file = tmp_path / "history.jsonl"
    cli("import", file, "--format", "history", "--rejects", rejects)
    assert mode(rejects) == 0o600


@pytest.mark.parametrize("name", ["password", "login", "lock"])
def test_the_home_of_the_database(tmp_path: Path, name: str) -> None:
    home = tmp_path / "home"
    try:
        server.serve_application(home)
        assert mode(home) in (0o700, 0o711), "root gives way to the server's own user"
        assert mode(home / "postgres" / name) == 0o600
    finally:
        server.remove(home)
