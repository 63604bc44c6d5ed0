"""Every place in the code that refuses something, read from its source."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import NamedTuple

SRC = Path(__file__).parents[2] / "src"
KINDS = ("Refused", "NotFound")


class Raised(NamedTuple):
    """A call of a refusal: where, which class, its code, and the names of its facts."""

    where: str
    kind: str
    code: str
    facts: frozenset[str]


def raised_in(file: Path) -> Iterator[Raised]:
    """Yield every refusal of a source file. Raise ``AssertionError`` for a code that is no text."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in KINDS:
            where = f"{file.relative_to(SRC)}:{node.lineno}"
            code = node.args[0]
            assert isinstance(code, ast.Constant), f"{where}: write the code out"
            facts = {str(one.arg) for one in node.keywords} - {"field"}
            yield Raised(where, ast.unparse(node.func), str(code.value), frozenset(facts))


def raised() -> list[Raised]:
    """Return every refusal in our code."""
    return [one for file in sorted(SRC.rglob("*.py")) for one in raised_in(file)]


def names(text: str) -> set[str]:
    """Return the names of the facts that a text holds in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}
