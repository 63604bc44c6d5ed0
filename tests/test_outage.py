"""What does not answer is logged once, and once more when it answers again."""

from threading import Thread

import pytest

from api.http.server import metrics
from api.outage import Outage


def test_an_outage_is_two_lines(caplog: pytest.LogCaptureFixture) -> None:
    outage = Outage("the mail server")
    for _ in range(3):
        outage.ended()
        threads = [Thread(target=outage.began, args=("refused",)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    outage.ended()
    began = "the mail server does not answer, trying again: refused"
    assert caplog.messages == [began, "the mail server answers again"] * 3


def test_metrics_have_no_series_of_the_process_and_none_of_creation() -> None:
    metrics.appended(1, 0.1, 0)
    names = {sample.name for family in metrics.REGISTRY.collect() for sample in family.samples}
    assert all(name.startswith("dossier_") for name in names)
    shown = metrics.shown(metrics.REGISTRY)
    assert b"dossier_append_seconds_count" in shown
    assert b"_created" not in shown
