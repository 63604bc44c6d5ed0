"""Concepts of the playbook: words that mean the same, and which of them together are a complaint.

A word of a concept is a phrase, or a stem: ``stem*`` has any ending, ``-stem`` any beginning.
A combination names concepts: ``goods + not arrive - thanks`` finds *not* close to *arrive*, with
*goods* in the same sentence and nothing of *thanks*.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ledger.policy.disputes.phrases import (
    ENDING,
    GAP,
    MAX_GAPS,
    MAX_WORDS,
    OR,
    normalise_words,
    phrase,
)

BEGINNING = "-"
CLOSE = 6  # words from one to the next of concepts that stand together
FAR = 24  # words from the first to the last of a combination
LONGEST = 40  # words of a sentence that are read together; characters of a word
REACH = MAX_WORDS + 3 * MAX_GAPS  # words of a phrase, with those between
SHORTEST = 3  # characters of a stem
CUT = "|"  # between parts of a sentence; not a word
NUMBER = "number"  # the concept of all words with a digit, too
Concepts = Mapping[str, Sequence[str]]


class Combination(NamedTuple):
    """Concepts that are a complaint together: groups that stand close, without some others."""

    words: str
    groups: tuple[tuple[str, ...], ...]
    needs: frozenset[str]
    without: frozenset[str]


class Found(NamedTuple):
    """A word of a concept in a sentence: its first word, and how many words it has."""

    at: int
    length: int


@lru_cache(maxsize=10_000)
def combination(words: str) -> Combination:
    """Return the combination. Raise ``ValueError`` when it names no concept."""
    wanted, *without = re.split(r"(?:^|\s)-\s", words)
    groups = tuple(tuple(group.split()) for group in wanted.split("+"))
    if not all(groups) or not all(part.strip() for part in without):
        raise ValueError("a combination is concepts, with + between and - before what may not be")
    needs = frozenset(name for group in groups for name in group)
    return Combination(words, groups, needs, frozenset(" ".join(without).split()))


def check_concept_word(words: str) -> None:
    """Raise ``ValueError`` for a word or phrase that can mean nothing."""
    if " " not in words.strip() and words.startswith(BEGINNING):
        words = words.removeprefix(BEGINNING)
        if len(words.strip(ENDING)) < SHORTEST:
            raise ValueError(f"{words!r}: a stem has {SHORTEST} characters or more")
    phrase(words)


class Entry(NamedTuple):
    """A word of a concept: alone, or the first of a phrase, with the second where that is plain."""

    concept: str
    whole: str | None = None
    second: str | None = None


class Known(NamedTuple):
    """What a word may mean: alone, before some other words, or at the start of other phrases."""

    alone: tuple[str, ...]
    before: Mapping[str, Sequence[Entry]]
    other: tuple[Entry, ...]


class Stems:
    """The words of all concepts of one language, by the way in which they are looked up."""

    def __init__(self, concepts: Iterable[tuple[str, Sequence[str]]]) -> None:
        self.exact = dict[str, list[Entry]]()
        self.first = dict[str, list[Entry]]()
        self.last = dict[str, list[Entry]]()
        self.inner = dict[str, list[Entry]]()
        self.known = dict[str, Known]()
        for concept, entries in concepts:
            for entry in entries:
                self._add(concept, entry.strip())

    def _add(self, concept: str, entry: str) -> None:
        if " " not in entry and entry.startswith(BEGINNING):
            stem = normalise_words(entry).strip()
            where = self.inner if entry.endswith(ENDING) else self.last
            where.setdefault(stem, []).append(Entry(concept))
            return
        word, _, rest = entry.partition(" ")
        for alternative in word.split(OR):
            stem, *more = normalise_words(alternative).split()
            ends = alternative.endswith(ENDING) and not more
            where = self.first if ends else self.exact
            for second in [more[0]] if more else _seconds(rest):
                whole = entry if rest or more else None
                where.setdefault(stem, []).append(Entry(concept, whole, second))

    def of(self, word: str) -> Known:
        """Return the concepts that a word has, or begins: with the phrase that must follow."""
        if (known := self.known.get(word)) is None:
            if len(self.known) > 50_000:
                self.known.clear()
            known = self.known[word] = _known(tuple(self._look_up(word[:LONGEST])))
        return known

    def _look_up(self, word: str) -> Iterator[Entry]:
        length = len(word)
        yield from self.exact.get(word, ())
        for end in range(1, length + 1):
            yield from self.first.get(word[:end], ())
            yield from self.last.get(word[length - end :], ())
        for start in range(length):
            for end in range(start + SHORTEST, length + 1):
                yield from self.inner.get(word[start:end], ())
        if any(character.isdigit() for character in word):
            yield Entry(NUMBER)


def _seconds(rest: str) -> Sequence[str | None]:
    """Return the words that the rest of a phrase may begin with; None where that is not plain."""
    words = rest.partition(" ")[0].split(OR)
    if not rest or GAP in words or any(word.endswith(ENDING) for word in words):
        return [None]
    return [normalise_words(word).split()[0] for word in words if normalise_words(word).strip()]


def _known(entries: Sequence[Entry]) -> Known:
    before = dict[str, list[Entry]]()
    for entry in entries:
        if entry.second is not None:
            before.setdefault(entry.second, []).append(entry)
    alone = tuple(entry.concept for entry in entries if entry.whole is None)
    other = tuple(entry for entry in entries if entry.whole and entry.second is None)
    return Known(alone, before, other)


@lru_cache(maxsize=100)
def stems(concepts: tuple[tuple[str, tuple[str, ...]], ...]) -> Stems:
    return Stems(concepts)


def find(words: Sequence[str], known: Stems) -> dict[str, list[Found]]:
    """Return the words of each concept in a sentence, in their order."""
    found = dict[str, list[Found]]()
    for at, word in enumerate(words):
        here = known.of(word)
        for concept in here.alone:
            found.setdefault(concept, []).append(Found(at, 1))
        after = words[at + 1] if at + 1 < len(words) else ""
        if entries := (*here.before.get(after, ()), *here.other):
            rest = f" {' '.join(words[at : at + REACH])} "
            for concept, whole, _ in entries:
                if whole and (match := phrase(whole).pattern.match(rest)):
                    found.setdefault(concept, []).append(Found(at, len(match[0].split())))
    return found


def matched(
    wanted: Combination, found: Mapping[str, Sequence[Found]], words: Sequence[str]
) -> tuple[Found, ...] | None:
    """Return the words that make the combination, group by group; None without it."""
    if not wanted.needs <= found.keys() or not wanted.without.isdisjoint(found):
        return None
    taken = tuple[tuple[str, Found], ...]()
    for group in wanted.groups:
        if not (more := _close(group, found, words, taken)):
            return None
        taken += more
    places = [item.at for _, item in taken]
    if max(places) - min(places) > FAR:
        return None
    return tuple(item for _, item in taken)


def _close(
    group: Sequence[str],
    found: Mapping[str, Sequence[Found]],
    words: Sequence[str],
    taken: Sequence[tuple[str, Found]],
) -> tuple[tuple[str, Found], ...]:
    """Return words of the group's concepts that stand close; a concept named twice is two words."""
    paths: list[tuple[tuple[str, Found], ...]] = [()]
    for concept in group:
        paths = [
            (*path, (concept, here))
            for path in paths
            for here in found[concept]
            if not any(
                concept == other and words[here.at] == words[there.at]
                for other, there in (*path, *taken)
            )
            and (not path or _near(here, path[-1][1], words))
        ][:LONGEST]
    return paths[0] if paths else ()


def _near(item: Found, other: Found, words: Sequence[str]) -> bool:
    first, last = sorted((item.at, other.at))
    return last - first <= CLOSE and CUT not in words[first:last]
