"""Imports without the garbage collector, which finds nothing to free in what is imported."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Let no collection happen in the block, and let none look at what was imported in it."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        if not gc.get_freeze_count():  # once a process: what is garbage by then is never freed
            gc.freeze()
