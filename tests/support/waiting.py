"""Wait for what another process or thread does."""

import time
from collections.abc import Callable


def wait_for(condition: Callable[..., object], seconds: float = 60) -> None:
    """Raise ``AssertionError`` when it does not hold in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)
