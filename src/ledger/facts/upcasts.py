"""Upcasts of retired topics: a function for each, to the next version."""

from collections.abc import Callable
from typing import Any

Fields = dict[str, Any]
Upcast = Callable[[Fields], tuple[str, Fields]]

UPCASTS: dict[str, Upcast] = {}  # retired topic: its next topic and fields


def upcast(topic: str, fields: Fields) -> tuple[str, Fields]:
    while topic in UPCASTS:
        topic, fields = UPCASTS[topic](fields)
    return topic, fields
