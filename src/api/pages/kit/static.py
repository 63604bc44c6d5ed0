"""Static files of the pages, under names that have their hash: a browser keeps each for good."""

import gzip
from hashlib import sha256
from importlib.resources import files
from typing import NamedTuple

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.pages.kit.accent import style_sheet

router = APIRouter(include_in_schema=False)
TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
FOREVER = "public, max-age=31536000, immutable"


class StaticFile(NamedTuple):
    content: bytes
    compressed: bytes
    media_type: str


def _read(name: str) -> tuple[str, StaticFile]:
    """Return the file, and its name with the hash of its content."""
    content = (files("api.pages") / "static" / name).read_bytes()
    stem, _, ending = name.rpartition(".")
    hashed = f"{stem}.{sha256(content).hexdigest()[:12]}.{ending}"
    media_type = f"{TYPES[ending]}; charset=utf-8"
    return hashed, StaticFile(content, gzip.compress(content, 9, mtime=0), media_type)


_READ = {name: _read(name) for name in ("dossier.css", "dossier.js", "icons.svg", "mark.svg")}
ADDRESSES = {name: f"/static/{hashed}" for name, (hashed, _) in _READ.items()}
FILES = dict(_READ.values())


@router.get("/static/{name}")
async def static_file(name: str, request: Request) -> Response:
    """Send a file of the pages."""
    file = FILES.get(name)
    if accent := style_sheet(name):
        return Response(accent, 200, {"Cache-Control": FOREVER}, "text/css; charset=utf-8")
    if file is None:
        return Response("There is no such file.", 404, media_type="text/plain")
    headers = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        zipped = headers | {"Content-Encoding": "gzip"}
        return Response(file.compressed, 200, zipped, file.media_type)
    return Response(file.content, 200, headers, file.media_type)
