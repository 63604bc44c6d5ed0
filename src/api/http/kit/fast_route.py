"""Reads without FastAPI's dependency resolution, which takes longer than most queries.

FastAPI still documents the signature of a route, but a pydantic model validates its parameters.
``direct_road.py`` finds the route of a path without FastAPI's search through its routers.
"""

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any, get_origin

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError, create_model
from starlette.responses import Response

from api.http.auth.authentication import app_state, key_of, roles_of
from api.http.kit import query_parameters
from api.http.kit.route import Handler, Route

Part = Callable[[Request, dict[str, Any]], Awaitable[Any]]  # from a request and its parameters
Asked = Callable[[Request], Mapping[str, Any]]  # the query parameters of a request


class FastRoute(Route):
    """A route that reads: its handler takes no body, header or cookie."""

    def get_route_handler(self) -> Handler:
        known = query_parameters.names_of(self)
        asked: Asked = lambda request: query_parameters.values(request, known)  # noqa: E731
        return self.answering(fast_handler(self.dependant, asked))


def only_reads(route: APIRoute) -> bool:
    """Return whether a route takes parameters alone: no body, header or cookie."""
    top = route.dependant
    return route.methods == {"GET"} and not (top.body_params or top.header_params)


def fast_handler(top: Dependant, asked: Asked) -> Handler:
    """Return the handler of a route that reads. Raises ``TypeError`` when a dependency of it needs
    more than parameters, the state, and who asks."""
    path, query = _model("path", top), _model("query", top)
    parts = {part.name: _part(part) for part in top.dependencies if part.name}
    doors = [str(part.name) for part in top.dependencies if part.call and roles_of(part.call)]
    own = {field.name for field in (*top.path_params, *top.query_params)}
    lists = [
        field.alias for field in top.query_params if get_origin(field.field_info.annotation) is list
    ]
    wants_request = top.request_param_name
    read: Any = top.call

    async def handle(request: Request) -> Response:
        found = {name: await parts[name](request, {}) for name in doors}  # who asks, first
        several = {name: request.query_params.getlist(name) for name in lists}
        given = _valid(query, "query", {**asked(request), **several})
        if request.path_params:
            given |= _valid(path, "path", request.path_params)
        values = {name: given[name] for name in own}
        for name, part in parts.items():
            values[name] = found[name] if name in found else await part(request, given)
        if wants_request:
            values[wants_request] = request
        response: Response = await read(**values)
        return response

    return handle


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
    if roles is not None and hasattr(make, "all_units"):  # of a key; a visitor is made below
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
