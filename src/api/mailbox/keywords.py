"""The few words by which a resolver answers in a mail. Anything else a person reads."""

from ledger.codes import Answer

WORDS = {
    Answer.SOLVED: "solved|resolved|opgelost|gelöst|erledigt|résolu|réglé",
    Answer.NOT_SOLVED: "not solved|unsolved|niet opgelost|nicht gelöst|nicht erledigt|non résolu",
    Answer.NOT_MINE: "not mine|niet van mij|niet voor mij|nicht meins|nicht für mich|pas pour moi",
}
ANSWERS = {word: answer for answer, words in WORDS.items() for word in words.split("|")}


def answer_of(text: str) -> Answer | None:
    """What the first line says, if it says nothing besides."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return ANSWERS.get(" ".join(first.split()).strip(" .!*:").casefold())
