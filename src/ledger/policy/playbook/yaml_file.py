"""Playbooks as YAML: reading, writing and comparing them."""

from decimal import Decimal
from difflib import unified_diff
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec
import yaml
from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo, astuple, fields

from ledger.facts.playbook_rules import Rules
from ledger.policy.playbook.decode import error_pointer
from ledger.policy.playbook.hidden_rules import without_shared

MAX_BYTES = 1_000_000  # bytes


def read(path: Path) -> Rules:
    """Return the rules of a file. Raise ``ValueError`` with the position of a fault."""
    if path.stat().st_size > MAX_BYTES:
        raise ValueError(f"{path}: a playbook of more than {MAX_BYTES:,} bytes")
    return parse(path.read_bytes(), str(path))


class Malformed(ValueError):
    """Text that is no playbook: what is wrong, and the JSON pointer to it where it has one."""

    def __init__(self, name: str, rule: str, pointer: str = "") -> None:
        super().__init__(": ".join(filter(None, [name, pointer, rule])))
        self.rule, self.pointer = rule, pointer


def parse(text: bytes, name: str) -> Rules:
    """Return the rules of a text. Raise ``Malformed``."""
    try:
        return msgspec.yaml.decode(text, type=Rules, strict=False)
    except msgspec.ValidationError as error:
        rule, pointer = error_pointer(msgspec.yaml.decode(text), str(error))
        raise Malformed(name, rule, pointer) from None
    except (msgspec.MsgspecError, yaml.YAMLError, UnicodeDecodeError) as error:
        why = " ".join(str(error).replace('in "<byte string>", ', "at ").split())
        raise Malformed(name, why) from None


def to_yaml(rules: Rules) -> str:
    """Return the rules as YAML, without fields that have their default."""
    plain = _plain(without_shared(rules))
    return yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=100)


def _plain(value: Any) -> Any:
    match value:
        case Struct():
            return {
                field.name: _plain(content)
                for field, content in zip(fields(value), astuple(value), strict=True)
                if field.required or content != _default(field)
            }
        case dict():
            return {str(key): _plain(content) for key, content in value.items()}
        case tuple():
            return [_plain(item) for item in value]
        case StrEnum() | Decimal():
            return str(value)
        case _:
            return value


def _default(field: FieldInfo) -> Any:
    return field.default if field.default_factory is NODEFAULT else field.default_factory()


def diff_lines(old: Rules, new: Rules) -> list[str]:
    """Return the lines of a unified diff of two playbooks; none when they are equal."""
    before, after = to_yaml(old).splitlines(), to_yaml(new).splitlines()
    return list(unified_diff(before, after, "in force", "given", lineterm=""))


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12), for editors that complete and check YAML."""
    return msgspec.json.schema(Rules)
