"""The documentation names all that there is: commands, problems, roles."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from typer.main import get_command

from api.app import create_app
from api.cli.app import app
from api.cli.serve import SERVED
from api.http.auth.keys import Role
from api.http.server.problems import TYPES
from api.http.server.security_log import Kind
from commands import COMMANDS
from ledger.facts.books import DEBTOR, INVOICE
from ledger.policy.refusal_texts import TEXTS

DOCS = Path(__file__).parents[1] / "docs"
TESTS = Path(__file__).parent
HTTP = (DOCS / "http.md").read_text()


def test_every_command_is_told() -> None:
    written = (DOCS / "cli.md").read_text()
    names = [one.name or one.callback.__name__ for one in app.registered_commands if one.callback]
    assert len(names) >= 15
    assert [name for name in names if f"`dossier {name}" not in written] == []


def test_every_setting_is_told() -> None:
    code = "".join(path.read_text() for path in (TESTS.parent / "src").rglob("*.py"))
    settings = set(re.findall(r"\bDOSSIER_[A-Z_]+[A-Z]\b", code)) - {SERVED}
    assert len(settings) >= 20
    written = (DOCS / "operations.md").read_text()
    assert [name for name in sorted(settings) if f"`{name}`" not in written] == []


def test_every_page_is_found_from_the_readme() -> None:
    readme = (DOCS.parent / "README.md").read_text()
    assert [page.name for page in DOCS.glob("*.md") if f"(docs/{page.name})" not in readme] == []


def test_every_problem_is_told() -> None:
    written = re.findall(r"^\| `([a-z-]+)` \| (\d{3}) \|", HTTP, re.MULTILINE)
    assert [(slug, str(status)) for slug, (status, _) in TYPES.items()] == written


def test_every_kind_of_line_of_the_security_log_is_listed() -> None:
    """mypy holds that no other kind is written."""
    text = (DOCS.parent / "SECURITY.md").read_text()
    table = text.partition("| `event` | when |")[2].partition("\n\n")[0]
    firsts = [row.split("|")[1] for row in table.splitlines() if row.startswith("| `")]
    listed = re.findall(r"`([a-z-]+)`", " ".join(firsts))
    assert sorted(listed) == sorted(get_args(Kind))


def test_every_refusal_is_listed_by_its_code() -> None:
    listed = re.findall(r"^\| `([a-z-]+)` \| (.+) \|$", (DOCS / "refusals.md").read_text(), re.M)
    assert listed == list(TEXTS.items()), "list it in docs/refusals.md, at the same place"


def test_the_counts_of_the_changelog_are_true() -> None:
    """Whoever adds one counts again, here and there."""
    written = " ".join((DOCS.parent / "CHANGELOG.md").read_text().split())
    events = len(INVOICE.events | DEBTOR.events)
    paths = len(create_app("postgresql://nowhere", with_worker=False).openapi()["paths"])
    assert f"Invoices and debtors: {len(COMMANDS)} commands, {events} events," in written
    assert f"HTTP (`dossier serve`, `dossier user`): {paths} paths " in written


def test_every_role_is_told() -> None:
    assert [role for role in Role if f"| {role} |" not in HTTP] == []


def test_every_demand_of_users_is_met_by_tests_that_are_there() -> None:
    written = (DOCS / "user-demands.md").read_text()
    demands = re.split(r"^\*\*(\d+)\. ", written, flags=re.MULTILINE)[1:]
    assert [int(number) for number in demands[::2]] == [*range(1, 31)]
    assert [one for one in demands[1::2] if "::test_" not in one] == []
    named = re.findall(r"`tests/(test_\w+\.py)::(\w+)`", written)
    assert len(named) == written.count("::")
    there = {file: (TESTS / file).read_text() for file in {file for file, _ in named}}
    assert [one for file, one in named if f"\ndef {one}(" not in there[file]] == []


def test_every_decision_has_its_date_its_status_and_what_checks_it() -> None:
    for page in sorted((DOCS / "decisions").glob("*.md")):
        title, date, status, checked = page.read_text().split("\n\n")[:4]
        assert title.startswith(f"# {int(page.name[:4])}. "), page.name
        assert re.match(r"Date: \d{4}-\d{2}-\d{2}$", date), page.name
        assert status.startswith("Status: "), page.name
        assert checked.startswith("Checked by: "), page.name
        files = re.findall(r"`((?:tests|scripts)/[\w./]+)", checked)
        assert files or "contract" in checked or "nobody" in checked, page.name
        assert [file for file in files if not (DOCS.parent / file).exists()] == [], page.name


def test_every_help_has_an_example() -> None:
    def leaves(command: Any, name: str) -> Iterator[tuple[str, str]]:
        for one, under in getattr(command, "commands", {}).items():
            yield from leaves(under, f"{name} {one}")
        if not hasattr(command, "commands"):
            yield name, command.epilog or ""

    every = dict(leaves(get_command(app), "dossier"))
    assert len(every) >= 90
    assert [
        name for name, written in every.items() if f"{name} " not in f"{written} ".replace("`", " ")
    ] == []
