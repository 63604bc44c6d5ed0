"""A body is a command without what the path says: its fields, its rules, and an example."""

import re
from collections.abc import Callable
from copy import copy
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field, create_model
from pydantic.fields import FieldInfo

from api.http.kit.openapi_examples import example
from commands.fields import unwrap_hint

AMOUNT = r"^-?[0-9]{1,18}(\.[0-9]{1,8})?$"
Text = Annotated[str, Field(pattern=AMOUNT)]
WRITTEN_AS = {  # pydantic alone would take numbers of seconds, and 1e5
    Decimal: (AMOUNT, 'text with a decimal point, such as "100.00"'),
    date: (r"^\d{4}-\d{2}-\d{2}$", "a date such as 2026-03-01"),
    datetime: (
        r"^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}.*([Zz]|[+-]\d{2}:?\d{2})$",
        "a time with its offset, such as 2026-03-01T10:30:00+01:00",
    ),
}


class Body(BaseModel, frozen=True, extra="forbid"):
    """What was said. Its command judges it again, with what the path says."""

    def given(self) -> dict[str, Any]:
        """Only what was said: a default is the command's own."""
        return self.model_dump(exclude_unset=True)


@cache
def body_of(kind: type[BaseModel], *without: str, **more: Any) -> type[Body]:
    """A model like ``kind``; ``more`` are fields of its own, ``name=(type, Field(…))``."""
    fields = {
        name: _field(field) for name, field in kind.model_fields.items() if name not in without
    }
    fields |= more
    name = f"{kind.__name__}Body"
    made: type[Body] = create_model(name, __base__=Body, __doc__=kind.__doc__, **fields)  # type: ignore[call-overload]
    made.model_config["json_schema_extra"] = {"example": example(made)}
    made.model_rebuild(force=True)
    return made


def _field(field: FieldInfo) -> tuple[Any, FieldInfo]:
    """The same field, which takes JSON only as the document says."""
    hint, many = unwrap_hint(field.annotation)
    ours = copy(field)
    ours.metadata = [*field.metadata, *_strictly(hint, many, field.is_required())]
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return tuple[body_of(hint), ...], ours  # type: ignore[misc]
    return field.annotation, ours


def _strictly(hint: Any, many: bool, required: bool) -> tuple[Any, ...]:
    if many:
        return (Field(max_length=1000),)
    if hint in (int, bool):
        return (BeforeValidator(_only(hint)),)
    if hint not in WRITTEN_AS:
        return ()
    if hint is Decimal:
        shown: Any = Text if required else Text | None
        return (BeforeValidator(_written(hint), json_schema_input_type=shown),)
    return (BeforeValidator(_written(hint)),)


def _written(kind: type) -> Callable[[Any], Any]:
    pattern, rule = WRITTEN_AS[kind]
    shape = re.compile(pattern, re.ASCII)

    def check(value: Any) -> Any:
        if value is not None and not (isinstance(value, str) and shape.match(value)):
            raise ValueError(rule)
        return value

    return check


def _only(kind: type) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if value is not None and type(value) is not kind:
            raise ValueError("true or false" if kind is bool else "a whole number")
        return value

    return check
