"""The few words by which a resolver answers in a mail. Anything else a person reads."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ledger.facts.codes import Answer, Reason
from ledger.facts.playbook_rules import DisputePhrases
from ledger.policy.disputes.phrases import Phrase, normalise_words, phrase

WORDS = {
    Answer.SOLVED: "solved|resolved|opgelost|gelöst|erledigt|résolu|réglé",
    Answer.NOT_SOLVED: "not solved|unsolved|niet opgelost|nicht gelöst|nicht erledigt|non résolu",
    Answer.NOT_MINE: "not mine|niet van mij|niet voor mij|nicht meins|nicht für mich|pas pour moi",
}
ANSWERS = {word: answer for answer, words in WORDS.items() for word in words.split("|")}


def answer_keyword(text: str) -> Answer | None:
    """What the first line says, if it says nothing besides."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return ANSWERS.get(" ".join(first.split()).strip(" .!*:").casefold())


MAX_SENTENCE_LENGTH = 300  # characters of a sentence that are told
BEFORE = 100  # of them before the words, in one that is longer
NEAR = 4  # words before a sign in which another may take it back
TAKEN = " | "  # where something was ignored; no word
SENTENCE = re.compile(r"(?<=[.!?])(?<!\d\.)\s+|\n\s*\n")  # a line may break within one
PART = re.compile(r"[,;:()\u2013\u2014]|\s-\s")
Wordings = Mapping[str, DisputePhrases]


class Detection(NamedTuple):
    """Which reason, the sentence that made us think so, and the rule: language and words."""

    reason: Reason
    sentence: str
    language: str
    words: str

    @property
    def why(self) -> str:
        reason = self.reason.replace("_", " ")
        return f"says: {self.sentence} ({self.language}, {reason}: “{self.words}”)"


class PhraseRef(NamedTuple):
    """A phrase of the playbook, and where it stands there."""

    phrase: Phrase
    reason: Reason
    language: str


def detect(text: str, wordings: Wordings) -> Detection | None:
    """The first sentence that says something is wrong; of its signs the one that says most."""
    whole = normalise_words(text)
    there = [sign for sign in _signs(wordings) if sign.phrase.pattern.search(whole)]
    for sentence in SENTENCE.split(text) if there else ():
        parts = [normalise_words(part) for part in PART.split(sentence)]
        found = [sign for sign in there if any(_says(one, sign, wordings) for one in parts)]
        if found:
            most = max(found, key=lambda sign: sign.phrase.says)
            told = _told(sentence, most.phrase)
            return Detection(most.reason, told, most.language, most.phrase.words)
    return None


def _signs(wordings: Wordings) -> Iterator[PhraseRef]:
    for language, one in wordings.items():
        for reason, phrases in one.signs.items():
            for words in phrases:
                yield PhraseRef(phrase(words), reason, language)


def _says(part: str, sign: PhraseRef, wordings: Wordings) -> bool:
    """Unless what stands before or within it takes it back: “not damaged”, “if it is broken”."""
    rules = wordings[sign.language]
    for words in rules.ignore:
        part = phrase(words).pattern.sub(TAKEN, part)
    for found in sign.phrase.pattern.finditer(part):
        before = " ".join(part[: found.start()].split()[-NEAR:])
        near = normalise_words(" ".join((before, *found.groups())))
        if not any(phrase(words).pattern.search(near) for words in rules.unless_after):
            return True
    return False


def _told(sentence: str, found: Phrase) -> str:
    """Of a long one the piece with the words in it."""
    told = " ".join(sentence.split())
    if len(told) <= MAX_SENTENCE_LENGTH:
        return told
    there = found.pattern.search(normalise_words(told))
    first = there[0].split()[0] if there else ""
    start = max(told.casefold().find(first) - BEFORE, 0)
    return told[start : start + MAX_SENTENCE_LENGTH].strip()
