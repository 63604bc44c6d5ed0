"""Systems other than Linux: what cannot be run here is at least imported as there."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from api.postgres import PostgresFailed, posix
from api.session import database_url

ROOT = Path(__file__).parents[1]
ONLY_POSIX = [
    "fcntl",
    "pwd",
    "grp",
    "termios",
    "tty",
    "pty",
    "resource",
    "syslog",
    "crypt",
    "spwd",
    "nis",
    "posix",
    "uvloop",
]
IMPORT_ALL = f"""
import builtins, pkgutil, sys

rooms = ("ledger", "commands", "projections", "api")
true_import = builtins.__import__

def as_on_windows(name, globals=None, *args):
    ours = str((globals or {{}}).get("__name__", "")).partition(".")[0] in rooms
    if ours and name.partition(".")[0] in {ONLY_POSIX!r}:
        raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
    return true_import(name, globals, *args)

builtins.__import__ = as_on_windows
found = [
    each.name for each in pkgutil.walk_packages(["src"]) if each.name.partition(".")[0] in rooms
]
for name in found:
    true_import(name)
print(len(found))
"""
OF_THE_SERVER = """
import sys
import api.app, api.cli, api.worker
print([name for name in sys.modules if name.startswith("api.postgres.")])
"""


def python(code: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": "src"} | environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_every_module_is_imported_without_what_only_posix_has() -> None:
    assert int(python(IMPORT_ALL)) > 400


def test_another_database_needs_no_embedded_server() -> None:
    assert python(OF_THE_SERVER, DOSSIER_DATABASE_URL="postgresql://there/db") == "[]"


def test_without_posix_the_embedded_server_is_refused_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(posix, "HAS_POSIX", False)
    monkeypatch.delenv("DOSSIER_DATABASE_URL", raising=False)
    monkeypatch.setenv("DOSSIER_HOME", str(tmp_path / "home"))
    with pytest.raises(PostgresFailed, match="DOSSIER_DATABASE_URL"):
        database_url()


def test_who_only_runs_it_gets_no_tools_of_the_tests() -> None:
    run, build, dev = (
        {*re.findall(r"^([\w.-]+)(?:\[[^]]*\])?==", (ROOT / name).read_text(), re.M)}
        for name in ("requirements.txt", "requirements-build.txt", "requirements-dev.txt")
    )
    assert run | build < dev
    assert not {"pytest", "mypy", "ruff", "hypothesis", "schemathesis"} & (run | build)
    assert "hatchling" in build
