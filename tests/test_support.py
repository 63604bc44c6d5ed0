"""What tests share has one place and one name: tests/support, and the fixtures of conftest.py."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
FILES = {path.relative_to(HERE).as_posix(): path for path in sorted(HERE.glob("**/*.py"))}
SUPPORT = [name for name in FILES if name.startswith("support/")]
TREES = {name: ast.parse(path.read_text("utf-8")) for name, path in FILES.items()}
FIXTURES = {
    "cli", "clock_case", "creditor", "database", "handoff_case", "http", "imap", "mailbox",
    "postman", "smtp", "two_units",
}  # fmt: skip


def imported(tree: ast.Module) -> Iterator[str]:
    """Yield the first part of every imported module's name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0]


def is_fixture(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return ast.unparse(called) in ("pytest.fixture", "fixture")


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def fixtures(tree: ast.Module) -> set[str]:
    return {one.name for one in functions(tree) if any(map(is_fixture, one.decorator_list))}


def test_no_test_file_is_imported() -> None:
    found = {name: set(imported(tree)) for name, tree in TREES.items()}
    wrong = {one for modules in found.values() for one in modules if one.startswith("test_")}
    assert wrong == set()
    assert [name for name, modules in found.items() if "conftest" in modules] == []


def test_a_fixture_is_defined_once() -> None:
    places = defaultdict(list)
    for name, tree in TREES.items():
        for fixture in fixtures(tree):
            places[fixture].append(name)
    assert {fixture: files for fixture, files in places.items() if len(files) > 1} == {}
    assert fixtures(TREES["conftest.py"]) >= FIXTURES


def test_beside_the_tests_there_is_only_support() -> None:
    others = [name for name in FILES if "/" not in name and not name.startswith("test_")]
    assert others == ["conftest.py"]
    assert {name.rpartition("/")[0] for name in FILES} == {"", "support"}


def test_support_holds_neither_tests_nor_fixtures() -> None:
    for name in SUPPORT:
        tests = {one.name for one in functions(TREES[name]) if one.name.startswith("test")}
        assert tests | fixtures(TREES[name]) == set(), name
