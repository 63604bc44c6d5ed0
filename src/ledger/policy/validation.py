"""The form of e-mail addresses, VAT numbers and IBANs. No registry is asked.

VAT numbers follow the table of the European Commission (VIES, question 11 of its FAQ); IBANs
follow ISO 13616, with its check digits (ISO 7064, mod 97-10).
"""

import re

VAT = {
    "AT": r"U\d{8}",
    "BE": r"[01]\d{9}",
    "BG": r"\d{9,10}",
    "CY": r"\d{8}[A-Z]",
    "CZ": r"\d{8,10}",
    "DE": r"\d{9}",
    "DK": r"\d{8}",
    "EE": r"\d{9}",
    "EL": r"\d{9}",
    "ES": r"[A-Z0-9]\d{7}[A-Z0-9]",
    "FI": r"\d{8}",
    "FR": r"[A-Z0-9]{2}\d{9}",
    "HR": r"\d{11}",
    "HU": r"\d{8}",
    "IE": r"\d[A-Z0-9+*]\d{5}[A-Z]{1,2}",
    "IT": r"\d{11}",
    "LT": r"(\d{9}|\d{12})",
    "LU": r"\d{8}",
    "LV": r"\d{11}",
    "MT": r"\d{8}",
    "NL": r"[A-Z0-9+*]{9}B[A-Z0-9+*]{2}",
    "PL": r"\d{10}",
    "PT": r"\d{9}",
    "RO": r"\d{2,10}",
    "SE": r"\d{12}",
    "SI": r"\d{8}",
    "SK": r"\d{10}",
    "XI": r"(\d{9}|\d{12}|GD\d{3}|HA\d{3})",
}
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


def is_valid_iban(text: str) -> bool:
    plain = SPACED.sub("", text).upper()
    if not IBAN.fullmatch(plain):
        return False
    return int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1
