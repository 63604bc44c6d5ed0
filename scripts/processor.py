"""What processes spend: seconds of a processor and memory, of each tree. By /proc: on Linux only.

A clock on the wall measures the neighbours too; these do not.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def seconds(root: int) -> float:
    """Return the processor time of a process and all below it, those that ended too."""
    return sum(_seconds(pid) for pid in tree(root))


def memory(root: int) -> float:
    """Return the megabytes that the processes of a tree use by themselves."""
    return sum(_kilobytes(pid, "RssAnon") for pid in tree(root)) / 1024


def tree(root: int) -> Iterator[int]:
    """Yield the process and all below it."""
    yield root
    for task in Path(f"/proc/{root}/task").glob("*"):
        try:
            children = (task / "children").read_text().split()
        except OSError:  # ended meanwhile
            continue
        for child in children:
            yield from tree(int(child))


def parent(pid: int) -> int:
    """Return the process that started it."""
    return int(_fields(pid)[1])


def name(pid: int) -> str:
    """Return what was started, as its arguments tell."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ").strip()
    except OSError:
        return ""


def _seconds(pid: int) -> float:
    """Return its user and system time, and that of the children that it saw end."""
    return sum(map(int, _fields(pid)[11:15])) / TICK


def _fields(pid: int) -> list[str]:
    """Return the fields after the name, which may have blanks: state, parent, and so on."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:  # ended meanwhile
        return ["0"] * 15


def _kilobytes(pid: int, field: str) -> int:
    try:
        found = re.search(rf"^{field}:\s+(\d+) kB$", Path(f"/proc/{pid}/status").read_text(), re.M)
    except OSError:
        return 0
    return int(found[1]) if found else 0
