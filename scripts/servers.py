"""Servers to measure: processes of their own, which are gone at the end, whatever happens."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import api

AT = re.compile(r"http://[\w.]+:\d+")
PATHS = os.pathsep.join([str(Path(api.__path__[0]).parent), str(Path(__file__).parent)])
DOSSIER = "from api.cli import main; main()"
NO_LIMIT = {  # it is the server we measure, not the fence
    "DOSSIER_RATE_LIMIT": "1000000000",
    "DOSSIER_SECURITY_LOG": os.devnull,
}


@contextmanager
def dossier(url: str, *more: str) -> Iterator[str]:
    """``dossier serve``. Its address."""
    with _process(url, "-c", DOSSIER, "serve", "--port", "0", "--watch-port", "0", *more) as at:
        yield at


@contextmanager
def plain(url: str) -> Iterator[str]:
    """The baseline of ``plain_route.py``. Its address."""
    with _process(url, "-m", "plain_route") as at:
        yield at


def run(url: str, *words: str) -> subprocess.CompletedProcess[str]:
    """One command of `dossier`."""
    command = [sys.executable, "-c", DOSSIER, *words]
    return subprocess.run(
        command, env=_environment(url), capture_output=True, text=True, check=False
    )


def _environment(url: str) -> dict[str, str]:
    return os.environ | {"DOSSIER_DATABASE_URL": url, "PYTHONPATH": PATHS, **NO_LIMIT}


@contextmanager
def _process(url: str, *words: str) -> Iterator[str]:
    """A session of its own: a Ctrl-C is for us, who then end it. What it says is for our reader,
    but for the first line, which tells where it is."""
    process = subprocess.Popen(
        [sys.executable, *words],
        env=_environment(url),
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
        yield found[0]
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
