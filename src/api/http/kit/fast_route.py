"""Reads without FastAPI's way of solving dependencies, which takes longer than most questions do.

A route's signature stays FastAPI's own, and so does what the OpenAPI document tells of it. Only
the values come another way: all parameters are validated by one pydantic model, made once. A route
whose path has no parameter is found by that path, without FastAPI's search through its routers.
"""

from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError, create_model
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.auth.authentication import key_of, office, roles_of
from api.http.server.problems import answer, as_problem

Part = Callable[[Request, dict[str, Any]], Awaitable[Any]]  # from a request and its parameters


class FastRoute(APIRoute):
    """For routes that read: no body, no headers, no cookies of their own."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        top = self.dependant
        path, query = _model("path", top), _model("query", top)
        parts = {part.name: _part(part) for part in top.dependencies if part.name}
        own = {field.name for field in (*top.path_params, *top.query_params)}
        wants_request = top.request_param_name
        run: Any = top.call

        async def handle(request: Request) -> Response:
            told = _valid(query, "query", dict(request.query_params))
            if request.path_params:
                told |= _valid(path, "path", request.path_params)
            values = {name: told[name] for name in own}
            for name, part in parts.items():
                values[name] = await part(request, told)
            if wants_request:
                values[wants_request] = request
            found: Response = await run(**values)
            return found

        return handle


def direct(routers: Iterable[APIRouter]) -> dict[str, ASGIApp]:
    """Return the applications that answer a GET, by the path that each is for."""
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
            found = await handle(Request(scope, receive))
        except Exception as error:
            found = answer(as_problem(error))  # raises again what is no refusal
        await found(scope, receive, send)

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
    """As FastAPI says it: raises ``RequestValidationError`` naming where and what."""
    try:
        return model.model_validate(given).__dict__
    except ValidationError as error:
        faults = error.errors(include_url=False)
        raise RequestValidationError(
            [{**fault, "loc": (where, *fault["loc"])} for fault in faults]
        ) from None


def _part(part: Dependant) -> Part:
    """Who asks, the office, or what is made of the office and of parameters."""
    make: Any = part.call
    roles = roles_of(make)
    if roles is not None:
        return lambda request, _: key_of(request, roles)
    if make is office:
        return lambda request, _: office(request)
    names = [field.name for field in part.query_params]

    async def made(request: Request, told: dict[str, Any]) -> Any:
        values = {name: told[name] for name in names}
        if part.request_param_name:
            values[part.request_param_name] = request
        for inner in part.dependencies:
            values[str(inner.name)] = await office(request)
        found = make(**values)
        return await found if isinstance(found, Coroutine) else found

    if any(inner.call is not office for inner in part.dependencies):
        raise TypeError(f"{make} needs more than the office: leave its route to FastAPI")
    return made
