"""Reading rules, and the position of a fault (``/ladders/business/steps/0/after_due``)."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from ledger.facts.playbook_rules import Rules
from ledger.policy.playbook.fault_words import in_words


def decode(given: Any) -> Rules:
    """Return the rules of plain JSON or YAML values. Raise ``ValueError`` with the path of a fault,
    such as ``$.ladders[...].steps[0].after_due``."""
    if isinstance(given, Rules):
        return given
    try:
        return msgspec.convert(given, Rules, strict=False)
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from None


AT = re.compile(r"^(?P<rule>.*?)(?: - at (?:`key` in )?`\$(?P<path>.*)`)?$", re.DOTALL)
PART = re.compile(r"\w+|\[\.\.\.\]")  # msgspec does not name the key
UNKNOWN = re.compile(r"unknown field `(.*)`$", re.DOTALL)


def error_pointer(given: Any, fault: str) -> tuple[str, str]:
    """Return the broken rule and the JSON pointer (RFC 6901) of msgspec's fault in ``given``."""
    found = AT.match(fault)
    assert found
    rule, path = found["rule"], found["path"] or ""
    parts = list[str]()
    for part in PART.findall(path):
        parts += [part] if part[0] != "[" else _key(given, parts, fault)
    if unknown := UNKNOWN.search(rule):
        parts.append(unknown[1])
    pointer = "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in parts)
    return in_words(rule), pointer


def _key(given: Any, parts: Sequence[str], fault: str) -> list[str]:
    """Return the first key of the table that has the fault without the other keys."""
    table = given
    for part in parts:
        table = table[part]
    for key in table:
        try:
            decode(_only(given, parts, key))
        except ValueError as error:
            if str(error) == fault:
                return [key]
    return []


def _only(table: Mapping[str, Any], parts: Sequence[str], key: str) -> dict[str, Any]:
    if not parts:
        return {key: table[key]}
    return {**table, parts[0]: _only(table[parts[0]], parts[1:], key)}
