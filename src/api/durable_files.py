"""Files that survive a crash: written completely and synced before they get their name.

They are for us alone: what we write down names people and their debts.
"""

import os
from pathlib import Path
from typing import BinaryIO


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open_private(path) as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def open_private(path: Path) -> BinaryIO:
    """Open a new or emptied file that nobody else can read."""
    path.touch(0o600)
    path.chmod(0o600)
    return path.open("wb")


def sync(folder: Path) -> None:
    """Make the names in a folder durable; Windows has no way to do so, and opens no folders."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
