"""The pages in the reader's language: no text is missing, and no refusal is left in English."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest
from starlette.requests import Request

from api.answers import routes
from api.answers.texts import CODES, TEXTS
from api.answers.words import Words, words_for
from api.postman.templates import LANGUAGES
from commands import approvals, command, dispute_answers
from ledger.codes import Outcome, Reason, RootCause

HERE = Path(str(routes.__file__)).parent
CALL = re.compile(r"""_\(\s*"((?:[^"\\]|\\.)+)\"""")
OVER = re.compile(r'Over\(\d+, "([^"]+)"\)')
NEVER = (  # of approvals: nobody comes to it by filling in the page
    "Say who is to approve it",
    "Nobody may approve that much",
    "was requested",
    "Of this credit",
)


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def refusals(module: object, of: str = "") -> set[str]:
    """What its code may raise, each fact in it a 7."""
    tree = ast.parse(Path(str(getattr(module, "__file__", ""))).read_text("utf-8"))
    found = set[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refused":
            told = node.args[0]
            parts = told.values if isinstance(told, ast.JoinedStr) else [told]
            said = [str(part.value) if isinstance(part, ast.Constant) else "7" for part in parts]
            found.add("".join(said))
    return {one for one in found if of in one}


def test_every_text_of_the_pages_is_in_the_table() -> None:
    asked = {*routes.SAID.values(), *routes.LABELS.values()}
    for file in [*HERE.glob("*.html"), *HERE.glob("*.py")]:
        asked |= set(CALL.findall(file.read_text("utf-8")))
        asked |= set(OVER.findall(file.read_text("utf-8")))
    assert len(asked) > 50
    assert asked <= set(TEXTS)


def test_no_language_misses_a_text_or_a_fact_in_it() -> None:
    for key, said in TEXTS.items():
        assert len(said) == len(LANGUAGES) - 1
        for one in said:
            assert one.strip(), key
            assert names(one) == names(key), key
    for code in (*Reason, *Outcome, *RootCause):
        for language in LANGUAGES:
            assert Words(language).code(code)
    assert set(CODES) == set(RootCause)


@pytest.mark.parametrize("language", ["nl", "de", "fr"])
def test_every_refusal_is_told_in_the_language(language: str) -> None:
    words = Words(language)
    general = words.refused("Deadlock.")
    assert general.endswith("Deadlock.")
    found = refusals(dispute_answers) | refusals(approvals) | refusals(command, "decimals")
    found = {one for one in found - {"7"} if not any(never in one for never in NEVER)}
    assert len(found) > 8
    for one in found:
        assert words.refused(one).partition(":")[0] not in (one, general.partition(":")[0]), one


@pytest.mark.parametrize(
    ("asked", "country", "language"),
    [
        ("nl-BE, en;q=0.8", "DE", "nl"),
        ("pl, fr;q=0.3, de;q=0.7", "NL", "de"),
        ("nl;q=0, fr", "NL", "fr"),
        ("pl", "BE", "nl"),
        ("", "FR", "fr"),
        ("*", "", "en"),
        ("en" * 5000 + ";q=x,,;", "", "en"),
    ],
)
def test_the_language_is_the_readers_else_the_creditors(
    asked: str, country: str, language: str
) -> None:
    request = Request({"type": "http", "headers": [(b"accept-language", asked.encode())]})
    assert words_for(request, country).language == language
