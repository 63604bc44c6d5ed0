"""Arrays in the binary format of Postgres. psycopg packs each element in Python, which takes longer
than all the rest of an append.
"""

from collections.abc import Sequence
from struct import Struct
from uuid import UUID

INTS, UUIDS, TEXTS, BYTEAS = 1007, 2951, 1009, 1001  # object ids of the array types, from pg_type
_HEAD = Struct(">iiIii").pack  # dimensions, nulls allowed, element type, length, first index
_INT = Struct(">i").pack
_SIZED_INT = Struct(">ii").pack
_NULL = _INT(-1)
_SIXTEEN = _INT(16)


def ints(values: Sequence[int]) -> bytes:
    return _packed(23, [_SIZED_INT(4, value) for value in values])


def uuids(values: Sequence[UUID]) -> bytes:
    return _packed(2950, [_SIXTEEN + value.bytes for value in values])


def texts(values: Sequence[str | None]) -> bytes:
    """Return the texts in UTF-8, the encoding of all our connections."""
    return _packed(25, _sized([None if value is None else value.encode() for value in values]))


def byteas(values: Sequence[bytes | None]) -> bytes:
    return _packed(17, _sized(values))


def _packed(element: int, elements: Sequence[bytes]) -> bytes:
    return _HEAD(1, 1, element, len(elements), 1) + b"".join(elements)


def _sized(values: Sequence[bytes | None]) -> list[bytes]:
    return [_NULL if value is None else _INT(len(value)) + value for value in values]
