"""The application as a whole: what another one in the same process costs."""

import gc

from starlette.testclient import TestClient

from api.app import create_app


def test_another_application_takes_little_memory() -> None:
    """FastAPI keeps all applications of a process alive, so that their routes must be shared."""
    _answers()
    gc.collect()
    before = len(gc.get_objects())
    _answers()
    gc.collect()
    assert len(gc.get_objects()) - before < 2_000


def _answers() -> None:
    assert TestClient(create_app("")).get("/nowhere").status_code == 404
