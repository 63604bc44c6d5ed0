"""Answers as JSON by msgspec, and as pages with a link to the next page."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import cache
from typing import Any, TypeVar, get_type_hints
from urllib.parse import quote, urlencode

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from api.http.server.problems import Problem
from ledger.database.query import Query

T = TypeVar("T")


def as_json(content: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Return the content as JSON: amounts as text, dates and times as ISO 8601."""
    return Response(msgspec.json.encode(content), status, headers, "application/json")


def select_as_text(query: Query[Any], row: Any, **made: str) -> Query[Any]:
    """Return the query with the columns of ``row``; amounts, days and ids are text, as in JSON.

    Converting them to objects and back takes longer than the query itself. ``made`` is the SQL of
    columns that the query lacks.
    """
    sql = f"select {_columns(row, tuple(made.items()))} from ({query.sql}) asked"
    return Query(sql, query.parameters, _struct(row), by_name=False)


@cache
def _columns(row: Any, made: tuple[tuple[str, str], ...]) -> str:
    sql, hints = dict(made), get_type_hints(row)
    return ", ".join(_as_text(sql.get(name, name), hint) for name, hint in hints.items())


def _as_text(column: str, hint: Any) -> str:
    return column if hint in (str, int, bool, list[str]) else f"({column})::text"


@cache
def _struct(row: Any) -> type[msgspec.Struct]:
    """Return a struct of the row's fields without their types: fast to create and to encode."""
    return msgspec.defstruct(row.__name__, list(get_type_hints(row)), gc=False)


def next_page(request: Request, **where: Any) -> dict[str, str]:
    """Return the ``Link`` header (RFC 8288) of this request with another start, ``where``."""
    query = urlencode({**request.query_params, **where})
    path = quote(request.scope["raw_path"], safe="/%")  # it is percent-encoded, or should be
    return {"Link": f'<{path}?{query}>; rel="next"'}


def wrap(cursor: Any) -> str:
    """Return the cursor as opaque text, so that its form may change."""
    return urlsafe_b64encode(msgspec.json.encode(cursor)).decode().rstrip("=")


def unwrap(cursor: str | None, kind: type[T]) -> T | None:
    """Return the cursor. Raises ``Problem`` for text that ``wrap`` did not return."""
    if cursor is None:
        return None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        return msgspec.json.decode(urlsafe_b64decode(padded), type=kind)
    except (ValueError, msgspec.MsgspecError):
        raise Problem("invalid", "cursor: not the cursor of a page", "/cursor") from None


def as_attachment(name: str) -> dict[str, str]:
    """Return the headers of a download, which the browser must not show itself."""
    return {
        "Content-Disposition": f"attachment; filename*=utf-8''{quote(name, safe='')}",
        "X-Content-Type-Options": "nosniff",
    }
