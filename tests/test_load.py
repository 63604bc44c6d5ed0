"""The load test works, and finds every write; how fast it is is read, not tested."""

import pytest

import load


def test_what_is_acknowledged_is_there_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert load.main(["--seconds", "2", "--clients", "8", "--invoices", "500"]) == 0
    said = capsys.readouterr().out
    assert "errors: 0" in said
    assert "each in the log exactly once, and nothing else; no gap" in said
    assert "dossier rebuild --check: good" in said
    assert "dossier verify: good" in said
