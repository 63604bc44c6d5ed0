"""Query parameters: a route refuses those that it does not have, as a body refuses unknown fields.

A misspelt filter would otherwise answer with everything.
"""

from collections.abc import Iterable, Set
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel

from api.http.kit.lists import FORMAT
from api.http.kit.route import Route


def values(request: Request, known: Set[str]) -> dict[str, str]:
    """Return the query parameters of a route on which each has one value.

    Raises ``RequestValidationError`` for one that is not known or is given twice.
    """
    check(request, known)
    found = dict[str, str]()
    for name, value in request.query_params.multi_items():
        if name in found:
            raise _refused(name, "given twice")
        found[name] = value
    return found


async def only_known(request: Request) -> None:
    """Check the query parameters of a route that FastAPI resolves."""
    if isinstance(route := request.scope["route"], APIRoute):
        check(request, names_of(route))


def check(request: Request, known: Set[str]) -> None:
    for name in request.query_params:
        if name not in known:
            names = ", ".join(sorted(known)) or "none"
            raise _refused(name, f"no such query parameter; there are: {names}")


def names_of(route: APIRoute) -> Set[str]:
    """Return the names of its query parameters, also of what it depends on."""
    dependants, found = [route.dependant], set[str]()
    if isinstance(route, Route) and route.has_csv:
        found.add(FORMAT)
    while dependants:
        dependant = dependants.pop()
        found |= {name for field in dependant.query_params for name in _fields(field)}
        dependants += dependant.dependencies
    return found


def _fields(field: Any) -> Iterable[str]:
    """Return the names that a parameter takes: of a model, those of its fields."""
    kind = field.field_info.annotation
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [given.alias or name for name, given in kind.model_fields.items()]
    return (field.alias,)


def _refused(name: str, why: str) -> RequestValidationError:
    return RequestValidationError([{"type": "query", "loc": ("query", name), "msg": why}])
