"""The structured reference by which a payment names its invoice, and how to find it in a text.

It depends on the invoice's number and the account alone: the same invoice always has the same one.

- Belgian accounts: the structured communication (OGM), ten digits and their remainder by 97.
- Swiss QR-IBANs: the QR reference, 26 digits and a check digit (modulo 10, recursive).
- All others, and Belgian ones when the number does not fit: the creditor reference of ISO 11649.

A number that does not fit in gets a digest. In a creditor reference it has 60 bits: among a million
invoices two share one with a chance of 4 in 10 million; in a QR reference, 86 bits, of 6 in 10^15.
The ten digits of an OGM are too few for a digest: 100,000 invoices would share one more likely
than not, so such a number has a creditor reference, which Belgian banks accept as well.
"""

import re
from base64 import b32encode
from collections.abc import Iterator
from enum import StrEnum
from hashlib import sha256

from ledger.facts.creditor import BankAccount


class ReferenceKind(StrEnum):
    """A standard of structured references."""

    CREDITOR = "creditor"  # ISO 11649: RF, two check digits, at most 21 letters and digits
    BELGIAN = "belgian"
    SWISS = "swiss"


SEPARATORS = str.maketrans("-/.", "XYZ")  # of numbers; a creditor reference has none
PLAIN = re.compile(r"[A-W0-9./-]{1,21}", re.ASCII)  # without the letters that stand for these
DIGITS = re.compile(r"[1-9]\d*|20\d\d[./-]\d+", re.ASCII)  # a number as it is, or after its year
CREDITOR = re.compile(r"RF\d\d[A-Z0-9]{1,21}", re.ASCII)
QR_BANKS = range(30000, 32000)  # of a QR-IBAN
LENGTHS = {ReferenceKind.BELGIAN: 12, ReferenceKind.SWISS: 27}
LONGEST = max(LENGTHS.values())
CARRY = (0, 9, 4, 6, 8, 2, 7, 1, 3, 5)  # modulo 10, recursive
WORD = re.compile(r"[A-Z0-9]+", re.ASCII)
BETWEEN = re.compile(r"[\s./+*-]*", re.ASCII)  # parts of one reference
OF_ACCOUNT = re.compile(r"[A-Z]{2}\d\d", re.ASCII)  # how an IBAN begins, or a creditor reference
OLD_ACCOUNT = re.compile(r"\d{3}-\d{7}-\d\d", re.ASCII)  # Belgian, with the check digits of an OGM
LOOKED_AT = 200_000  # characters of a text


def reference_for(invoice_number: str, account: BankAccount) -> str:
    """Return the reference of an invoice that is paid to this account, without spaces."""
    return structured(invoice_number, kind_for(account))


def kind_for(account: BankAccount) -> ReferenceKind:
    """Return the standard that payers to this account know."""
    iban = account.iban
    if iban.startswith("BE"):
        return ReferenceKind.BELGIAN
    is_swiss = iban[:2] in ("CH", "LI") and iban[4:9].isdigit()
    if is_swiss and int(iban[4:9]) in QR_BANKS:
        return ReferenceKind.SWISS
    return ReferenceKind.CREDITOR


def structured(number: str, kind: ReferenceKind) -> str:
    """Return the reference of an invoice by a standard; of ISO 11649 when an OGM has no room."""
    digits = "".join(filter(str.isdigit, number)) if DIGITS.fullmatch(number) else ""
    match kind:
        case ReferenceKind.BELGIAN if 0 < len(digits) <= 10:
            base = digits.zfill(10)
            return base + _belgian_check(base)
        case ReferenceKind.SWISS:
            base = digits.zfill(26) if 0 < len(digits) <= 20 else _digest_digits(number)
            return base + _swiss_check(base)
        case _:
            base = _creditor_base(number)
            return f"RF{98 - _remainder(base + 'RF00'):02}{base}"


def written(reference: str) -> str:
    """Return the reference as people read it; what is none stays as it is."""
    match kind_of(reference):
        case ReferenceKind.BELGIAN:
            return f"+++{reference[:3]}/{reference[3:7]}/{reference[7:]}+++"
        case ReferenceKind.SWISS:
            return " ".join((reference[:2], *_groups(reference[2:], 5)))
        case ReferenceKind.CREDITOR:
            return " ".join(_groups(reference, 4))
        case None:
            return reference


def kind_of(reference: str) -> ReferenceKind | None:
    """Return the standard by which a machine form is valid, check digits and all."""
    is_number = reference.isascii() and reference.isdigit()
    if CREDITOR.fullmatch(reference) and _remainder(reference[4:] + reference[:4]) == 1:
        return ReferenceKind.CREDITOR
    if is_number and len(reference) == LENGTHS[ReferenceKind.BELGIAN]:
        fits = reference[10:] == _belgian_check(reference[:10])
        return ReferenceKind.BELGIAN if fits else None
    if is_number and len(reference) == LENGTHS[ReferenceKind.SWISS] and int(reference):
        fits = reference[26:] == _swiss_check(reference[:26])
        return ReferenceKind.SWISS if fits else None
    return None


def find_references(text: str) -> tuple[str, ...]:
    """Return the machine forms of all that may be references in a text, however it is written.

    Their check digits fit. A wrong one passes once in 97 times (of a QR reference, once in ten), so
    each is a candidate, to be compared with the references of our invoices.
    """
    return tuple(dict.fromkeys(_found(text[:LOOKED_AT].upper())))


def _found(text: str) -> Iterator[str]:
    """Yield what neighbouring words form together, from every word on."""
    words = [*WORD.finditer(text)]
    for first, start in enumerate(words):
        if start[0].startswith("RF") or (
            start[0].isdigit()
            and not (first and OF_ACCOUNT.fullmatch(words[first - 1][0]))
            and not OLD_ACCOUNT.match(text, start.start())
        ):
            yield from filter(kind_of, _joined(text, words, first))


def _joined(text: str, words: list[re.Match[str]], first: int) -> Iterator[str]:
    """Yield a word, then it with the next one, as long as only separators stand between."""
    joined, end = "", words[first].start()
    for at in range(first, len(words)):
        joined += words[at][0]
        if len(joined) > LONGEST or not BETWEEN.fullmatch(text, end, words[at].start()):
            return
        yield joined
        end = words[at].end()


def _creditor_base(number: str) -> str:
    """Return the number with letters for its separators, or a digest of what does not fit."""
    if PLAIN.fullmatch(number):
        return number.translate(SEPARATORS)
    return b32encode(sha256(number.encode()).digest()).decode()[:12]


def _digest_digits(number: str) -> str:
    """Return 26 digits; the first is not 0, as it is of numbers that fit."""
    return str(10**25 + int.from_bytes(sha256(number.encode()).digest()) % (9 * 10**25))


def _remainder(text: str) -> int:
    """Return the remainder by 97 (ISO 7064), letters counted from A = 10."""
    return int("".join(str(int(sign, 36)) for sign in text)) % 97


def _belgian_check(base: str) -> str:
    return f"{int(base) % 97 or 97:02}"


def _swiss_check(base: str) -> str:
    carry = 0
    for digit in base:
        carry = CARRY[(carry + int(digit)) % 10]
    return str(-carry % 10)


def _groups(text: str, size: int) -> list[str]:
    return [text[at : at + size] for at in range(0, len(text), size)]
