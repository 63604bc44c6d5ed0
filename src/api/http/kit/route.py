"""The routes of the API: named in one form, with CSV wherever a list is, and for a key alone.

Who asks is known before anything that they sent is read: without a key nobody learns its form.
"""

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.responses import Response

from api.http.auth.authentication import key_of, roles_of_route
from api.http.kit.lists import CSV, PARAMETER, as_csv, rows_of, wants_csv

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class Route(APIRoute):
    """A route that is named after its function, and answers a list as CSV too."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **given: Any) -> None:
        good: dict[str, Any] = (given.get("responses") or {}).get(200, {})
        self.rows = tuple(rows_of(good.get("model")))
        if self.rows:
            good["content"] |= CSV
        self.has_csv = "text/csv" in good.get("content", ())
        if self.has_csv:
            given["openapi_extra"] = {"parameters": [PARAMETER]}
        name = given.get("operation_id") or endpoint.__name__.replace("_", "-")
        given["operation_id"] = name
        given["summary"] = given.get("summary") or name.replace("-", " ").capitalize()
        super().__init__(path, endpoint, **given)
        self.roles = roles_of_route(self.dependant)

    def get_route_handler(self) -> Handler:
        return self.answering(super().get_route_handler())

    def answering(self, handle: Callable[[Request], Awaitable[Response]]) -> Handler:
        """Return the handler of a request by a key of these roles, for a list in either form."""

        async def admit(request: Request) -> Response:
            if self.roles is not None:
                await key_of(request, self.roles)
            return await (answer if self.has_csv else handle)(request)

        async def answer(request: Request) -> Response:
            wanted = wants_csv(request)
            response = await handle(request)
            if self.rows and wanted and (response.media_type or "").endswith("json"):
                response = as_csv(response, self.rows)
            response.headers["Vary"] = "Accept"
            return response

        return admit
