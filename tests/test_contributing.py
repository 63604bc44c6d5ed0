"""The recipes of CONTRIBUTING.md, carried out as they stand there in a scratch copy."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from textwrap import dedent
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
BLOCK = r":\n\n {3}```(?:python|text)\n(.*?)\n {3}```"
NEW = re.compile(rf"New file `([^`]+)`{BLOCK}", re.DOTALL)
EDIT = re.compile(rf"In `([^`]+)`, (before|after) `([^`]+)`{BLOCK}", re.DOTALL)
SERVER = """

@pytest.fixture(scope="session")
def postgres() -> str:  # the server of the test that runs this one
    return os.environ["TEST_SERVER"]
"""
REPLACE = re.compile(r"In `([^`]+)`, replace `([^`]+)` with `([^`]+)`")


class Edit(NamedTuple):
    """Code to insert before or after the only line that begins so."""

    file: str
    side: str
    anchor: str
    code: str


def code_of(block: str) -> str:
    """Return the block without the indentation of the page's list."""
    return re.sub(r"^ {3}", "", block, flags=re.MULTILINE) + "\n"


def edits() -> Iterator[Edit]:
    for file, side, anchor, block in EDIT.findall(PAGE):
        yield Edit(file, side, anchor, code_of(block))


def insert(root: Path, edit: Edit) -> None:
    lines = (root / edit.file).read_text("utf-8").splitlines(keepends=True)
    found = [number for number, line in enumerate(lines) if line.startswith(edit.anchor)]
    assert len(found) == 1, f"{edit.file}: {len(found)} lines begin with {edit.anchor!r}"
    [at] = found
    lines.insert(at + (edit.side == "after"), edit.code)
    (root / edit.file).write_text("".join(lines), "utf-8")


def carry_out(root: Path) -> None:
    """Do what the page says in ``root``."""
    for edit in edits():
        insert(root, edit)
    for file, block in NEW.findall(PAGE):
        (root / file).parent.mkdir(exist_ok=True)
        (root / file).write_text(code_of(block), "utf-8")
    for file, old, new in REPLACE.findall(PAGE):
        text = (root / file).read_text("utf-8")
        assert text.count(old) == 1, f"{file}: {old}"
        (root / file).write_text(text.replace(old, new), "utf-8")


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which the recipes were carried out."""
    root = tmp_path_factory.mktemp("scratch")
    for folder in ("src", "tests/support"):
        copytree(ROOT / folder, root / folder)
    for file in ("pyproject.toml", "tests/conftest.py"):
        (root / file).write_bytes((ROOT / file).read_bytes())
    conftest = root / "tests" / "conftest.py"
    conftest.write_text(f"import os\n{conftest.read_text('utf-8')}{SERVER}", "utf-8")
    carry_out(root)
    return root


def run(scratch: Path, *command: str, **environment: str) -> str:
    ran = subprocess.run(
        command,
        cwd=scratch,
        env=os.environ | {"PYTHONPATH": "src"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def test_every_block_of_code_is_used() -> None:
    assert len(EDIT.findall(PAGE)) + len(NEW.findall(PAGE)) == len(
        re.findall("```(?:python|text)", PAGE)
    )
    assert len(NEW.findall(PAGE)) == 5


def test_the_test_of_the_page_passes(scratch: Path, postgres: str) -> None:
    command = (sys.executable, "-m", "pytest", "-v", "-p", "no:cacheprovider", "tests")
    assert "4 passed" in run(scratch, *command, TEST_SERVER=postgres)


def test_the_command_is_on_the_command_line_and_has_a_route(scratch: Path) -> None:
    code = dedent("""
        from api.http.routes.invoices_write import router
        from commands import COMMANDS
        print("announce-remittance" in COMMANDS)
        print("/v1/invoices/{invoice}/remittances" in {route.path for route in router.routes})
    """)
    assert run(scratch, sys.executable, "-c", code).split() == ["True", "True"]


def test_the_contracts_hold(scratch: Path) -> None:
    lint = str(Path(sys.executable).with_name("lint-imports"))
    assert "0 broken" in run(scratch, lint, "--no-cache")


def test_what_the_page_says_is_formatted_and_typed_as_the_rest(scratch: Path) -> None:
    """New files only: in the others ruff sorts what was inserted."""
    new = [file for file, _ in NEW.findall(PAGE)]
    run(scratch, sys.executable, "-m", "ruff", "format", "--check", *new)
    run(scratch, sys.executable, "-m", "ruff", "check", *new)


def test_every_file_that_the_page_names_exists() -> None:
    made = {file for file, _ in NEW.findall(PAGE)}
    named = set(re.findall(r"`((?:src|tests|docs|scripts)/[\w/.]+\.\w+)`", PAGE)) - made
    assert len(named) >= 12
    assert [file for file in sorted(named) if not (ROOT / file).is_file()] == []
