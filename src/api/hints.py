"""What a command's type hints say of its fields, for whoever asks for them from outside."""

from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin


def plain(hint: Any) -> tuple[Any, bool]:
    """``Channel | None`` is Channel, ``tuple[str, ...]`` is many str."""
    if get_origin(hint) is Annotated:
        return plain(get_args(hint)[0])
    if get_origin(hint) in (Union, UnionType):
        [some] = set(get_args(hint)) - {NoneType}
        return plain(some)
    if get_origin(hint) is tuple:
        return plain(get_args(hint)[0])[0], True
    return hint, False
