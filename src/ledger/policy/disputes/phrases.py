"""Phrases of the playbook: words that are searched in a text.

Whole words match, in any case, with accents as written. ``/`` separates alternatives of a word,
``*`` at the end of a word matches any ending, ``...`` matches up to three words.
"""

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from unicodedata import normalize

GAP, ENDING, OR = "...", "*", "/"
MAX_WORDS = 12  # words of a phrase
MAX_GAPS = 2  # each more would take four times as long
BETWEEN = r"((?:\w+ ){0,3}?)"


class Phrase(NamedTuple):
    """A phrase of the playbook. Of several that match, the phrase with most words counts."""

    words: str
    pattern: re.Pattern[str]
    word_count: int


def normalise_words(text: str) -> str:
    """Return the words of the text, with a space before and after each."""
    words = re.findall(r"\w+", normalize("NFC", text).casefold())
    return f" {' '.join(words)} "


@lru_cache(maxsize=10_000)
def phrase(words: str) -> Phrase:
    """Return the phrase; it matches ``normalise_words`` text. Raise ``ValueError`` for faults."""
    parts = words.split()
    if not 0 < len(parts) <= MAX_WORDS:
        raise ValueError(f"a phrase has 1 to {MAX_WORDS} words")
    if GAP in (parts[0], parts[-1]):
        raise ValueError(f"{GAP} stands between words, not before or after them")
    if any(word == after == GAP for word, after in pairwise(parts)) or parts.count(GAP) > MAX_GAPS:
        raise ValueError(f"{GAP} stands once between two words, and {MAX_GAPS} times at most")
    pattern = " " + "".join(
        BETWEEN if part == GAP else f"(?:{'|'.join(map(_word, part.split(OR)))}) " for part in parts
    )
    return Phrase(words, re.compile(pattern), sum(part != GAP for part in parts))


def _word(word: str) -> str:
    stem = word.removesuffix(ENDING)
    if ENDING in stem:
        raise ValueError(f"{word!r}: {ENDING} stands at the end of a word")
    if not (found := normalise_words(stem).strip()):
        raise ValueError(f"{word!r} is not a word")
    return re.escape(found).replace(r"\ ", " ") + (r"\w*" if stem != word else "")
