"""The JSON body of a request: the fields of a command without those that the path names."""

import json
import re
from collections.abc import Callable, Set
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, Field, GetCoreSchemaHandler, create_model
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema

from api.http.kit.openapi_examples import example
from api.http.server.problems import Problem
from commands.field_texts import DATE, TIME, WHOLE, YES_OR_NO, shown
from commands.fields import unwrap_hint
from ledger.policy.amount_text import strict_form

C = TypeVar("C", bound=BaseModel)
B = TypeVar("B", bound=BaseModel)
AMOUNT = r"^-?[0-9]{1,18}(\.[0-9]{1,8})?$"
Text = Annotated[str, Field(pattern=AMOUNT)]


class Body(BaseModel, Generic[C], frozen=True, extra="forbid"):
    """Fields of a command ``C`` as they were sent; ``FieldsOf`` adds them to this class.

    A subclass declares what its handler reads, with ``exclude=True`` where the command lacks it.
    """

    def command(self, kind: type[C], **fields: object) -> C:
        """Return the command of the sent fields and ``fields``. Raises ``ValidationError``."""
        return kind.model_validate({**self.sent(), **fields})

    def sent(self) -> dict[str, Any]:
        """Return the sent fields without defaults: the command has its own."""
        return self.model_dump(exclude_unset=True)


@dataclass(frozen=True)
class FieldsOf:
    """Adds the fields of ``kind``, except those in ``without``, and their rules to a body.

    Use it as a decorator of the class, or in ``Annotated`` where the command is a variable.
    """

    kind: type[BaseModel]
    without: Set[str] = frozenset()

    def __call__(self, body: type[B]) -> type[B]:
        return self._added_to(body, body.__doc__)

    def __get_pydantic_core_schema__(
        self, body: type[BaseModel], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return handler(self._added_to(body, self.kind.__doc__))

    def _added_to(self, body: type[B], doc: str | None) -> type[B]:
        given = self.kind.model_fields
        names = [name for name in given if name not in self.without | body.model_fields.keys()]
        fields: dict[str, Any] = {name: _strict_field(given[name]) for name in names}
        made = create_model(f"{self.kind.__name__}Body", __base__=body, __doc__=doc, **fields)
        made.model_config["json_schema_extra"] = {"example": example(made)}
        made.model_rebuild(force=True)
        return made


def _strict_field(field: FieldInfo) -> tuple[Any, FieldInfo]:
    """Return the field, accepting only the JSON types that the OpenAPI document shows."""
    hint, many = unwrap_hint(field.annotation)
    strict = copy(field)
    if many:
        strict.metadata = [*field.metadata, Field(max_length=1000)]
    elif hint is Decimal and not field.is_required():
        strict.metadata = [*field.metadata, OPTIONAL_AMOUNT]
    elif hint in STRICT:
        strict.metadata = [*field.metadata, STRICT[hint]]
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return tuple[FieldsOf(hint)._added_to(Body, hint.__doc__), ...], strict  # type: ignore[misc]
    return field.annotation, strict


def check_json(body: bytes) -> None:
    """Raise ``Problem`` for JSON that others would read differently: two equal names, not UTF-8."""
    try:
        json.loads(body.decode(), object_pairs_hook=_once)
    except UnicodeDecodeError:
        raise Problem("invalid", "The body is not in UTF-8.", "") from None
    except (ValueError, RecursionError):
        return  # the model says what is wrong with it


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Problem("invalid", f"{twice[:100]!r} is there more than once", "")
    return made


def _only(
    rule: Callable[[object], str], fits: Callable[[Any], object], **shown: Any
) -> BeforeValidator:
    """Return the validator that raises ``ValueError`` for JSON that does not fit."""

    def check(value: object) -> object:
        if value is not None and not fits(value):
            raise ValueError(rule(value))
        return value

    return BeforeValidator(check, **shown)


def _says(text: str) -> Callable[[object], str]:
    return lambda value: text.format(given=shown(value))


def _like(pattern: str) -> Callable[[object], object]:
    shape = re.compile(pattern, re.ASCII)
    return lambda value: isinstance(value, str) and shape.match(value)


def _amount_rule(value: object) -> str:
    if isinstance(value, str):
        return strict_form(value)
    return f'{shown(value)} is not an amount; write it as text, such as "1210.00"'


AN_AMOUNT = (_amount_rule, _like(AMOUNT))
OPTIONAL_AMOUNT = _only(*AN_AMOUNT, json_schema_input_type=Text | None)
A_TIME = r"^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}.*([Zz]|[+-]\d{2}:?\d{2})$"
STRICT: dict[Any, BeforeValidator] = {  # pydantic alone accepts seconds as numbers, 1e5, and "yes"
    bool: _only(_says(YES_OR_NO), lambda value: type(value) is bool),
    int: _only(_says(WHOLE), lambda value: type(value) is int),
    date: _only(_says(DATE), _like(r"^\d{4}-\d{2}-\d{2}$")),
    datetime: _only(_says(TIME), _like(A_TIME)),
    Decimal: _only(*AN_AMOUNT, json_schema_input_type=Text),
}
