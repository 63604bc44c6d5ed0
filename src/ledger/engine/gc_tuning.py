"""Python looks for cycles among values each time many were made. A batch of entries is nothing but
many small values in no cycle, and the looking takes a third of the time it takes to follow them.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

GC_THRESHOLD = 200_000  # values made between two looks

_door = Lock()
_inside = 0
_usual = gc.get_threshold()


@contextmanager
def relaxed_gc() -> Iterator[None]:
    """In the whole process, until the last who asked for it is done."""
    global _inside, _usual
    with _door:
        if _inside == 0:
            _usual = gc.get_threshold()
            gc.set_threshold(GC_THRESHOLD, *_usual[1:])
        _inside += 1
    try:
        yield
    finally:
        with _door:
            _inside -= 1
            if _inside == 0:
                gc.set_threshold(*_usual)
