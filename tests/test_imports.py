"""The garbage collector rests while the program is imported, and does not look at it again."""

import gc
import os
import subprocess
import sys

import pytest

from api.imports import uncollected
from support.cli import SOURCE

RUN = """
import atexit, gc
atexit.register(lambda: print(gc.isenabled(), gc.get_freeze_count()))
from api.cli import main
main()
"""


def test_it_rests_in_the_block_alone() -> None:
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_an_import_that_fails_leaves_it_on() -> None:
    with pytest.raises(ImportError), uncollected():
        raise ImportError
    assert gc.isenabled()


def test_the_command_line_keeps_what_it_imported_from_it() -> None:
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    ran = subprocess.run(
        [sys.executable, "-c", RUN, "--version"], capture_output=True, text=True, env=environment
    )
    _, enabled, frozen = ran.stdout.split()
    assert (enabled, int(frozen) > 50_000) == ("True", True), ran
