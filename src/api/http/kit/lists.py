"""Lists over HTTP as CSV, whose columns are the fields of the JSON.

``Accept: text/csv`` or ``format=csv`` asks for it.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
from fastapi import Request
from fastapi.exceptions import RequestValidationError
from starlette.responses import Response

from api.csv_table import csv_text
from api.http.server.responses import as_attachment

CSV = {"text/csv": {"schema": {"type": "string"}}}
FORMAT = "format"
FORMS = ("json", "csv")
PARAMETER = {
    "name": FORMAT,
    "in": "query",
    "required": False,
    "schema": {"type": "string", "enum": [*FORMS]},
    "description": "The form of the list, like `Accept`.",
}
NUMBERS = (Decimal, int, float)


def wants_csv(request: Request) -> bool:
    """Return whether CSV is asked for. Raises ``RequestValidationError`` for another format."""
    given = request.query_params.get(FORMAT)
    if given is None:
        weight = _weights(request.headers.get("accept", ""))
        return 0 < weight.get("text/csv", 0) >= weight.get("application/json", 0)
    if given not in FORMS:
        fault = {"type": "query", "loc": ("query", FORMAT), "msg": "json or csv is needed"}
        raise RequestValidationError([fault])
    return given == "csv"


def rows_of(model: Any) -> Iterator[type[Any]]:
    """Yield the types of the rows, if the model of an answer is a list of them."""
    if get_origin(model) in (Union, UnionType):
        for kind in get_args(model):
            yield from rows_of(kind)
    elif get_origin(model) is list:
        yield get_args(model)[0]


def as_csv(response: Response, kinds: Sequence[type[Any]]) -> Response:
    """Return the same list as CSV; an empty one has the columns of the first kind of row."""
    rows = msgspec.json.decode(response.body)
    hints = [get_type_hints(kind) for kind in kinds]
    hint = next((some for some in hints if rows and rows[0].keys() <= some.keys()), hints[0])
    numbers = {name for name, kind in hint.items() if {kind, *get_args(kind)} & {*NUMBERS}}
    kept = {name: response.headers[name] for name in ("link", "etag") if name in response.headers}
    headers = as_attachment("dossier.csv") | kept  # a browser must not show it
    text = csv_text([*hint], rows, numbers)
    return Response(text, response.status_code, headers, "text/csv; charset=utf-8; header=present")


def _weights(accept: str) -> dict[str, float]:
    """Return the media types of the header with their weights (RFC 9110)."""
    found = dict[str, float]()
    for part in accept.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        quality = [piece[2:] for piece in parameters if re.fullmatch(r"q=[01](\.\d{0,3})?", piece)]
        found[name] = float(quality[0]) if quality else 1.0
    return found
