"""Servers to measure: processes of their own, which are gone at the end, whatever happens."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import api

AT = re.compile(r"http://[\w.]+:\d+")
SRC, SCRIPTS = str(Path(api.__path__[0]).parent), str(Path(__file__).parent)
DOSSIER = "from api.cli import main; main()"
NO_LIMIT = {  # it is the server we measure, not the fence
    "DOSSIER_RATE_LIMIT": "1000000000",
    "DOSSIER_SECURITY_LOG": os.devnull,
}


class Served(NamedTuple):
    """A server: its address, and its process."""

    at: str
    pid: int


@contextmanager
def dossier(url: str, *more: str, src: str = SRC) -> Iterator[Served]:
    """``dossier serve`` of the code in ``src``."""
    words = ("serve", "--port", "0", "--watch-port", "0", *more)
    with _process(url, src, "-c", DOSSIER, *words) as served:
        yield served


@contextmanager
def plain(url: str) -> Iterator[str]:
    """The baseline of ``plain_route.py``. Its address."""
    with _process(url, SRC, "-m", "plain_route") as served:
        yield served.at


def run(url: str, *words: str) -> subprocess.CompletedProcess[str]:
    """One command of `dossier`."""
    command = [sys.executable, "-c", DOSSIER, *words]
    return subprocess.run(
        command, env=_environment(url, SRC), capture_output=True, text=True, check=False
    )


def started(url: str, *words: str) -> subprocess.Popen[str]:
    """One command of `dossier`, on its way; only its errors are kept."""
    command = [sys.executable, "-c", DOSSIER, *words]
    env, nobody = _environment(url, SRC), subprocess.DEVNULL
    return subprocess.Popen(command, env=env, stdout=nobody, stderr=subprocess.PIPE, text=True)


def _environment(url: str, src: str) -> dict[str, str]:
    paths = os.pathsep.join([src, SCRIPTS])
    return os.environ | {"DOSSIER_DATABASE_URL": url, "PYTHONPATH": paths, **NO_LIMIT}


@contextmanager
def _process(url: str, src: str, *words: str) -> Iterator[Served]:
    """A session of its own: a Ctrl-C is for us, who then end it. What it says is for our reader,
    but for the first line, which tells where it is."""
    process = subprocess.Popen(
        [sys.executable, *words],
        env=_environment(url, src),
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stderr
        line = process.stderr.readline()
        found = AT.search(line)
        if not found:
            raise RuntimeError(f"it did not start: {line}{process.stderr.read()}")
        yield Served(found[0], process.pid)
    finally:
        _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    """As systemd does. Raises ``RuntimeError`` when it had anything to complain of."""
    process.terminate()
    try:
        _, printed = process.communicate(timeout=40)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    complaints = [line for line in printed.splitlines() if "stopped" not in line]
    if complaints:
        print("\n".join(complaints), file=sys.stderr)
