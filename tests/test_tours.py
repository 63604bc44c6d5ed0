"""The tours of docs/http.md and docs/cli.md are run as they stand."""

import os
import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from support.cli import CliUser
from support.served import serving

ROOT = Path(__file__).parents[1]


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """An empty folder, with ``dossier`` beside it in ``bin``."""
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "dossier"
    command.write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -c "from api.cli import main; main()" "$@"\n'
    )
    command.chmod(0o755)
    return tmp_path


def run(page: str, here: Path, url: str, **more: str) -> str:
    """Return what the commands of the page print; each of them must succeed."""
    [tour] = re.findall(r"```sh\n(.*?)```", (ROOT / page).read_text(), re.DOTALL)
    ran = subprocess.run(
        ["sh", "-eu", "-c", tour],
        cwd=here,
        env=os.environ
        | {
            "PATH": f"{here / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT / "src"),
            "DOSSIER_DATABASE_URL": url,
        }
        | more,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def test_the_tour_over_http(database: str, here: Path) -> None:
    with serving(CliUser(database)) as served:
        said = run("docs/http.md", here, database, API=served.at)
    assert "urn:dossier:problem" not in said
    assert said.lower().count("idempotency-replayed: true") == 1
    for words in (
        '"action":"chase debtor"',
        '"amount":"1089.00"',
        "Bakkerij De Korenbloem",
        "Yes, my mistake.",
        "dispute-resolved.v1",
        '"agency":"Incasso BV"',
        '"specversion":"1.0"',
        "every content hash true",
    ):
        assert words in said
    with ZipFile(here / "handoff.zip") as files:
        assert any(name.endswith("manifest.json") for name in files.namelist())


def test_the_command_line(database: str, here: Path) -> None:
    said = run("docs/cli.md", here, database)
    assert "chase debtor" in said
    assert "every content hash true" in said
    assert (here / "handoff" / "manifest.json").is_file()
