"""Uploads within their limit, and downloads of documents."""

import re
from collections.abc import AsyncGenerator, Mapping
from typing import Annotated, Any, NamedTuple

from fastapi import Path, Request
from python_multipart.exceptions import FormParserError
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.responses import Response

from api.http.server.middleware import too_large
from api.http.server.problems import Problem
from api.http.server.responses import as_attachment
from api.session import TenantSession
from commands.fields import legible
from ledger.database import documents
from ledger.facts.books import INVOICE
from ledger.facts.document_names import documents_of
from ledger.facts.invoice.registration import DocumentAttached
from ledger.policy.refusal import NotFound
from ledger.policy.visibility import Scope

MAX_BYTES = 25_000_000
AROUND = 10_000  # bytes of the form around the file
MEDIA_TYPE = re.compile(r"[\w.+-]{1,100}/[\w.+-]{1,100}", re.ASCII)
ANY = "application/octet-stream"
NO_MORE: dict[str, str] = {}
FILE = {"file": {"type": "string", "format": "binary", "description": "at most 25 MB"}}


def upload(**fields: Any) -> dict[str, Any]:
    """Return the documentation of a form with a file and these fields."""
    form = {"type": "object", "required": ["file"], "properties": FILE | fields}
    content = {"multipart/form-data": {"schema": form, "example": {"file": "(letter.pdf)"}}}
    return {"requestBody": {"required": True, "content": content}}


Address = Annotated[str, Path(pattern="^[0-9a-f]{64}$", description="SHA-256 of the document")]


def as_download(
    content: bytes, name: str, media_type: str, address: str, more: Mapping[str, str] = NO_MORE
) -> Response:
    """Return the document as a download: the content is foreign, so no browser may show it."""
    headers = {
        **as_attachment(name),
        "ETag": f'"{address}"',
        "Cache-Control": "private, no-store",
        **more,
    }
    return Response(content, 200, headers, media_type if MEDIA_TYPE.fullmatch(media_type) else ANY)


def document_of(
    session: TenantSession, number: str, address: str, scope: Scope
) -> tuple[bytes, str, str]:
    """Return content, name and media type of a document that a visible entry of the invoice names.

    Raises ``NotFound``.
    """
    invoice = session.ledger.book(INVOICE, number).state
    if not scope.sees(invoice):
        raise NotFound("no-invoice", invoice=number)
    for entry in session.ledger.history(invoice.id):
        event = entry.event
        if address in documents_of(event) and scope.sees_event(invoice, event):
            try:
                with session.pool.connection() as conn:
                    content = documents.fetch(conn, session.tenant, address)
            except LookupError:
                break
            if isinstance(event, DocumentAttached):
                return content, event.name, event.media_type
            return content, f"{address}.bin", ANY
    raise NotFound("no-invoice-document", invoice=number)


class Uploaded(NamedTuple):
    """A file, and the other fields of its form."""

    content: bytes
    name: str
    media_type: str
    fields: Mapping[str, str]


async def read_upload(request: Request) -> Uploaded:
    """Return the file of the form; a large file is buffered on disk."""
    if too_large("", request.headers, MAX_BYTES + AROUND):
        raise Problem("too-large", f"At most {MAX_BYTES:,} bytes.")
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise Problem("invalid", "Send multipart/form-data with one file, named file.", "/file")
    try:
        parser = MultiPartParser(request.headers, read_limited(request), max_files=1, max_fields=10)
        form = await parser.parse()
    except (MultiPartException, FormParserError, ValueError, KeyError):
        why = "The form is not well formed: send multipart/form-data with one file, named file."
        raise Problem("invalid", why, "/file") from None
    file = form.get("file")
    try:
        if not isinstance(file, UploadFile):
            raise Problem("invalid", "Send one file, named file.", "/file")
        name = legible((file.filename or "").replace("\\", "/").rpartition("/")[2]) or "document"
        fields = {name: text for name, text in form.items() if isinstance(text, str)}
        return Uploaded(await file.read(), name, file.content_type or ANY, fields)
    finally:
        await form.close()


async def read_limited(
    request: Request, most: int = MAX_BYTES + AROUND
) -> AsyncGenerator[bytes, None]:
    seen = 0
    async for chunk in request.stream():
        seen += len(chunk)
        if seen > most:
            raise Problem("too-large", f"At most {MAX_BYTES:,} bytes.")
        yield chunk
