"""The direct road: an address leads to the route that reads it. FastAPI looks through all routers,
which takes longer than many queries."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.server.problems import answer, as_problem

Road = tuple[APIRoute, ASGIApp]


class DirectRoad:
    """The applications that answer a GET by themselves: by their path if it has no parameters, else
    by its first part and then in the order of the routes."""

    def __init__(self, routes: Iterable[APIRoute]) -> None:
        self.plain = dict[str, Road]()
        self.by_first = dict[str, list[Road]]()
        for route in routes:
            road = route, _application(route)
            if route.param_convertors:
                self.by_first.setdefault(_first(route.path), []).append(road)
            else:
                self.plain.setdefault(route.path, road)

    def roads(self) -> Iterator[Road]:
        yield from self.plain.values()
        for roads in self.by_first.values():
            yield from roads

    def find(self, scope: Scope) -> ASGIApp | None:
        """Return the application of a GET, whose scope then has its parameters."""
        if road := self.plain.get(scope["path"]):
            return road[1]
        for route, application in self.by_first.get(_first(scope["path"]), ()):
            match, found = Route.matches(route, scope)
            if match is Match.FULL:
                scope.update(found)
                return application
        return None


def _first(path: str) -> str:
    """Return the first part of a path that has one."""
    return path.split("/", 2)[1] if path.startswith("/") else ""


def _application(route: APIRoute) -> ASGIApp:
    handle: Callable[[Request], Any] = route.get_route_handler()

    async def run(scope: Scope, receive: Receive, send: Send) -> None:
        scope["route"] = route
        response: Response
        try:
            response = await handle(Request(scope, receive))
        except Exception as error:
            response = answer(as_problem(error))
        await response(scope, receive, send)

    return run
