"""Where in the rules a fault is, as a JSON pointer: ``/ladders/business/steps/0/after_due``."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from ledger.facts.playbook_rules import Rules


def decode(given: Any) -> Rules:
    """From plain JSON or YAML values. Raises ``ValueError`` naming the place, such as
    ``$.ladders[...].steps[0].after_due``."""
    if isinstance(given, Rules):
        return given
    try:
        return msgspec.convert(given, Rules, strict=False)
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from None


AT = re.compile(r"^(?P<rule>.*?)(?: - at (?:`key` in )?`\$(?P<path>.*)`)?$", re.DOTALL)
PART = re.compile(r"\w+|\[\.\.\.\]")  # the reader does not say which key
UNKNOWN = re.compile(r"unknown field `(.*)`$", re.DOTALL)


def error_pointer(given: Any, fault: str) -> tuple[str, str]:
    """The rule in words, and the pointer (RFC 6901), of what the reader said of ``given``."""
    found = AT.match(fault)
    assert found
    rule, path = found["rule"], found["path"] or ""
    parts = list[str]()
    for part in PART.findall(path):
        parts += [part] if part[0] != "[" else _key(given, parts, fault)
    if unknown := UNKNOWN.search(rule):
        parts.append(unknown[1])
    return rule, "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in parts)


def _key(given: Any, parts: Sequence[str], fault: str) -> list[str]:
    """The first in the table there that has this fault when it stands alone."""
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
