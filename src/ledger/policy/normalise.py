"""The normal forms of references and telephone numbers."""

import re
from collections.abc import Iterator

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

WRITTEN = re.compile(r"\+?[\d(][\d\s()./-]{5,}")  # telephone numbers among words
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


def phone_lookup_keys(number: str, home: str) -> Iterator[str]:
    """Yield the number (E.164), and in the country ``home`` (ISO 3166-1) its national form too."""
    yield number
    try:
        read = phonenumbers.parse(number)
    except NumberParseException:
        return
    if read.country_code == phonenumbers.country_code_for_region(home):
        yield _digits(phonenumbers.format_number(read, PhoneNumberFormat.NATIONAL))


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
