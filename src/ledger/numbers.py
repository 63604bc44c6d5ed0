"""Numbers in one normal form, as people write them in many."""

import re
from collections.abc import Iterator

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

WRITTEN = re.compile(r"\+?[\d(][\d\s()./-]{5,}")  # a telephone number among words


def normal(number: str) -> str:
    """Letters and digits only, in upper case."""
    return "".join(char for char in number.upper() if char.isalnum())


def phone(written: str, country: str | None = None) -> str:
    """E.164, such as +31612345678; of a number without its country (ISO 3166-1) the digits
    alone, such as 0612345678; empty of what can be no telephone number."""
    found = WRITTEN.search(written)
    if found is None:
        return ""
    said = re.sub(r"^00", "+", found[0])
    try:
        read = phonenumbers.parse(said, country)
    except NumberParseException as error:
        unsaid = error.error_type == NumberParseException.INVALID_COUNTRY_CODE and said[0] != "+"
        return _digits(said) if unsaid else ""
    return _e164(read) if phonenumbers.is_possible_number(read) else ""


def phone_names(number: str, home: str) -> Iterator[str]:
    """By what a number in E.164 goes: itself, and at ``home`` (ISO 3166-1) also without country."""
    yield number
    try:
        read = phonenumbers.parse(number)
    except NumberParseException:
        return
    if read.country_code == phonenumbers.country_code_for_region(home):
        yield _digits(phonenumbers.format_number(read, PhoneNumberFormat.NATIONAL))


def _e164(number: phonenumbers.PhoneNumber) -> str:
    return str(phonenumbers.format_number(number, PhoneNumberFormat.E164))


def _digits(said: str) -> str:
    return "".join(char for char in said if char.isdigit())
