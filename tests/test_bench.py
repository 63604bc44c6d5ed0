"""The benchmark works; how fast it is is read, not tested."""

import pytest

import bench


def test_every_section_says_what_was_met(capsys: pytest.CaptureFixture[str]) -> None:
    bench.main(["--quick"])
    said = capsys.readouterr().out
    assert "fsync on" in said
    targets = said.partition("\nTargets\n")[2].splitlines()
    assert len(targets) == 19
    assert all(line.endswith((" met", " NOT MET")) for line in targets)
