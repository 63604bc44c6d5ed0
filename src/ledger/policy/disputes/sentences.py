"""Reading of a sentence: which of its words count in a language, and whether it is settled."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ledger.facts.playbook_rules import DisputePhrases
from ledger.policy.disputes.concepts import CUT, NUMBER, Found, Stems, find
from ledger.policy.disputes.phrases import Phrase

NOT, IF, IF_FIRST, ASIDE = "not", "if", "if_first", "aside"  # have a meaning of their own
COURTESY, SETTLED, BUT, STILL, OPEN = "courtesy", "settled", "but", "still", "open"
THE, THING, QUESTION, DOUBT = "the", "thing", "question", "doubt"
DAY, FIGURE, UNTIL = "day", "figure", "until"
HARM = ("harm", "damaged", "missing", "mistake", "problem")
SPECIAL = (NUMBER, QUESTION, THING, FIGURE)  # concepts that need no words
DENIED_WITHIN = 2  # words from “no” to the harm that there is not
OPEN_WITHIN = 6  # words from “until” to what is not settled yet
THING_LENGTH = 4  # characters of a word that may name a thing
YEAR = re.compile(r"(19|20)\d\d")
Places = dict[str, list[Found]]


class LanguageRules(NamedTuple):
    """The rules of a language that a text may need."""

    rules: DisputePhrases
    known: Stems
    ignore: tuple[Phrase, ...]


def without_ignored(part: str, of: LanguageRules) -> str:
    """Return the part with a cut in the place of each phrase that says nothing."""
    for item in of.ignore:
        part = item.pattern.sub(f" {CUT} ", part)
    return part


class Part(NamedTuple):
    """The words of a part between two commas, and what they mean in a language."""

    words: Sequence[str]
    inside: Places


def look_up(parts: Sequence[str], of: LanguageRules) -> tuple[Part, ...]:
    """Return the parts as a language knows them."""
    all_ = (without_ignored(part, of).split() for part in parts)
    return tuple(Part(words, find(words, of.known)) for words in all_)


def count_known(parts: Sequence[Part]) -> int:
    """Return how many words a language knows."""
    return sum(len({item.at for all_ in part.inside.values() for item in all_}) for part in parts)


def read_sentence(
    parts: Sequence[Part], rules: DisputePhrases, is_question: bool
) -> tuple[list[str], Places]:
    """Return the words of a sentence that count, and what they mean."""
    words, found, last = list[str](), Places(), 0
    for here, inside in parts:
        if ASIDE in inside:
            continue
        last = len(words)
        end = _end(inside, len(here), is_first=not words and not is_question)
        _take_contracted(inside)
        _take_denied_harm(inside)
        _add_things(here, inside)
        _add_figures(here, inside)
        for concept, places in inside.items():
            if kept := [item._replace(at=item.at + last) for item in places if item.at < end]:
                found.setdefault(concept, []).extend(kept)
        words += [*here[:end], CUT]
    if is_question:
        found[QUESTION] = [Found(len(words), 0)]
        if DOUBT in rules.concepts and DOUBT not in found:
            _keep_before(last, found)  # it asks for something
    return words, found


def _keep_before(end: int, found: Places) -> None:
    for concept in set(found) - {QUESTION}:
        if kept := [item for item in found[concept] if item.at < end]:
            found[concept] = kept
        else:
            del found[concept]


def is_settled(found: Mapping[str, Sequence[Found]], words: Sequence[str]) -> bool:
    """Return whether it thanks, excuses or reports a solution, and no “but” comes after that."""
    but = [item for item in found.get(BUT, ()) if words[item.at + item.length] != CUT]
    if COURTESY in found and not _comes_after(but, found[COURTESY][-1]):
        return True
    return any(
        not _comes_after((*but, *found.get(STILL, ())), item) and not _is_open(item, found, words)
        for item in found.get(SETTLED, ())
    )


def _comes_after(some: Sequence[Found], item: Found) -> bool:
    return any(other.at >= item.at + item.length for other in some)


def _is_open(item: Found, found: Mapping[str, Sequence[Found]], words: Sequence[str]) -> bool:
    """Return whether “until” or “should” stands before it in its part, or “not” beside it."""
    places = [here.at for here in found.get(OPEN, ()) if here.at < item.at]
    nots = [here.at for here in found.get(NOT, ())]
    if not any(item.at <= at < item.at + item.length for at in nots):  # unlike “no bother”
        places += nots
    return any(
        0 < abs(item.at - at) <= OPEN_WITHIN
        and CUT not in words[min(at, item.at) : max(at, item.at)]
        for at in places
    )


def _end(inside: Mapping[str, Sequence[Found]], length: int, is_first: bool) -> int:
    """Return where a condition begins: what comes after it did not happen."""
    if is_first and IF_FIRST in inside and inside[IF_FIRST][0].at == 0:
        return 0
    until = {at for item in inside.get(UNTIL, ()) for at in range(item.at, item.at + item.length)}
    return next((item.at for item in inside.get(IF, ()) if item.at not in until), length)


def _take_contracted(inside: Places) -> None:
    """Take away the shorter words where a longer word denies: “can't” is no “can”."""
    denied = {item.at: item.length for item in inside.get(NOT, ()) if item.length > 1}
    if not denied:
        return
    for concept in tuple(inside):
        if kept := [item for item in inside[concept] if item.length >= denied.get(item.at, 0)]:
            inside[concept] = kept
        else:
            del inside[concept]


def _take_denied_harm(inside: Places) -> None:
    """Take away “no damage” and “not a single complaint”, and all else that these words mean."""
    for start, end in tuple(_denied_harm(inside)):
        for concept in set(inside) - {SETTLED, COURTESY}:
            inside[concept] = [item for item in inside[concept] if not start <= item.at <= end]
            if not inside[concept]:
                del inside[concept]


def _denied_harm(inside: Mapping[str, Sequence[Found]]) -> Iterator[tuple[int, int]]:
    known = {item.at for places in inside.values() for item in places}
    before = {item.at + item.length: item.at for item in inside.get(NOT, ())}
    for no in inside.get(NOT, ()):
        for harm in (item for concept in HARM for item in inside.get(concept, ())):
            between = range(no.at + no.length, harm.at)
            if no.at < harm.at <= no.at + DENIED_WITHIN and known.isdisjoint(between):
                yield before.get(no.at, no.at), harm.at  # n'est + pas grave


def _add_things(here: Sequence[str], inside: Places) -> None:
    """Add the words that no concept knows, after an article or a number: they name a thing."""
    known = {
        at for places in inside.values() for p in places for at in range(p.at, p.at + p.length)
    }
    after = {item.at + item.length for name in (THE, NUMBER) for item in inside.get(name, ())}
    things = [
        Found(at, 1)
        for at, word in enumerate(here)
        if at in after and at not in known and len(word) >= THING_LENGTH
    ]
    if things:
        inside[THING] = things


def _add_figures(here: Sequence[str], inside: Places) -> None:
    """Add the numbers that belong to no date: they count something."""
    dates = {item.at for item in inside.get(DAY, ())}
    dates |= {at for at, word in enumerate(here) if word.isdigit()}
    figures = [
        item
        for item in inside.get(NUMBER, ())
        if dates.isdisjoint((item.at - 1, item.at + 1)) and not YEAR.fullmatch(here[item.at])
    ]
    if figures:
        inside[FIGURE] = figures
