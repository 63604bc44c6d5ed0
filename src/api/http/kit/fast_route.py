"""Reads without FastAPI's dependency resolution, which takes longer than most queries.

FastAPI still documents the signature of a route, but a pydantic model validates its parameters. A
path without parameters is looked up directly, without FastAPI's search through its routers.
"""

from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError, create_model
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.auth.authentication import app_state, key_of, roles_of
from api.http.kit import query_parameters
from api.http.kit.route import Route
from api.http.server.problems import answer, as_problem

Part = Callable[[Request, dict[str, Any]], Awaitable[Any]]  # from a request and its parameters


class FastRoute(Route):
    """A route that reads: its handler takes no body, header or cookie."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        top = self.dependant
        path, query = _model("path", top), _model("query", top)
        parts = {part.name: _part(part) for part in top.dependencies if part.name}
        doors = [str(part.name) for part in top.dependencies if part.call and roles_of(part.call)]
        own = {field.name for field in (*top.path_params, *top.query_params)}
        wants_request, known = top.request_param_name, query_parameters.names_of(self)
        run: Any = top.call

        async def handle(request: Request) -> Response:
            keys = {name: await parts[name](request, {}) for name in doors}  # who asks, first
            given = _valid(query, "query", query_parameters.values(request, known))
            if request.path_params:
                given |= _valid(path, "path", request.path_params)
            values = {name: given[name] for name in own}
            for name, part in parts.items():
                values[name] = keys[name] if name in keys else await part(request, given)
            if wants_request:
                values[wants_request] = request
            response: Response = await run(**values)
            return response

        return self.answering(handle)


def direct(routers: Iterable[APIRouter]) -> dict[str, ASGIApp]:
    """Return the applications that answer a GET by their paths, which have no parameters."""
    return {
        route.path: _application(route)
        for router in routers
        for route in router.routes
        if isinstance(route, FastRoute) and not route.param_convertors and route.methods == {"GET"}
    }


def _application(route: FastRoute) -> ASGIApp:
    handle = route.get_route_handler()

    async def run(scope: Scope, receive: Receive, send: Send) -> None:
        scope["route"] = route
        try:
            response = await handle(Request(scope, receive))
        except Exception as error:
            response = answer(as_problem(error))
        await response(scope, receive, send)

    return run


def _model(where: str, top: Dependant) -> type[BaseModel]:
    fields = {
        field.name: (field.field_info.annotation, field.field_info)
        for dependant in (top, *top.dependencies)
        for field in getattr(dependant, f"{where}_params")
    }
    made: type[BaseModel] = create_model(where, **fields)  # type: ignore[call-overload]
    return made


def _valid(model: type[BaseModel], where: str, given: Any) -> dict[str, Any]:
    """Return the valid values. Raises ``RequestValidationError``, like FastAPI."""
    try:
        return model.model_validate(given).__dict__
    except ValidationError as error:
        faults = error.errors(include_url=False)
        raise RequestValidationError(
            [{**fault, "loc": (where, *fault["loc"])} for fault in faults]
        ) from None


def _part(part: Dependant) -> Part:
    """Return how to resolve a dependency: the key, the state, or a value from these."""
    make: Any = part.call
    roles = roles_of(make)
    if roles is not None:
        if make.all_units:
            raise TypeError(f"{make} looks at business units: use an APIRoute for it")
        return lambda request, _: key_of(request, roles)
    if make is app_state:
        return lambda request, _: app_state(request)
    names = [field.name for field in part.query_params]

    async def made(request: Request, given: dict[str, Any]) -> Any:
        values = {name: given[name] for name in names}
        if part.request_param_name:
            values[part.request_param_name] = request
        for inner in part.dependencies:
            values[str(inner.name)] = await app_state(request)
        value = make(**values)
        return await value if isinstance(value, Coroutine) else value

    if any(inner.call is not app_state for inner in part.dependencies):
        raise TypeError(f"{make} needs more than the state: use an APIRoute for it")
    return made
