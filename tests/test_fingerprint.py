"""A read model is made again when any code that makes its rows changes, and else it is not."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import ledger

PRINT = (
    "from projections import READ_MODELS\nfor one in READ_MODELS: print(one.name, one.fingerprint)"
)


@pytest.fixture
def src(tmp_path: Path) -> Path:
    """A copy of the product's code, to change."""
    src = Path(ledger.__file__).parents[1]
    return Path(shutil.copytree(src, tmp_path / "src", ignore=shutil.ignore_patterns("*.pyc")))


def fingerprints(src: Path) -> dict[str, str]:
    """Return each read model's, as a new process has it."""
    environment = os.environ | {"PYTHONPATH": str(src), "PYTHONDONTWRITEBYTECODE": "1"}
    printed = subprocess.check_output([sys.executable, "-c", PRINT], env=environment, text=True)
    return dict(line.split() for line in printed.splitlines())


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {name for name in before if before[name] != after[name]}


def append(file: Path, text: str) -> None:
    with file.open("a") as opened:
        opened.write(text)


def test_the_fingerprint_follows_the_imports(src: Path) -> None:
    shipped = fingerprints(src)
    assert fingerprints(src) == shipped
    append(src / "api" / "why.py", "\nMORE = 1\n")
    append(src / "ledger" / "fold.py", "\nMORE = 1\n")
    assert fingerprints(src) == shipped

    deep = src / "ledger" / "policy" / "follow_up" / "amounts.py"
    (src / "ledger" / "deeper.py").write_text("MORE = 1\n")
    append(deep, "\n\ndef _later() -> None:\n    from ledger import deeper  # noqa: F401\n")
    imported = fingerprints(src)
    assert changed(shipped, imported) == {"agenda", "invoices"}

    append(src / "ledger" / "deeper.py", "MORE = 2\n")
    assert changed(imported, fingerprints(src)) == {"agenda", "invoices"}


def test_what_makes_a_state_is_in_the_fingerprint_of_all_that_show_it(src: Path) -> None:
    shipped = fingerprints(src)
    append(src / "ledger" / "invoice_evolve.py", "\nMORE = 1\n")
    assert changed(shipped, fingerprints(src)) >= {"agenda", "invoices", "disputes", "contact_log"}
    before = fingerprints(src)
    append(src / "projections" / "standing.py", "\nMORE = 1\n")
    assert changed(before, fingerprints(src)) == {"agenda", "invoices"}
