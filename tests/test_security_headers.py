"""Every answer, good or bad, tells browsers and caches to be careful."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.http.auth.keys import Role
from support.postgres import READY, new_database
from support.routes import Route, every_route
from support.served import bearer, in_process, make_key

ROUTES = list(every_route(create_app("")))
CAREFUL = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@pytest.fixture(scope="module")
def headers_http(postgres: str) -> Iterator[TestClient]:
    with new_database(postgres, READY) as url, in_process(url) as headers_http:
        headers_http.headers.update(bearer(make_key(url, Role.ADMIN)))
        yield headers_http


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_every_answer_is_careful(headers_http: TestClient, route: Route) -> None:
    for answer in (route.ask(headers_http), headers_http.get(f"{route.path}/nowhere")):
        assert {name: answer.headers.get(name) for name in CAREFUL} == CAREFUL
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert "cache-control" in answer.headers
        assert len(answer.headers.get_list("content-security-policy")) == 1


def test_a_table_is_a_download(headers_http: TestClient) -> None:
    answer = headers_http.get("/v1/reports/cycle-times", headers={"Accept": "text/csv"})
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["content-disposition"].startswith("attachment")


def test_no_redirect_repeats_the_host(headers_http: TestClient) -> None:
    answer = headers_http.get(
        "/v1/health/", headers={"Host": "evil.example"}, follow_redirects=False
    )
    assert answer.status_code == 404
    assert "evil" not in str(answer.headers)


def test_what_fails_is_a_problem_too(
    headers_http: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(headers_http.app.state, "whatsapp", object())  # type: ignore[attr-defined]
    answer = headers_http.get("/v1/webhooks/whatsapp")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.json()["code"] == "failed"
