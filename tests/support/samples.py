"""Samples of what may not change, in ``tests/pinned``: compared, or written again.

``WRITE_PINS=1 scripts/test tests/test_pinned.py`` writes them; read the difference before you
commit it, as each line of it is something that somebody may rely on.
"""

import lzma
import os
from difflib import unified_diff
from pathlib import Path
from typing import Any

import msgspec
import pytest

PINNED = Path(__file__).parents[1] / "pinned"
WIDTH = 100
SHOWN = 60  # lines of a difference


def assert_sample(name: str, data: Any, folder: Path = PINNED) -> None:
    """Compare ``data`` with the sample, or write it; ``name`` ends with .json or .json.xz."""
    path, found = folder / name, text_of(data)
    if os.environ.get("WRITE_PINS"):
        path.write_bytes(_packed(name, found.encode()))
        return
    expected = _unpacked(name, path.read_bytes()).decode()
    if found != expected:
        lines = unified_diff(expected.splitlines(), found.splitlines(), name, "now", lineterm="")
        shown = "\n".join(line for line, _ in zip(lines, range(SHOWN), strict=False))
        pytest.fail(f"{name} has changed (WRITE_PINS=1 writes it again):\n{shown}", pytrace=False)


def sample(name: str, folder: Path = PINNED) -> Any:
    """Return a sample as it was written."""
    return msgspec.json.decode(_unpacked(name, (folder / name).read_bytes()))


def text_of(data: Any) -> str:
    """Return JSON that is easy to compare line by line: what fits on a line is on one."""
    return _text(msgspec.to_builtins(data, str_keys=True), "") + "\n"


def _text(data: Any, indent: str) -> str:
    line = msgspec.json.encode(data).decode()
    if len(indent) + len(line) <= WIDTH or not isinstance(data, dict | list) or not data:
        return line
    deeper = indent + " "
    if isinstance(data, dict):
        parts = [f"{_text(key, '')}: {_text(value, deeper)}" for key, value in data.items()]
    else:
        parts = [_text(value, deeper) for value in data]
    opened, closed = "{}" if isinstance(data, dict) else "[]"
    return f"{opened}\n" + ",\n".join(deeper + part for part in parts) + f"\n{indent}{closed}"


def _packed(name: str, content: bytes) -> bytes:
    return lzma.compress(content, preset=9) if name.endswith(".xz") else content


def _unpacked(name: str, content: bytes) -> bytes:
    return lzma.decompress(content) if name.endswith(".xz") else content
