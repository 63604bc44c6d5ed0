"""Detection of disputes and of resolvers' answers in the text of mails."""

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
    """Return the answer that the first line consists of; None when it holds anything else."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return ANSWERS.get(" ".join(first.split()).strip(" .!*:").casefold())


MAX_SENTENCE_LENGTH = 300  # characters of a sentence that are shown
BEFORE = 100  # characters before the phrase, in a longer sentence
NEAR = 4  # words before a sign in which another phrase may cancel it
TAKEN = " | "  # replaces ignored text; not a word
SENTENCE = re.compile(r"(?<=[.!?])(?<!\d\.)\s+|\n\s*\n")  # a sentence may span lines
PART = re.compile(r"[,;:()\u2013\u2014]|\s-\s")
Wordings = Mapping[str, DisputePhrases]


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


class PhraseRef(NamedTuple):
    """A phrase of the playbook, with its reason and language."""

    phrase: Phrase
    reason: Reason
    language: str


def detect(text: str, wordings: Wordings) -> Detection | None:
    """Return the first sentence with a sign of a dispute; of several the sign with most words."""
    whole = normalise_words(text)
    signs = [sign for sign in _signs(wordings) if sign.phrase.pattern.search(whole)]
    for sentence in SENTENCE.split(text) if signs else ():
        parts = [normalise_words(part) for part in PART.split(sentence)]
        found = [sign for sign in signs if any(_matches(part, sign, wordings) for part in parts)]
        if found:
            reference = max(found, key=lambda sign: sign.phrase.word_count)
            phrase, excerpt = reference.phrase, _excerpt(sentence, reference.phrase)
            return Detection(reference.reason, excerpt, reference.language, phrase.words)
    return None


def _signs(wordings: Wordings) -> Iterator[PhraseRef]:
    for language, wording in wordings.items():
        for reason, phrases in wording.signs.items():
            for words in phrases:
                yield PhraseRef(phrase(words), reason, language)


def _matches(part: str, sign: PhraseRef, wordings: Wordings) -> bool:
    """Return whether the sign is in the text, and not cancelled: “not damaged”, “if broken”."""
    rules = wordings[sign.language]
    for words in rules.ignore:
        part = phrase(words).pattern.sub(TAKEN, part)
    for found in sign.phrase.pattern.finditer(part):
        before = " ".join(part[: found.start()].split()[-NEAR:])
        near = normalise_words(" ".join((before, *found.groups())))
        if not any(phrase(words).pattern.search(near) for words in rules.unless_after):
            return True
    return False


def _excerpt(sentence: str, phrase: Phrase) -> str:
    text = " ".join(sentence.split())
    if len(text) <= MAX_SENTENCE_LENGTH:
        return text
    found = phrase.pattern.search(normalise_words(text))
    first = found[0].split()[0] if found else ""
    start = max(text.casefold().find(first) - BEFORE, 0)
    return text[start : start + MAX_SENTENCE_LENGTH].strip()
