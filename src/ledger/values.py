"""States are frozen values; this is how one becomes the next."""

from typing import Any, TypeVar

T = TypeVar("T")


def but(value: T, **changes: Any) -> T:
    """``dataclasses.replace`` without the constructor: eight times as fast, and replay is all this.

    Only for frozen dataclasses without slots and without ``__post_init__``.
    """
    copy = object.__new__(type(value))
    copy.__dict__.update(value.__dict__)
    copy.__dict__.update(changes)
    return copy
