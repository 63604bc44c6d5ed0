"""A read model is made again when any code that makes its rows changes, and else it is not."""

import os
import shutil
import subprocess
import sys
from inspect import getfile
from pathlib import Path

import pytest

import ledger
from ledger.engine.fold import Fold
from ledger.facts.books import INVOICE
from ledger.facts.invoice.dispute_opening import DisputeOpened
from ledger.policy.follow_up.amounts import portions
from ledger.policy.status import status
from projections.explain.why import why

ROOT = Path(ledger.__file__).parents[1]

PRINT = (
    "from projections import READ_MODELS\nfor one in READ_MODELS: print(one.name, one.fingerprint)"
)


@pytest.fixture
def src(tmp_path: Path) -> Path:
    """A copy of the product's code, to change."""
    return Path(shutil.copytree(ROOT, tmp_path / "src", ignore=shutil.ignore_patterns("*.pyc")))


def fingerprints(src: Path) -> dict[str, str]:
    """Return each read model's, as a new process has it."""
    environment = os.environ | {"PYTHONPATH": str(src), "PYTHONDONTWRITEBYTECODE": "1"}
    printed = subprocess.check_output([sys.executable, "-c", PRINT], env=environment, text=True)
    return dict(line.split() for line in printed.splitlines())


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {name for name in before if before[name] != after[name]}


def change(src: Path, code: object, text: str = "\nMORE = 1\n") -> None:
    """Add to the copy of the file of a module, class or function."""
    file = src / Path(getfile(code)).relative_to(ROOT)  # type: ignore[arg-type]
    file.write_text(file.read_text() + text)


def test_the_fingerprint_follows_the_imports(src: Path) -> None:
    shipped = fingerprints(src)
    assert fingerprints(src) == shipped
    change(src, why)
    change(src, Fold)
    assert fingerprints(src) == shipped

    (src / "ledger" / "policy" / "deeper.py").write_text("MORE = 1\n")
    change(src, portions, "\n\ndef _later() -> None:\n    from ledger.policy import deeper\n")
    imported = fingerprints(src)
    assert changed(shipped, imported) == {"agenda", "aside", "invoices"}

    (src / "ledger" / "policy" / "deeper.py").write_text("MORE = 2\n")
    assert changed(imported, fingerprints(src)) == {"agenda", "aside", "invoices"}


def test_what_makes_a_state_is_in_the_fingerprint_of_all_that_show_it(src: Path) -> None:
    shipped = fingerprints(src)
    change(src, INVOICE.evolve[DisputeOpened])
    evolved = fingerprints(src)
    assert changed(shipped, evolved) >= {"agenda", "invoices", "disputes", "contact_log"}
    change(src, status)
    assert changed(evolved, fingerprints(src)) == {"agenda", "invoices"}
