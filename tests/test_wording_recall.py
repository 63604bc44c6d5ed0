"""How many ordinary complaints are recognised, and how many other sentences are taken for one.

Two hundred sentences a language, written for this test before the phrases were. Every second line
was looked at while the phrases were written. But who wrote the phrases had written the other lines,
too: so fifty more, of harder and less direct words, were written after the phrases were done, and
nothing was changed for them. They are the honest figure. ``pytest -s`` prints all.
"""

from pathlib import Path

import pytest

from ledger.policy.disputes.detection import detect
from ledger.policy.playbook.in_force import shipped, wording
from support.mail_samples import share

FOLDER = Path(__file__).parent / "data" / "wording"
LANGUAGES = ("nl", "de", "fr", "en")
NO_COMPLAINT = "-"


def sentences(path: Path) -> list[tuple[str, str]]:
    """Return each sentence with its reason, or with a dash if it is no complaint."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(reason, text) for reason, _, text in (line.partition(" | ") for line in lines)]


def recall(what: str, some: list[tuple[str, str]]) -> float:
    """Return and print the share of complaints recognised; nothing else may be taken for one."""
    complaints = [text for reason, text in some if reason != NO_COMPLAINT]
    others = [text for reason, text in some if reason == NO_COMPLAINT]
    assert len(complaints) == len(others)
    found = sum(_smells(text) for text in complaints)
    false = [text for text in others if _smells(text)]
    share(f"no complaints taken for one, {what}", len(false), len(others))
    assert false == []
    return share(f"complaints, {what}", found, len(complaints))


def _smells(text: str) -> bool:
    return detect(text, wording(shipped())) is not None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("half", "floor"), [("looked at", 0.96), ("measured", 0.92)])
def test_of_ordinary_complaints(language: str, half: str, floor: float) -> None:
    some = sentences(FOLDER / f"{language}.txt")[half == "measured" :: 2]
    assert recall(f"{language}, {half}", some) >= floor


@pytest.mark.parametrize(
    ("language", "floor"), [("nl", 0.32), ("de", 0.36), ("fr", 0.36), ("en", 0.24)]
)
def test_of_complaints_that_were_written_after_the_phrases(language: str, floor: float) -> None:
    some = sentences(FOLDER / "later" / f"{language}.txt")
    assert recall(f"{language}, written later", some) >= floor


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_two_hundred_different_sentences(language: str) -> None:
    assert len(set(sentences(FOLDER / f"{language}.txt"))) == 200
