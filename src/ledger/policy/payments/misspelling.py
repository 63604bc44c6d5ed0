"""Invoice numbers that a payer mistyped."""

from collections.abc import Sequence, Set

from ledger.policy.normalise import reference
from ledger.policy.references import candidates

LEAST = 5  # characters of a number; of a shorter one every other number is one off


def misspelt(numbers: Sequence[str], *texts: str) -> Set[str]:
    """Return the numbers that the texts have but for one character: changed, left out, added, or
    swapped with its neighbour."""
    words = candidates(*texts)
    keys = {number: reference(number) for number in numbers}
    long = {number: key for number, key in keys.items() if len(key) >= LEAST}
    return {number for number, key in long.items() if any(differ_once(word, key) for word in words)}


def differ_once(word: str, key: str) -> bool:
    """Return whether one change of a character makes the one of the other."""
    if word == key or abs(len(word) - len(key)) > 1:
        return False
    short, long = sorted((word, key), key=len)
    at = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or swapped
