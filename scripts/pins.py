"""The pinned dependencies of the product, as ``requirements.txt`` has them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

REQUIREMENTS = Path(__file__).parents[1] / "requirements.txt"
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass
class Pin:
    """A dependency with its version and the SHA-256 of each file that may be installed."""

    name: str
    version: str
    hashes: list[str] = field(default_factory=list)


def pins(path: Path = REQUIREMENTS) -> Iterator[Pin]:
    found: Pin | None = None
    for line in path.read_text().splitlines():
        if start := PIN.match(line):
            if found:
                yield found
            found = Pin(start[1].lower(), start[2])
        if found:
            found.hashes += HASH.findall(line)
    if found:
        yield found
