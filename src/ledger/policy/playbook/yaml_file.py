"""Reads, writes and compares playbooks."""

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

MAX_BYTES = 1_000_000  # bytes


def read(path: Path) -> Rules:
    """Raises ``ValueError`` naming the file and the place in it."""
    if path.stat().st_size > MAX_BYTES:
        raise ValueError(f"{path}: a playbook of more than {MAX_BYTES:,} bytes")
    return parse(path.read_bytes(), str(path))


def parse(text: bytes, name: str) -> Rules:
    try:
        return msgspec.yaml.decode(text, type=Rules, strict=False)
    except msgspec.ValidationError as error:
        rule, pointer = error_pointer(msgspec.yaml.decode(text), str(error))
        raise ValueError(": ".join(filter(None, [name, pointer, rule]))) from None
    except (msgspec.MsgspecError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise ValueError(f"{name}: {' '.join(str(error).split())}") from None


def to_yaml(rules: Rules) -> str:
    """As YAML that gives the same rules when it is read; what is as by default is left out."""
    return yaml.safe_dump(_told(rules), sort_keys=False, allow_unicode=True, width=100)


def _told(value: Any) -> Any:
    match value:
        case Struct():
            return {
                field.name: _told(told)
                for field, told in zip(fields(value), astuple(value), strict=True)
                if field.required or told != _default(field)
            }
        case dict():
            return {str(key): _told(one) for key, one in value.items()}
        case tuple():
            return [_told(one) for one in value]
        case StrEnum() | Decimal():
            return str(value)
        case _:
            return value


def _default(field: FieldInfo) -> Any:
    return field.default if field.default_factory is NODEFAULT else field.default_factory()


def diff_lines(old: Rules, new: Rules) -> list[str]:
    """Lines of a unified diff, none when they say the same."""
    return list(
        unified_diff(
            to_yaml(old).splitlines(), to_yaml(new).splitlines(), "in force", "given", lineterm=""
        )
    )


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12, for editors that complete and check YAML."""
    return msgspec.json.schema(Rules)
