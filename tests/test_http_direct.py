"""A read that is found by its path alone answers as if FastAPI had looked for it."""

import pytest
from fastapi.routing import APIRoute

from api.app import READS
from api.http.kit.fast_route import direct
from support.http_clients import HttpClients, refused

ROUTERS = [read.router for read in READS]
PATHS = sorted(direct(ROUTERS))


pytestmark = pytest.mark.no_worker


@pytest.mark.parametrize("path", PATHS)
def test_it_is_the_route_that_fastapi_would_find(path: str) -> None:
    routes = [route for router in ROUTERS for route in router.routes]
    found = [
        route.path
        for route in routes
        if isinstance(route, APIRoute)
        and route.path_regex.match(path)
        and "GET" in (route.methods or ())
    ]
    assert found[0] == path


def test_the_agenda_is_among_them() -> None:
    assert "/v1/agenda" in PATHS


@pytest.mark.parametrize("path", PATHS)
def test_it_is_refused_and_counted_as_any_other(http: HttpClients, path: str) -> None:
    nobody = http.client.get(path)
    refused(nobody, 401, "not-authenticated")
    assert len(nobody.headers["X-Request-Id"]) == 32
    refused(http.client.delete(path), 405, "no-such-method")
    counted = f'dossier_requests_total{{method="GET",route="{path}",status="401"}}'
    assert counted in http.client.get("/metrics").text
