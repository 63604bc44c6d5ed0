"""Detection of disputes and of resolvers' answers in the text of mails."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ledger.facts.codes import Answer, Reason
from ledger.policy.disputes.concepts import combination
from ledger.policy.disputes.phrases import normalise_words, phrase
from ledger.policy.disputes.signs import (
    CombinationRef,
    PhraseRef,
    Sign,
    Wordings,
    by_concepts,
    by_phrase,
    rules_for,
)

WORDS = {
    Answer.SOLVED: "solved|resolved|opgelost|gelöst|erledigt|résolu|réglé",
    Answer.NOT_SOLVED: "not solved|unsolved|niet opgelost|nicht gelöst|nicht erledigt|non résolu",
    Answer.NOT_MINE: "not mine|niet van mij|niet voor mij|nicht meins|nicht für mich|pas pour moi",
}
ANSWERS = {word: answer for answer, words in WORDS.items() for word in words.split("|")}


def answer_keyword(text: str) -> Answer | None:
    """Return the answer that the first line consists of; None when it holds anything else."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return ANSWERS.get(" ".join(first.split()).strip(" .!*:").casefold())


MAX_SENTENCE_LENGTH = 300  # characters of a sentence that are shown
BEFORE = 100  # characters before the first word found, in a longer sentence
SENTENCE = re.compile(r"(?<=[.!?])(?<!\d\.)\s+|\n\s*\n")  # a sentence may span lines
CODE = re.compile(r"(?<![.,])\b[\w/-]{5,}+(?![.,]\d)")  # a word that may be a number of an invoice
DATE = re.compile(r"\d{1,2}[-/]\d{1,2}[-/]\d{2,4}|\d{4}-\d\d-\d\d")
CODE_DIGITS = 5
IN_NUMBER = re.compile(r"(?<=\d)[.,:'](?=\d)|(?<=\d)[ \u00a0\u202f](?=\d{3}\b)")
PART = re.compile(r"[,;:()\u2013\u2014]|\s-\s")
Together = Mapping[Reason, Sequence[str]]


class Detection(NamedTuple):
    """A detected dispute: its reason, the sentence, and the rule's language and words."""

    reason: Reason
    sentence: str
    language: str
    words: str

    @property
    def why(self) -> str:
        reason = self.reason.replace("_", " ")
        return f"text: {self.sentence} ({self.language}, {reason}: “{self.words}”)"


def detect(text: str, wordings: Wordings, together: Together) -> Detection | None:
    """Return the first sentence with a sign of a dispute; of several the sign with most words."""
    whole = normalise_words(text)
    languages = rules_for(whole, wordings)
    phrases = [sign for sign in _phrases(wordings) if sign.phrase.pattern.search(whole)]
    combinations = _combinations(together)
    for sentence in SENTENCE.split(text):
        plain = IN_NUMBER.sub("", CODE.sub(_without_code, sentence)).replace("%", " percent ")
        parts = [normalise_words(part) for part in PART.split(plain)]
        pairs = ((part, sign) for sign in phrases for part in parts)
        found = [
            item
            for part, sign in pairs
            if (item := by_phrase(part, sign, languages[sign.language]))
        ]
        found += by_concepts(parts, combinations, languages, sentence.rstrip().endswith("?"))
        if found:
            sign = max(found, key=lambda sign: sign.strength)
            return Detection(sign.reason, _excerpt(sentence, sign), sign.language, sign.words)
    return None


def _without_code(found: re.Match[str]) -> str:
    """Return the word, or nothing for INV-2026/17: it is a name, and counts no boxes or days."""
    is_code = sum(map(str.isdigit, found[0])) >= CODE_DIGITS and not DATE.fullmatch(found[0])
    return "" if is_code else found[0]


def _phrases(wordings: Wordings) -> Iterator[PhraseRef]:
    for language, wording in wordings.items():
        for reason, phrases in wording.signs.items():
            for words in phrases:
                yield PhraseRef(phrase(words), reason, language)


def _combinations(together: Together) -> Mapping[str, Sequence[CombinationRef]]:
    """Return the combinations by their first concept."""
    by_first = dict[str, list[CombinationRef]]()
    named = ((words, reason) for reason, all_ in together.items() for words in all_)
    for nth, (words, reason) in enumerate(named):
        item = CombinationRef(combination(words), reason, nth)
        by_first.setdefault(item.combination.groups[0][0], []).append(item)
    return by_first


def _excerpt(sentence: str, sign: Sign) -> str:
    text = " ".join(sentence.split())
    if len(text) <= MAX_SENTENCE_LENGTH:
        return text
    start = max(text.casefold().find(sign.first) - BEFORE, 0)
    return text[start : start + MAX_SENTENCE_LENGTH].strip()
