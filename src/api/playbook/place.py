"""Where in the rules a fault is, as a JSON pointer: ``/ladders/business/steps/0/after_due``."""

import re
from typing import Any

from commands.playbook import read

AT = re.compile(r"^(?P<rule>.*?)(?: - at (?:`key` in )?`\$(?P<path>.*)`)?$", re.DOTALL)
BY_KEY = re.compile(r"^\.(ladders|reasons)\[\.\.\.\]")  # the reader does not say which key
UNKNOWN = re.compile(r"unknown field `(.*)`$", re.DOTALL)


def place(given: Any, fault: str) -> tuple[str, str]:
    """The rule in words, and the pointer (RFC 6901), of what the reader said of ``given``."""
    found = AT.match(fault)
    assert found
    rule, path = found["rule"], found["path"] or ""
    parts = list[str]()
    if by_key := BY_KEY.match(path):
        table, path = by_key[1], path[by_key.end() :]
        parts = [table, *_key(given, table, fault)]
    parts += re.findall(r"\w+", path)
    if unknown := UNKNOWN.search(rule):
        parts.append(unknown[1])
    return rule, "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in parts)


def _key(given: Any, table: str, fault: str) -> list[str]:
    """The first that has this fault when it stands alone."""
    for key, value in given[table].items():
        try:
            read({**given, table: {key: value}})
        except ValueError as error:
            if str(error) == fault:
                return [key]
    return []
