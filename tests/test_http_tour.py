"""The tour of docs/http.md is run as it stands, and the page names every problem."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from api.http.keys import Role
from api.http.problems import TYPES
from cli import Dossier
from served import serving

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "http.md").read_text()
[TOUR] = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
TOLD = re.findall(r"^\| `([a-z-]+)` \| (\d{3}) \|", PAGE, re.MULTILINE)


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where ``dossier`` is."""
    there = tmp_path_factory.mktemp("bin")
    (there / "dossier").write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -c "from api.cli import main; main()" "$@"\n'
    )
    (there / "dossier").chmod(0o755)
    return there


def test_the_tour_runs_as_it_is_written(database_url: str, command: Path) -> None:
    with serving(Dossier(database_url)) as served:
        ran = subprocess.run(
            ["sh", "-eu", "-c", TOUR],
            env=os.environ
            | {
                "PATH": f"{command}{os.pathsep}{os.environ['PATH']}",
                "PYTHONPATH": str(ROOT / "src"),
                "DOSSIER_DATABASE_URL": database_url,
                "API": served.at,
            },
            capture_output=True,
            text=True,
            check=False,
        )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "urn:dossier:problem" not in ran.stdout
    assert ran.stdout.lower().count("idempotency-replayed: true") == 1
    for said in (
        '"action":"',
        "D-17",
        "Yes, my mistake.",
        "dispute-resolved.v1",
        '"specversion":"1.0"',
    ):
        assert said in ran.stdout


def test_every_problem_is_told() -> None:
    assert [(slug, str(status)) for slug, (status, _) in TYPES.items()] == TOLD


def test_every_role_is_told() -> None:
    assert [role for role in Role if f"| {role} |" not in PAGE] == []
