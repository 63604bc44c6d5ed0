"""The fields of a form that a page of ours posted."""

from urllib.parse import parse_qsl

from fastapi import Request

from api.http.kit.uploads import read_limited
from api.http.server.problems import Problem

MOST_FIELDS, MOST_BYTES = 2_000, 1_000_000
KIND = "application/x-www-form-urlencoded"


class Posted(dict[str, str]):
    """The fields by name, trimmed; ``several`` has those of the same name."""

    several: dict[str, list[str]]


async def posted(request: Request) -> Posted:
    """Read the form. Raises ``Problem`` for what no page of ours sends."""
    if not request.headers.get("content-type", "").lower().startswith(KIND):
        raise Problem("invalid", "Send the form of the page.")
    try:
        content = b"".join([piece async for piece in read_limited(request, MOST_BYTES)])
        text = content.decode("utf-8")
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError as error:
        raise Problem("invalid", "Send the form of the page.") from error
    fields = Posted()
    fields.several = {}
    for name, value in pairs:
        plain = value.replace("\r\n", "\n").strip()
        if "\0" in name + plain:
            raise Problem("invalid", "Send the form of the page.")
        fields[name] = plain
        fields.several.setdefault(name, []).append(plain)
    return fields


def sent_from_here(request: Request) -> bool:
    """Return whether the browser sends the form from a page of ours (Fetch Metadata, or Origin)."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or origin.partition("://")[2] == request.headers.get("host")
