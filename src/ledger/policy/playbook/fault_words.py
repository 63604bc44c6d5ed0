"""What msgspec says of a value that does not fit, in words for people."""

import re

KINDS = {
    "int": "a whole number",
    "float": "a number",
    "decimal": "an amount",
    "bool": "true or false",
    "str": "text",
    "array": "a list",
    "object": "fields with values",
    "date": "a date such as 2026-03-31",
    "null": "nothing",
}
WORDS = {
    r"Expected `(?P<kind>[^`]+)`(?:, got `(?P<got>[^`]+)`)?": "{kind} is needed{got}",
    r"Expected `(?P<kind>[^`]+)` (?P<limit>[<>]=? ?\S+)": "{kind} {limit} is needed",
    r"Expected `(?P<kind>[^`]+)` of length (?P<limit>.*)": "the length must be {limit}",
    r"Expected `(?P<kind>[^`]+)` matching regex .*": "is not written as it should be",
    r"Object missing required field `(?P<name>.*)`": "{name} is missing",
    r"Object contains unknown field `(?P<name>.*)`": "there is no field {name}",
    r"Invalid enum value (?P<name>.*)": "{name} is none of the values that are allowed here",
    r"Invalid decimal string": "this is not an amount; write it as 1210.00",
}


def in_words(rule: str) -> str:
    """Return msgspec's rule in our words; another text comes back as it is."""
    for pattern, text in WORDS.items():
        if found := re.fullmatch(pattern, rule, re.DOTALL):
            parts = found.groupdict(default="")
            got = KINDS.get(parts.get("got", ""), "")
            parts |= {"kind": _kinds(parts.get("kind", "")), "got": f", not {got}" if got else ""}
            return text.format(**parts)
    return rule


def _kinds(names: str) -> str:
    kinds = (KINDS.get(name, "a value of another kind") for name in names.split(" | "))
    return " or ".join(dict.fromkeys(kinds))
