"""Signs of a dispute in a sentence: by phrases of the playbook, and by concepts together."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ledger.facts.codes import Reason
from ledger.facts.playbook_rules import DisputePhrases
from ledger.policy.disputes.concepts import CUT, Combination, Found, matched, stems
from ledger.policy.disputes.phrases import Phrase, normalise_words, phrase
from ledger.policy.disputes.sentences import (
    NOT,
    LanguageRules,
    count_known,
    is_settled,
    look_up,
    read_sentence,
    without_ignored,
)

NEAR = 4  # words before a sign in which another phrase may cancel it
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
    part = without_ignored(part, of)
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
    known = {language: look_up(parts, of) for language, of in languages.items()}
    most = max(map(count_known, known.values()), default=0)
    for language, here in known.items():
        if count_known(here) < most:
            continue  # another language's words
        words, found = read_sentence(here, languages[language].rules, is_question)
        if is_settled(found, words):
            continue
        for item in [item for concept in found for item in combinations.get(concept, ())]:
            taken = matched(item.combination, found, words)
            if taken and not _denied(taken, item.combination, words, languages[language].rules):
                yield _sign(sorted(set(taken)), words, item, language)


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


def _cancelled(before: str, rules: DisputePhrases) -> bool:
    near = normalise_words(before)
    return any(phrase(words).pattern.search(near) for words in rules.unless_after)
