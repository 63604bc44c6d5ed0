"""Says in a sentence for people why a value of a command's field was refused."""

from pydantic import ValidationError
from pydantic_core import ErrorDetails

PATTERNS = {
    "^[A-Z]{3}$": "is not a currency; write its three letters, such as EUR",
    "^[A-Z]{2}$": "is not a country; write its two letters, such as NL",
    "^[0-9a-f]{64}$": "is not a SHA-256; write its 64 hexadecimal digits",
}


TEXTS = {  # by pydantic's type of error, of what was given and its limits
    "missing": "is missing",
    "string_too_short": "is empty",
    "string_too_long": "has more than {max_length} characters",
    "decimal_parsing": "{given!r} is not an amount; write it as 1210.00",
    "decimal_type": "{given!r} is not an amount; write it as 1210.00",
    "finite_number": "{given} is not an amount; write it as 1210.00",
    "decimal_max_digits": "{given} has more digits than an amount can have",
    "decimal_whole_digits": "{given} has more digits than an amount can have",
    "decimal_max_places": "{given} has more than {decimal_places} decimals",
    "date_parsing": "{given!r} is not a date; write it as 2026-03-31",
    "date_from_datetime_parsing": "{given!r} is not a date; write it as 2026-03-31",
    "date_type": "{given!r} is not a date; write it as 2026-03-31",
    "greater_than_equal": "{given} is below {ge}",
    "greater_than": "{given} is not above {gt}",
    "less_than_equal": "{given} is above {le}",
    "value_error": "{error}",
}


def explain(error: ValidationError) -> tuple[str | None, str]:
    """Return the field of the first error, if there is one, and why its value was refused."""
    first = error.errors(include_url=False)[0]
    return ".".join(str(part) for part in first["loc"]) or None, reason(first)


def reason(error: ErrorDetails) -> str:
    """Return the reason: what was written, and what to write instead."""
    given, limits = error["input"], error.get("ctx", {})
    if error["type"] == "string_pattern_mismatch":
        what = PATTERNS.get(str(limits["pattern"]), "is not written as it should be")
        return f"{given!r} {what}"
    text = TEXTS.get(error["type"])
    return text.format(given=given, **limits) if text else error["msg"]
