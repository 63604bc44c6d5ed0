"""The words that we do not use, and where each was replaced: see ``docs/glossary.md``.

Names and prose of the code, the scripts and the pages are searched. Names that are stored or part
of an interface stay as they are.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
NOT_USED = {  # word: the word that we use
    "wish": "command",
    "wishes": "commands",
    "told": "recorded, reported, notified",
    "said": "stated, given, answered",
    "goes": "is sent, continues",
    "strike": "tick",
    "strikes": "ticks",
    "struck": "ran",
    "anew": "again, rebuilt",
    "whoever": "anyone who, the person who",
    "by hand": "manually",
}
NAMES = {*NOT_USED, "one"} - {"by hand"} | {"by_hand"}  # identifiers, word by word
PROSE = re.compile(r"\b(" + "|".join(NOT_USED) + r")\b", re.IGNORECASE)
PINNED = {  # identifier or text: why it stays
    '"by hand"': "the stored name of the rule by which a person files a message",
    '"Is there a claim, and who said so?"': "an entry of the demo, which is pinned",
    '"Our payment of {amount} goes out on {day} at the latest, sorry for the wait."': "the same",
    **dict.fromkeys(
        ("one_debtor", "one_dispute", "one_hand_off", "one_invoice"), "an operation id over HTTP"
    ),
}


class Place(NamedTuple):
    """Where a word stands."""

    file: str
    line: int
    word: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.word!r}"


def python_files() -> list[Path]:
    return sorted(p for room in ("src", "scripts") for p in (ROOT / room).rglob("*.py"))


def pages() -> list[Path]:
    return sorted([*(ROOT / "docs").rglob("*.md"), ROOT / "README.md"])


def words_of(name: str) -> list[str]:
    """Split ``reply_by_hand`` and ``ReplyOne`` into words."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().split("_")


def in_code(file: Path) -> Iterator[Place]:
    """Identifiers word by word, and comments and texts as prose."""
    where = str(file.relative_to(ROOT))
    tokens = tokenize.generate_tokens(io.StringIO(file.read_text("utf-8")).readline)
    for token in tokens:
        if token.string in PINNED:
            continue
        if token.type == tokenize.NAME:
            yield from (
                Place(where, token.start[0], token.string)
                for word in words_of(token.string)
                if word in NAMES
            )
        elif token.type in (tokenize.COMMENT, tokenize.STRING):
            yield from (
                Place(where, token.start[0], found[0]) for found in PROSE.finditer(token.string)
            )


def in_page(file: Path) -> Iterator[Place]:
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        for found in PROSE.finditer(re.sub(r"`[^`]*`", "", line)):
            yield Place(str(file.relative_to(ROOT)), number, found[0])


@pytest.mark.parametrize("file", python_files(), ids=lambda file: str(file.relative_to(ROOT)))
def test_the_code_uses_none_of_the_words(file: Path) -> None:
    assert [str(place) for place in in_code(file)] == []


@pytest.mark.parametrize("file", pages(), ids=lambda file: str(file.relative_to(ROOT)))
def test_the_pages_use_none_of_the_words(file: Path) -> None:
    assert [str(place) for place in in_page(file)] == []


def test_a_docstring_begins_with_a_capital_and_ends_a_sentence() -> None:
    """What can be checked of a docstring's form; that it names its object is for the reader."""
    wrong = []
    for file in python_files():
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                text = (ast.get_docstring(node) or "").strip()
                if text and not (text[0].isupper() or not text[0].isalpha()):
                    wrong.append(f"{file.relative_to(ROOT)}: {text[:60]}")
    assert wrong == []
