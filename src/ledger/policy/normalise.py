"""The normal forms of references, of words to search for, and of telephone numbers."""

import re
import unicodedata
from collections.abc import Iterator

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

WRITTEN = re.compile(r"\+?[\d(][\d\s()./-]{5,}")  # telephone numbers among words
NATIONAL = "national:"  # before the digits of a number of any country
DIGITS = range(7, 16)  # of a number without its country; E.164 allows 15
PART = re.compile(r"0{2,}(?=[1-9])|\d+|[^\W\d_]+")  # leading zeros, digits or letters
LETTERS = str.maketrans(  # that Unicode does not take apart
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th"}
)
LONGEST_WORD = 40  # characters of a word to search for
MOST_STARTS = 8  # places of a text at which a search may begin


def reference(number: str) -> str:
    """Return the letters and digits, in upper case."""
    return "".join(char for char in number.upper() if char.isalnum())


def search_words(text: str) -> tuple[str, ...]:
    """Return the words of a search: letters without accents and digits, in lower case."""
    parts = ("".join(PART.findall(word)) for word in _folded(text).split())
    return tuple(dict.fromkeys(part[:LONGEST_WORD] for part in parts if part))


def word_starts(text: str) -> tuple[str, ...]:
    """Return what follows each start of a word, written as one: a search word is found where one of
    these begins with it.

    "Jansen B.V." is found by "jans", "bv" and "jansenbv", and "2026-0047" by "47", too.
    """
    parts = PART.findall(_folded(text))
    starts = ("".join(parts[n:])[:LONGEST_WORD] for n in range(min(len(parts), MOST_STARTS)))
    return tuple(dict.fromkeys(starts))


def _folded(text: str) -> str:
    """Return the text in lower case without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    return "".join(char for char in plain if not unicodedata.combining(char))


def phone_numbers(written: str, country: str | None = None) -> tuple[str, ...]:
    """Return the telephone numbers of a text, in E.164 (+31612345678).

    Without a ``country`` (ISO 3166-1) a national number is its digits (0612345678). A slash may
    separate two numbers, or a number from its area code.
    """
    found = list[str]()
    for run in WRITTEN.findall(written):
        whole = _phone(run, country)
        found += [whole] if whole else [_phone(part, country) for part in run.split("/")]
    return tuple(dict.fromkeys(filter(None, found)))


def phone_number(written: str, country: str | None = None) -> str:
    """Return the first telephone number; empty without one."""
    return next(iter(phone_numbers(written, country)), "")


def typed_phone_number(written: str, home: str) -> tuple[str, str]:
    """Return a number as somebody typed it in the country ``home``, and its national key.

    A number without a country is one of ``home`` only if it is valid there. By its key it may be
    one of any country; the key of a number with a country is empty.
    """
    plain = phone_number(written)
    if not plain or plain.startswith("+"):
        return plain, ""
    at_home = phone_number(plain, home)
    is_valid = at_home and phonenumbers.is_valid_number(phonenumbers.parse(at_home))
    return at_home if is_valid else plain, f"{NATIONAL}{plain}"


def national_key(number: str, country: str | None) -> str:
    """Return the key of a number (E.164, or digits) that is typed without its ``country``."""
    if not number.startswith("+"):
        return f"{NATIONAL}{number}"
    digits = _national_digits(number, country) if country else ""
    return f"{NATIONAL}{digits}" if digits else ""


def phone_lookup_keys(number: str, home: str) -> Iterator[str]:
    """Yield the number (E.164), and in the country ``home`` (ISO 3166-1) its national form too."""
    yield number
    if digits := _national_digits(number, home):
        yield digits


def _national_digits(number: str, country: str) -> str:
    """Return the national form of a number of this country; empty for one of another."""
    try:
        read = phonenumbers.parse(number)
    except NumberParseException:
        return ""
    if read.country_code != phonenumbers.country_code_for_region(country):
        return ""
    return _digits(phonenumbers.format_number(read, PhoneNumberFormat.NATIONAL))


def _phone(written: str, country: str | None) -> str:
    """Return the normal form; empty when it cannot be a telephone number."""
    number = re.sub(r"^00", "+", written.strip())
    try:
        read = phonenumbers.parse(number, country)
    except NumberParseException as error:
        digits, fault = _digits(number), error.error_type
        unknown = fault == NumberParseException.INVALID_COUNTRY_CODE and number[0] != "+"
        return digits if unknown and len(digits) in DIGITS else ""
    possible = phonenumbers.is_possible_number(read)
    return str(phonenumbers.format_number(read, PhoneNumberFormat.E164)) if possible else ""


def _digits(number: str) -> str:
    return "".join(char for char in number if char.isdigit())
