"""Numbers in one normal form, as people write them in many."""

import re
from collections.abc import Iterator

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

WRITTEN = re.compile(r"\+?[\d(][\d\s()./-]{5,}")  # telephone numbers among words
DIGITS = range(7, 16)  # of a number without its country; E.164 allows 15


def reference(number: str) -> str:
    """Letters and digits only, in upper case."""
    return "".join(char for char in number.upper() if char.isalnum())


def phone_numbers(written: str, country: str | None = None) -> tuple[str, ...]:
    """Each in E.164, such as +31612345678; of a number without its country (ISO 3166-1) the
    digits alone, such as 0612345678. A slash parts two numbers, or one from its area."""
    found = list[str]()
    for run in WRITTEN.findall(written):
        whole = _phone(run, country)
        found += [whole] if whole else [_phone(part, country) for part in run.split("/")]
    return tuple(dict.fromkeys(filter(None, found)))


def phone_number(written: str, country: str | None = None) -> str:
    """The first; empty of what holds none."""
    return next(iter(phone_numbers(written, country)), "")


def phone_lookup_keys(number: str, home: str) -> Iterator[str]:
    """By what a number in E.164 goes: itself, and at ``home`` (ISO 3166-1) also without country."""
    yield number
    try:
        read = phonenumbers.parse(number)
    except NumberParseException:
        return
    if read.country_code == phonenumbers.country_code_for_region(home):
        yield _digits(phonenumbers.format_number(read, PhoneNumberFormat.NATIONAL))


def _phone(written: str, country: str | None) -> str:
    """Empty of what can be no telephone number."""
    said = re.sub(r"^00", "+", written.strip())
    try:
        read = phonenumbers.parse(said, country)
    except NumberParseException as error:
        digits, of = _digits(said), error.error_type
        unsaid = of == NumberParseException.INVALID_COUNTRY_CODE and not said.startswith("+")
        return digits if unsaid and len(digits) in DIGITS else ""
    possible = phonenumbers.is_possible_number(read)
    return str(phonenumbers.format_number(read, PhoneNumberFormat.E164)) if possible else ""


def _digits(said: str) -> str:
    return "".join(char for char in said if char.isdigit())
