"""Arrays as Postgres reads them in binary. psycopg packs a list one element at a time, in Python:
that cost more than all the rest of an append.
"""

from collections.abc import Sequence
from struct import Struct
from typing import ClassVar
from uuid import UUID

import psycopg
from psycopg.adapt import Dumper
from psycopg.pq import Format

_HEAD = Struct(">iiIii").pack  # dimensions, may hold nulls, type of the elements, length, first
_INT = Struct(">i").pack
_SIZED_INT = Struct(">ii").pack
_NULL = _INT(-1)
_SIXTEEN = _INT(16)


class Packed:
    """A parameter that is ready to be sent."""

    __slots__ = ("content",)
    element: ClassVar[int]  # object id of the type, from pg_type

    def __init__(self, length: int, elements: Sequence[bytes]) -> None:
        self.content = _HEAD(1, 1, self.element, length, 1) + b"".join(elements)


class Ints(Packed):
    element = 23


class Uuids(Packed):
    element = 2950


class Texts(Packed):
    element = 25


class Byteas(Packed):
    element = 17


class _Sent(Dumper):
    format = Format.BINARY

    def dump(self, obj: Packed) -> bytes:
        return obj.content


for _kind, _array in ((Ints, 1007), (Uuids, 2951), (Texts, 1009), (Byteas, 1001)):
    psycopg.adapters.register_dumper(
        _kind, type(f"_Sent{_kind.__name__}", (_Sent,), {"oid": _array})
    )


def ints(values: Sequence[int]) -> Ints:
    return Ints(len(values), [_SIZED_INT(4, value) for value in values])


def uuids(values: Sequence[UUID]) -> Uuids:
    return Uuids(len(values), [_SIXTEEN + value.bytes for value in values])


def texts(values: Sequence[str | None], encoding: str) -> Texts:
    """In the connection's encoding."""
    return Texts(len(values), _sized([v if v is None else v.encode(encoding) for v in values]))


def byteas(values: Sequence[bytes | None]) -> Byteas:
    return Byteas(len(values), _sized(values))


def _sized(values: Sequence[bytes | None]) -> list[bytes]:
    return [_NULL if value is None else _INT(len(value)) + value for value in values]
