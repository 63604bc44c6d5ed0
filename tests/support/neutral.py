"""JSON schemas without the names of our classes and without prose.

A class may be renamed, two of the same shape may become a single class, and descriptions may be
written again; a field, its type, whether it is required and its default may not change.
"""

from typing import Any

from msgspec import json

Schema = dict[str, Any]
PROSE = frozenset({"title", "description", "summary", "example", "examples", "externalDocs"})
NAMED = frozenset({"properties", "patternProperties", "$defs", "dependentSchemas"})  # names: values
LITERAL = frozenset({"default", "enum", "const", "required"})  # no schemas within
ONE = ("allOf", "anyOf", "oneOf")  # which some tools put around a single schema


class Shapes:
    """The shapes of one document; each is named by the first place where it is used."""

    def __init__(self, definitions: dict[str, Schema], prefix: str) -> None:
        self._definitions, self._prefix = definitions, prefix
        self._names: dict[bytes, str] = {}  # by what a shape holds
        self._open: list[str] = []  # references that are being followed
        self.named: dict[str, Any] = {}

    def of(self, schema: Any, place: str) -> Any:
        """Return ``schema`` in neutral form: a name in ``named`` for an object or an enum."""
        if not isinstance(schema, dict):
            return schema
        if "$ref" in schema:
            return self._referred(schema["$ref"], place)
        for keyword in ONE:
            if keyword in schema and len(schema[keyword]) == 1:
                alone = schema[keyword][0]
                rest = {key: value for key, value in schema.items() if key != keyword}
                return self._with(self.of(alone, place), self._plain(rest, place))
        plain = self._plain(schema, place)
        return self._name(plain, place) if "properties" in plain or "enum" in plain else plain

    def fields(self, schema: Schema, place: str) -> Schema:
        """Return the neutral form of a class of its own, whatever else has the same shape."""
        if "$ref" in schema:
            schema = self._definitions[schema["$ref"].removeprefix(self._prefix)]
        return self._plain(schema, place)

    def _referred(self, reference: str, place: str) -> Any:
        if reference in self._open:
            return {"the same as": f"{len(self._open) - self._open.index(reference)} levels up"}
        self._open.append(reference)
        try:
            return self.of(self._definitions[reference.removeprefix(self._prefix)], place)
        finally:
            self._open.pop()

    def _plain(self, schema: Schema, place: str) -> Schema:
        return {
            key: self._value(key, value, place)
            for key, value in sorted(schema.items())
            if key not in PROSE and key != "discriminator"
        }

    def _value(self, key: str, value: Any, place: str) -> Any:
        if key in NAMED:
            return {name: self.of(one, f"{place}.{name}") for name, one in sorted(value.items())}
        if key in ("required", "enum"):
            return sorted(value, key=str)
        if key in LITERAL:
            return value
        if isinstance(value, list):
            return [self.of(one, place) for one in value]
        return self.of(value, f"{place}[]" if key in ("items", "prefixItems") else place)

    def _with(self, shape: Any, rest: Schema) -> Any:
        return shape if not rest else {"is": shape, **rest}

    def _name(self, shape: Schema, place: str) -> str:
        held = json.encode(shape)
        if held not in self._names:
            taken = sum(name.partition("#")[0] == place for name in self.named)
            self._names[held] = f"{place}#{taken + 1}" if taken else place
            self.named[self._names[held]] = shape
        return f"→ {self._names[held]}"
