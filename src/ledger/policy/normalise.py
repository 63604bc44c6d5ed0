"""The normal forms of references and telephone numbers."""

import re
from collections.abc import Iterator

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

WRITTEN = re.compile(r"\+?[\d(][\d\s()./-]{5,}")  # telephone numbers among words
NATIONAL = "national:"  # before the digits of a number of any country
DIGITS = range(7, 16)  # of a number without its country; E.164 allows 15


def reference(number: str) -> str:
    """Return the letters and digits, in upper case."""
    return "".join(char for char in number.upper() if char.isalnum())


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
