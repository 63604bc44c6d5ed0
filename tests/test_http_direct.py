"""A read that is found by its path alone answers as if FastAPI had looked for it."""

import re
from uuid import UUID

import pytest
from fastapi.routing import APIRoute
from starlette.types import Scope

from api.app import DIRECT, OTHERS, PAGES, READS
from support.http_clients import HttpClients, refused

ROUTES = [
    route
    for part in (*READS, *OTHERS, *PAGES)
    for route in part.router.routes
    if isinstance(route, APIRoute) and "GET" in (route.methods or ())
]
PATHS = sorted(path for path in DIRECT.plain if path.startswith("/v1"))


pytestmark = pytest.mark.no_worker


def address(route: APIRoute) -> str:
    """Return an address of the route."""
    return re.sub(r"{(\w+)(:\w+)?}", str(UUID(int=7)), route.path)


def asked(path: str) -> Scope:
    return {"type": "http", "method": "GET", "path": path, "root_path": ""}


def test_it_is_the_route_that_fastapi_would_find() -> None:
    for route, application in DIRECT.roads():
        path = address(route)
        found = next(each for each in ROUTES if each.path_regex.match(path))
        assert found.path == route.path
        assert DIRECT.find(asked(path)) is application


def test_no_route_is_hidden_by_another() -> None:
    roads = {application: route.path for route, application in DIRECT.roads()}
    for route in ROUTES:
        found = DIRECT.find(asked(address(route)))
        assert found is None or roads[found] == route.path


def test_the_parameters_of_the_address_are_found() -> None:
    scope = asked("/debtors/7/statement")
    assert DIRECT.find(scope)
    assert scope["path_params"] == {"debtor": "7"}
    assert DIRECT.find(asked("/debtors/7/statement/")) is None
    assert DIRECT.find(asked("")) is DIRECT.find(asked("nothing")) is None


def test_what_is_read_most_is_among_them() -> None:
    assert "/v1/agenda" in PATHS
    assert {"/today", "/invoices/{invoice}", "/debtors/{debtor}"} <= {
        route.path for route, _ in DIRECT.roads()
    }


@pytest.mark.parametrize("path", PATHS)
def test_it_is_refused_and_counted_as_any_other(http: HttpClients, path: str) -> None:
    nobody = http.client.get(path)
    refused(nobody, 401, "not-authenticated")
    assert len(nobody.headers["X-Request-Id"]) == 32
    refused(http.client.delete(path), 405, "no-such-method")
    counted = f'dossier_requests_total{{method="GET",route="{path}",status="401"}}'
    assert counted in http.client.get("/metrics").text
