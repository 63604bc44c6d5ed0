"""How an answer leaves: JSON made by msgspec in one go, pages with a link to the next, CSV."""

import csv
import io
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar, get_type_hints
from urllib.parse import urlencode

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from api.http.server.problems import Problem
from ledger.database.query import Query

T = TypeVar("T")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # OWASP


def as_json(found: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Amounts are text, dates and times ISO 8601. Nothing is validated on the way out."""
    return Response(msgspec.json.encode(found), status, headers, "application/json")


def select_as_text(query: Query[Any], row: Any, **made: str) -> Query[Any]:
    """The same question, with the columns that ``row`` has, as JSON tells them: amounts, days and
    ids are text already. To make objects of them, and text of these, takes longer than to ask.

    ``made`` is the SQL of what the row tells and the question does not.
    """
    told = f"select {_columns(row, tuple(made.items()))} from ({query.sql}) asked"
    return Query(told, query.parameters, _struct(row), by_name=False)


@cache
def _columns(row: Any, made: tuple[tuple[str, str], ...]) -> str:
    sql, hints = dict(made), get_type_hints(row)
    return ", ".join(_told(sql.get(name, name), hint) for name, hint in hints.items())


def _told(column: str, hint: Any) -> str:
    return column if hint in (str, int, bool, list[str]) else f"({column})::text"


@cache
def _struct(row: Any) -> type[msgspec.Struct]:
    """The row's fields without their types: quick to make and to write."""
    return msgspec.defstruct(row.__name__, list(get_type_hints(row)), gc=False)


def next_page(request: Request, **where: Any) -> dict[str, str]:
    """The same request but for ``where`` it begins, as a ``Link`` (RFC 8288)."""
    query = urlencode({**request.query_params, **where})
    path = request.scope["raw_path"].decode("latin-1")  # as it came: still quoted
    return {"Link": f'<{path}?{query}>; rel="next"'}


def wrap(cursor: Any) -> str:
    """Opaque to the reader, so that it may change."""
    return urlsafe_b64encode(msgspec.json.encode(cursor)).decode().rstrip("=")


def unwrap(cursor: str | None, kind: type[T]) -> T | None:
    """Raises ``Problem`` for what is no cursor of ours."""
    if cursor is None:
        return None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        return msgspec.json.decode(urlsafe_b64decode(padded), type=kind)
    except (ValueError, msgspec.MsgspecError):
        raise Problem("invalid", "cursor: not one that a page gave", "/cursor") from None


def as_csv(rows: Sequence[Any], row: type[Any]) -> Response:
    """RFC 4180, with a header line; a list is written with spaces between."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    names = list(row.__dataclass_fields__)
    writer.writerow(names)
    for one in rows:
        writer.writerow(_cell(getattr(one, name)) for name in names)
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8; header=present")


def _cell(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula gets a quote before it; an amount does not."""
    said = " ".join(map(str, value)) if isinstance(value, list) else value
    return f"'{said}" if isinstance(said, str) and said.startswith(FORMULA) else said


def wants_csv(request: Request) -> bool:
    return "text/csv" in request.headers.get("accept", "")
