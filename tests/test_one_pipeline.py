"""Only the pipeline, and the writer of bulk imports, append to the ledger."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src"
APPEND = {
    "append",
    "Appender",
    "make_line",
    "assert_unchanged",
    "Line",
}  # what makes or writes a line
MAY_WRITE = {"commands/execute.py"}
MAY_APPEND = {"api/importing/bulk_writer.py"}  # and the ledger itself


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(SRC.rglob("*.py")):
        yield path.relative_to(SRC).as_posix(), ast.parse(path.read_text())


def writes(tree: ast.AST) -> list[int]:
    """Lines of calls such as ``desk.ledger.write(entries)``, whatever the ledger is called."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in ("write", "insert_events", "appender", "save")
        and ast.unparse(node.value).rpartition(".")[2] in ("ledger", "ours", "recorder")
    ]


def appends(tree: ast.AST) -> list[str]:
    """Names from ``ledger.append`` and ``ledger.appender`` that append, or make a line to be."""
    return [
        name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom | ast.Import)
        for name in node.names
        if (
            isinstance(node, ast.ImportFrom)
            and node.module in ("ledger.store.append", "ledger.store.appender")
            and name.name in APPEND
        )
        or name.name in ("ledger.store.append", "ledger.store.appender")
        or (
            isinstance(node, ast.ImportFrom)
            and (node.module, name.name) == ("ledger.store", "append")
        )
    ]


def test_only_the_pipeline_writes() -> None:
    found = {name for name, tree in modules() if not name.startswith("ledger/") and writes(tree)}
    assert found == MAY_WRITE


def test_only_the_bulk_writer_appends_besides() -> None:
    found = {name for name, tree in modules() if not name.startswith("ledger/") and appends(tree)}
    assert found == MAY_APPEND


@pytest.mark.parametrize(
    "source",
    [
        "self.desk.ledger.write(entries)",
        "put = ledger.write",
        "ledger.ours.appender.append(lines)",
        "ledger.recorder.insert_events(rows)",
    ],
)
def test_who_writes_is_found(source: str) -> None:
    assert writes(ast.parse(source))


@pytest.mark.parametrize(
    "source",
    [
        "from ledger.store.append import append",
        "from ledger.store.appender import Appender",
        "from ledger.store import append",
        "import ledger.store.appender",
    ],
)
def test_who_appends_is_found(source: str) -> None:
    assert appends(ast.parse(source))
