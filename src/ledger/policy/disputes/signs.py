"""Signs of a dispute in a sentence: by phrases of the playbook, and by concepts together."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ledger.facts.codes import Reason
from ledger.facts.playbook_rules import DisputePhrases
from ledger.policy.disputes.concepts import (
    CUT,
    NUMBER,
    Combination,
    Found,
    Stems,
    find,
    matched,
    stems,
)
from ledger.policy.disputes.phrases import Phrase, normalise_words, phrase

NEAR = 4  # words before a sign in which another phrase may cancel it
NOT, IF, ASIDE = "not", "if", "aside"  # concepts that have a meaning of their own
COURTESY, BUT, QUESTION = "courtesy", "but", "question"
SPECIAL = (NUMBER, QUESTION)  # concepts that need no words
Wordings = Mapping[str, DisputePhrases]


class Sign(NamedTuple):
    """What was found in a sentence: of how many words, the rule, and the first word of it."""

    strength: tuple[int, int]  # words; of as many, the rule that stands first
    reason: Reason
    language: str
    words: str
    first: str


class PhraseRef(NamedTuple):
    """A phrase of the playbook, with its reason and language."""

    phrase: Phrase
    reason: Reason
    language: str


class CombinationRef(NamedTuple):
    """A combination of concepts of the playbook, with its reason."""

    combination: Combination
    reason: Reason
    nth: int


class LanguageRules(NamedTuple):
    """The rules of a language that a text may need."""

    rules: DisputePhrases
    known: Stems
    ignore: tuple[Phrase, ...]


def rules_for(whole: str, wordings: Wordings) -> dict[str, LanguageRules]:
    """Return the rules by language, with only those ignored phrases that the whole text has."""
    return {
        language: LanguageRules(
            rules,
            stems(tuple(rules.concepts.items())),
            tuple(item for item in map(phrase, rules.ignore) if item.pattern.search(whole)),
        )
        for language, rules in wordings.items()
    }


def by_phrase(part: str, sign: PhraseRef, of: LanguageRules) -> Sign | None:
    """Return the sign, if the part has it and nothing cancels it: “not damaged”, “if broken”."""
    part = _without_ignored(part, of)
    for found in sign.phrase.pattern.finditer(part):
        before = " ".join(part[: found.start()].split()[-NEAR:])
        if not _cancelled(" ".join((before, *found.groups())), of.rules):
            words, first = sign.phrase.words, found[0].split()[0]
            return Sign((sign.phrase.word_count, 0), sign.reason, sign.language, words, first)
    return None


def by_concepts(
    parts: Sequence[str],
    combinations: Mapping[str, Sequence[CombinationRef]],
    languages: Mapping[str, LanguageRules],
    is_question: bool,
) -> Iterator[Sign]:
    """Yield a sign for each combination of the sentence, in the language it is written in."""
    sentences = {language: _read(parts, of) for language, of in languages.items()}
    most = max((len(_known(found)) for _, found in sentences.values()), default=0)
    for language, (words, found) in sentences.items():
        if len(_known(found)) < most or _is_courtesy(found):
            continue  # another language's words, or thanks and excuses
        if is_question:
            found[QUESTION] = [Found(len(words), 0)]
        for item in [item for concept in found for item in combinations.get(concept, ())]:
            taken = matched(item.combination, found, words)
            if taken and not _denied(taken, item.combination, words, languages[language].rules):
                yield _sign(sorted(set(taken)), words, item, language)


def _read(parts: Sequence[str], of: LanguageRules) -> tuple[list[str], dict[str, list[Found]]]:
    """Return the words of a sentence that count in a language, and what they mean in it."""
    words, found = list[str](), dict[str, list[Found]]()
    for part in parts:
        here = _without_ignored(part, of).split()
        inside = find(here, of.known)
        if ASIDE in inside:
            continue
        end = inside[IF][0].at if IF in inside else len(here)
        for concept, places in inside.items():
            kept = [Found(item.at + len(words), item.length) for item in places if item.at < end]
            if kept:
                found.setdefault(concept, []).extend(kept)
        words += [*here[:end], CUT]
    return words, found


def _known(found: Mapping[str, Sequence[Found]]) -> set[int]:
    return {item.at for places in found.values() for item in places}


def _is_courtesy(found: Mapping[str, Sequence[Found]]) -> bool:
    """Return whether it thanks or excuses, and no “but” comes after that."""
    last = found[BUT][-1].at if BUT in found else -1
    return COURTESY in found and last < found[COURTESY][-1].at


def _denied(
    taken: Sequence[Found], wanted: Combination, words: Sequence[str], rules: DisputePhrases
) -> bool:
    """Return whether a word shortly before the last group says that it is not so."""
    if NOT in wanted.needs:
        return False
    last = min(item.at for item in taken[-len(wanted.groups[-1]) :])
    return _cancelled(" ".join(words[max(last - NEAR, 0) : last]).rpartition(CUT)[2], rules)


def _sign(taken: Sequence[Found], words: Sequence[str], of: CombinationRef, language: str) -> Sign:
    texts = [" ".join(words[item.at : item.at + item.length]) for item in taken]
    return Sign((len(texts), -of.nth), of.reason, language, " + ".join(texts), texts[0])


def _without_ignored(part: str, of: LanguageRules) -> str:
    for item in of.ignore:
        part = item.pattern.sub(f" {CUT} ", part)
    return part


def _cancelled(before: str, rules: DisputePhrases) -> bool:
    near = normalise_words(before)
    return any(phrase(words).pattern.search(near) for words in rules.unless_after)
