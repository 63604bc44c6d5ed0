"""How an answer leaves: JSON made by msgspec in one go, pages with a link to the next, CSV."""

import csv
import io
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from api.http.problems import Problem

T = TypeVar("T")


def as_json(found: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Amounts are text, dates and times ISO 8601. Nothing is validated on the way out."""
    return Response(msgspec.json.encode(found), status, headers, "application/json")


def next_page(request: Request, **where: Any) -> dict[str, str]:
    """The same request but for ``where`` it begins, as a ``Link`` (RFC 8288)."""
    url = request.url.include_query_params(**where)
    return {"Link": f'<{url.path}?{url.query}>; rel="next"'}


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
        values = (getattr(one, name) for name in names)
        writer.writerow(" ".join(map(str, v)) if isinstance(v, list) else v for v in values)
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8; header=present")


def wants_csv(request: Request) -> bool:
    return "text/csv" in request.headers.get("accept", "")
