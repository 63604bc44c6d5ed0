"""The documentation names all that there is: commands, problems, roles."""

import re
from pathlib import Path

from api.cli.app import app
from api.http.keys import Role
from api.http.problems import TYPES

DOCS = Path(__file__).parents[1] / "docs"
HTTP = (DOCS / "http.md").read_text()


def test_every_command_is_told() -> None:
    told = (DOCS / "cli.md").read_text()
    names = [one.name or one.callback.__name__ for one in app.registered_commands if one.callback]
    assert len(names) >= 15
    assert [name for name in names if f"`dossier {name}" not in told] == []


def test_every_problem_is_told() -> None:
    told = re.findall(r"^\| `([a-z-]+)` \| (\d{3}) \|", HTTP, re.MULTILINE)
    assert [(slug, str(status)) for slug, (status, _) in TYPES.items()] == told


def test_every_role_is_told() -> None:
    assert [role for role in Role if f"| {role} |" not in HTTP] == []
