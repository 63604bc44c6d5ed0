"""The five-minute tour of the README is run as it stands, and the documentation names what is."""

import os
import re
import subprocess
import sys
from pathlib import Path

from api.cli.app import app

ROOT = Path(__file__).parents[1]
TOUR = re.search(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)


def test_the_tour_runs_as_it_is_written(database_url: str, tmp_path: Path) -> None:
    assert TOUR
    (tmp_path / "bin").mkdir()
    dossier = tmp_path / "bin" / "dossier"
    dossier.write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -c "from api.cli import main; main()" "$@"\n'
    )
    dossier.chmod(0o755)
    ran = subprocess.run(
        ["sh", "-eux", "-c", TOUR[1]],
        cwd=tmp_path,
        env=os.environ
        | {
            "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT / "src"),
            "DOSSIER_DATABASE_URL": database_url,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "chase debtor" in ran.stdout
    assert "every content hash true" in ran.stdout
    assert (tmp_path / "handoff" / "manifest.json").is_file()


def test_the_documentation_names_every_command() -> None:
    told = (ROOT / "docs" / "cli.md").read_text()
    names = [one.name or one.callback.__name__ for one in app.registered_commands if one.callback]
    assert len(names) >= 15
    assert [name for name in names if f"`dossier {name}" not in told] == []
