"""Says in a sentence for people why a value of a command's field was refused."""

from decimal import Decimal
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

PATTERNS = {
    "^[A-Z]{3}$": "is not a currency; write its three letters, such as EUR",
    "^[A-Z]{2}$": "is not a country; write its two letters, such as NL",
    "^[0-9a-f]{64}$": "is not a SHA-256; write its 64 hexadecimal digits",
}


def explain(error: ValidationError) -> tuple[str | None, str]:
    """Return the field of the first error, if there is one, and why its value was refused."""
    first = error.errors(include_url=False)[0]
    return ".".join(str(part) for part in first["loc"]) or None, reason(first)


def reason(error: ErrorDetails) -> str:
    """Return the reason: what was written, and what to write instead."""
    given, limits = error["input"], error.get("ctx", {})
    match error["type"]:
        case "missing":
            return "is missing"
        case "string_pattern_mismatch":
            what = PATTERNS.get(str(limits["pattern"]), "is not written as it should be")
            return f"{given!r} {what}"
        case "string_too_short":
            return "is empty"
        case "string_too_long":
            return f"has more than {limits['max_length']} characters"
        case "decimal_parsing" | "decimal_type" | "finite_number":
            return f"{given!r} is not an amount; write it as 1210.00"
        case "decimal_max_digits" | "decimal_whole_digits":
            return f"{given} has more digits than an amount can have"
        case "decimal_max_places":
            return f"{given} has more than {limits['decimal_places']} decimals"
        case "date_parsing" | "date_from_datetime_parsing" | "date_type":
            return f"{given!r} is not a date; write it as 2026-03-31"
        case "greater_than_equal":
            return _limit(given, "below", limits["ge"])
        case "greater_than":
            return f"{given} is not above {limits['gt']}"
        case "less_than_equal":
            return _limit(given, "above", limits["le"])
        case "value_error":
            return str(limits["error"])
    return error["msg"]


def _limit(given: Any, side: str, limit: Any) -> str:
    if isinstance(given, int | float | Decimal):
        return f"{given} is {side} {limit}"
    return f"{given} is {'before' if side == 'below' else 'after'} {limit}"
