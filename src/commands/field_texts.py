"""Says in a sentence for people why a value of a command's field was refused."""

from pydantic import ValidationError
from pydantic_core import ErrorDetails

PATTERNS = {
    "^[A-Z]{3}$": "is not a currency; write its three letters, such as EUR",
    "^[A-Z]{2}$": "is not a country; write its two letters, such as NL",
    "^[0-9a-f]{64}$": "is not a SHA-256; write its 64 hexadecimal digits",
}

AMOUNT = "{given} is not an amount; write it as 1210.00"
DIGITS = "{given} has more digits than an amount can have"
DATE = "{given} is not a date; write it as 2026-03-31"
TIME = "{given} is not a time with its offset; write it as 2026-03-31T10:30:00+02:00"
WHOLE = "{given} is not a whole number; write it as 14"
YES_OR_NO = "{given} is neither true nor false"
UNIQUE = "{given} is not an id; an id is written as 00000000-0000-4000-8000-000000000001"
OTHER = "{given} is not allowed here"
TEXTS = {  # by pydantic's type of error, of what was given and its limits
    "missing": "is missing",
    "extra_forbidden": "there is no such field",
    "json_invalid": "is not JSON, or was cut off",
    "json_type": "{given} is not JSON",
    "string_too_short": "is empty",
    "string_too_long": "has more than {max_length} characters",
    "string_type": "{given} is not text",
    "string_unicode": "has characters that are not Unicode",
    "enum": "{given} is none of {expected}",
    "literal_error": "{given} is none of {expected}",
    **dict.fromkeys(("decimal_parsing", "decimal_type", "finite_number"), AMOUNT),
    **dict.fromkeys(("decimal_max_digits", "decimal_whole_digits"), DIGITS),
    "decimal_max_places": "{given} has more than {decimal_places} decimals",
    **dict.fromkeys(
        ("date_parsing", "date_from_datetime_parsing", "date_type", "date_from_datetime_inexact"),
        DATE,
    ),
    **dict.fromkeys(
        ("datetime_parsing", "datetime_from_date_parsing", "datetime_type", "timezone_aware"), TIME
    ),
    **dict.fromkeys(
        ("int_parsing", "int_type", "int_from_float", "int_parsing_size", "float_type"), WHOLE
    ),
    **dict.fromkeys(("bool_parsing", "bool_type"), YES_OR_NO),
    **dict.fromkeys(("uuid_parsing", "uuid_type", "uuid_version"), UNIQUE),
    **dict.fromkeys(("list_type", "tuple_type", "set_type"), "{given} is not a list"),
    **dict.fromkeys(
        ("model_type", "model_attributes_type", "dict_type", "dataclass_type"),
        "{given} is not an object with fields",
    ),
    "too_short": "has fewer than {min_length} values",
    "too_long": "has more than {max_length} values",
    "greater_than_equal": "{given} is below {ge}",
    "greater_than": "{given} is not above {gt}",
    "less_than_equal": "{given} is above {le}",
    "less_than": "{given} is not below {lt}",
}
LONGEST = 60  # characters of what was given


def explain(error: ValidationError) -> tuple[str | None, str]:
    """Return the field of the first error, if there is one, and why its value was refused."""
    first = error.errors(include_url=False)[0]
    return ".".join(str(part) for part in first["loc"]) or None, reason(first)


def reason(error: ErrorDetails) -> str:
    """Return the reason: what was written, and what to write instead. Only texts of ours come
    through: for a type of error without one there is ``OTHER``."""
    kind, limits = error["type"], error.get("ctx") or {}
    if kind == "value_error":
        return error["msg"].removeprefix("Value error, ")
    given = shown(error.get("input"))
    if kind == "string_pattern_mismatch":
        return f"{given} {PATTERNS.get(str(limits['pattern']), 'is not written as it should be')}"
    return TEXTS.get(kind, OTHER).format(**{**limits, "given": given})


def shown(value: object) -> str:
    """Return what was given, as JSON has it, and no more than its first characters."""
    match value:
        case str():
            cut = value if len(value) <= LONGEST else f"{value[:LONGEST]}…"
            return repr(cut)
        case None | True | False:
            return {None: "null", True: "true", False: "false"}[value]
        case dict():
            return "an object"
        case list() | tuple():
            return "a list"
        case bytes():
            return "this"
        case _:
            return str(value)[:LONGEST]
