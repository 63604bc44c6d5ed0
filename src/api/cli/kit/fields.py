"""The fields of a command as options: name, form of the value, help and an example."""

import shlex
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from commands.fields import unwrap_hint

KINDS = {
    date: "YYYY-MM-DD",
    datetime: "YYYY-MM-DDTHH:MM+HH:MM",
    Decimal: "AMOUNT",
    UUID: "UUID",
    int: "NUMBER",
}
SAMPLES = {
    "invoice": "2026-001",
    "debtor": "D-17",
    "currency": "EUR",
    "file": "letter.pdf",
    date: "2026-03-10",
    Decimal: "100.00",
    int: "1",
    UUID: "00000000-0000-4000-8000-000000000001",
    str: "…",
}


def option(name: str) -> str:
    """Return ``--due-on`` for ``due_on``."""
    return f"--{name.replace('_', '-')}"


def is_enum(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, StrEnum)


def metavar(hint: Any) -> str | None:
    """Return the form of a value; for a model, JSON with its required fields."""
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        fields = {name: "…" for name, field in hint.model_fields.items() if field.is_required()}
        return "{" + ",".join(f'"{name}":"{value}"' for name, value in fields.items()) + "}"
    return None if is_enum(hint) or hint is bool else KINDS.get(hint, "TEXT")


def help_text(field: FieldInfo, many: bool) -> str:
    """Return the field's description and default."""
    words = [field.description or ""]
    if field.default_factory:
        words.append("(a new id if left out)")
    elif not field.is_required() and field.default not in (None, "", (), False):
        words.append(f"({field.default} if left out)")
    if many:
        words.append("(may be repeated)")
    return " ".join(word for word in words if word)


def example(verb: str, fields: Mapping[str, FieldInfo | None]) -> str:
    """Return the shortest command that is complete."""
    given = [
        f"{option(name)} {shlex.quote(_sample(name, field))}"
        for name, field in fields.items()
        if field is None or field.is_required()
    ]
    return " ".join(["dossier record", verb, *given])


def _sample(name: str, field: FieldInfo | None) -> str:
    hint: Any = unwrap_hint(field.annotation)[0] if field else None
    if is_enum(hint):
        return str(next(iter(hint)).value)
    return SAMPLES.get(name) or SAMPLES.get(hint, "…")
