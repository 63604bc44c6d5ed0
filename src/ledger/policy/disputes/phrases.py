"""Phrases of the playbook: plain words that are looked for in what somebody wrote.

Whole words, in small letters or capitals, accents as written. ``/`` stands between words of which
one is there, ``*`` at the end of a word for any ending, ``...`` for up to three words between.
"""

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from unicodedata import normalize

GAP, ENDING, OR = "...", "*", "/"
MAX_WORDS = 12  # words of a phrase
MAX_GAPS = 2  # each more would make it four times as dear
BETWEEN = r"((?:\w+ ){0,3}?)"


class Phrase(NamedTuple):
    """``words`` as they stand in the playbook; of several that fit, who says more is meant."""

    words: str
    pattern: re.Pattern[str]
    says: int  # words


def normalise_words(text: str) -> str:
    """Its words alone, with a blank before and after each."""
    words = re.findall(r"\w+", normalize("NFC", text).casefold())
    return f" {' '.join(words)} "


@lru_cache(maxsize=10_000)
def phrase(words: str) -> Phrase:
    """Finds it in ``normalise_words`` text. Raises ``ValueError`` saying what is wrong with it."""
    parts = words.split()
    if not 0 < len(parts) <= MAX_WORDS:
        raise ValueError(f"a phrase has 1 to {MAX_WORDS} words")
    if GAP in (parts[0], parts[-1]):
        raise ValueError(f"{GAP} stands between words, not before or after them")
    if any(one == other == GAP for one, other in pairwise(parts)) or parts.count(GAP) > MAX_GAPS:
        raise ValueError(f"{GAP} stands once between two words, and {MAX_GAPS} times at most")
    pattern = " " + "".join(BETWEEN if part == GAP else f"(?:{_any(part)}) " for part in parts)
    return Phrase(words, re.compile(pattern), sum(part != GAP for part in parts))


def _any(part: str) -> str:
    return "|".join(_word(one) for one in part.split(OR))


def _word(word: str) -> str:
    stem = word.removesuffix(ENDING)
    if ENDING in stem:
        raise ValueError(f"{word!r}: {ENDING} stands at the end of a word")
    if not (found := normalise_words(stem).strip()):
        raise ValueError(f"{word!r} is no word")
    return re.escape(found).replace(r"\ ", " ") + (r"\w*" if stem != word else "")
