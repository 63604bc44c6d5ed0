"""The port of the embedded server: after a start it is the same, so that processes find it."""

import random
import socket
import time
from pathlib import Path

from api.postgres.binaries import write

RANGE = range(20_000, 32_000)  # below the ports that systems give to outgoing connections
PATIENCE = 5.0  # seconds for another program to give the port back


def choose(keeper: Path) -> int:
    """Return the port it had; another one, kept from now on, when that stays occupied."""
    kept = _kept(keeper)
    if kept and _becomes_free(kept):
        return kept
    found = next(number for number in random.sample(RANGE, len(RANGE)) if _is_free(number))
    write(keeper / "port", str(found))
    return found


def _kept(keeper: Path) -> int | None:
    try:
        return int((keeper / "port").read_text())
    except (FileNotFoundError, ValueError):
        return None


def _becomes_free(number: int) -> bool:
    deadline = time.monotonic() + PATIENCE
    while not _is_free(number):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def _is_free(number: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", number)).close()
    except (OSError, OverflowError):
        return False
    return True
