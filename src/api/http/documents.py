"""Documents of an invoice's file: kept under their SHA-256, named in its book, given back."""

import re
from collections.abc import AsyncGenerator, Mapping
from hashlib import sha256
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Header, Path, Request
from python_multipart.exceptions import FormParserError
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.responses import Response

from api.http.asking import CaseReader, Collector, TheOffice
from api.http.context import too_large
from api.http.posting import TheNumber, number_of
from api.http.problems import Problem
from api.http.refusals import READS, WRITES
from api.http.writing import Terms, terms_for, write
from api.wiring import Desk
from commands.contacts import AttachDocument
from ledger import documents
from ledger.books import INVOICE
from ledger.invoice_events import DocumentAttached
from ledger.policy.refusal import Unknown

MOST_BYTES = 25_000_000
AROUND = 10_000  # bytes of the form itself
MEDIA_TYPE = re.compile(r"^[\w.+-]{1,100}/[\w.+-]{1,100}$", re.ASCII)
ANY = "application/octet-stream"
NO_MORE: dict[str, str] = {}
router = APIRouter(prefix="/v1", tags=["Invoices"])
FORM = {
    "type": "object",
    "required": ["file"],
    "properties": {"file": {"type": "string", "format": "binary", "description": "at most 25 MB"}},
}
UPLOAD = {
    "requestBody": {
        "required": True,
        "content": {"multipart/form-data": {"schema": FORM, "example": {"file": "(letter.pdf)"}}},
    }
}
Address = Annotated[str, Path(pattern="^[0-9a-f]{64}$", description="SHA-256 of the document")]


@router.post(
    "/invoices/{invoice}/documents",
    status_code=201,
    response_class=Response,
    responses=WRITES,
    openapi_extra=UPLOAD,
    operation_id="attach-document",
)
async def attach_document(
    invoice: TheNumber,
    request: Request,
    key: Collector,
    office: TheOffice,
    idempotency_key: Annotated[str | None, Header(max_length=200, min_length=1)] = None,
    if_match: Annotated[str | None, Header()] = None,
) -> Any:
    """A document of the file: kept as it is, and named in the book."""
    content, name, media_type = await uploaded(request)
    number = await number_of(office, key, INVOICE, invoice)
    wish = AttachDocument(
        invoice=number,
        sha256=sha256(content).hexdigest(),
        name=name,
        media_type=media_type,
        size=len(content),
    )
    desk = await office.in_thread(lambda: office.desk(key.tenant_id))

    def keep() -> None:
        if not key.scope.sees(desk.ledger.book(INVOICE, number).state):
            raise Unknown("no-invoice", invoice=number)
        with desk.pool.connection() as conn:
            documents.keep(conn, desk.tenant, content, media_type)

    await office.in_thread(keep)
    on: Terms = terms_for(request, idempotency_key, if_match, wish.model_dump_json().encode())
    return await write(office, key, on, [wish])


@router.get(
    "/invoices/{invoice}/documents/{sha256}",
    response_class=Response,
    responses={200: {"content": {"*/*": {}}, "description": "The document"}, **READS},
    operation_id="read-document",
)
async def read_document(
    invoice: TheNumber, sha256: Address, key: CaseReader, office: TheOffice
) -> Response:
    """The document as it was kept."""
    number = await number_of(office, key, INVOICE, invoice)
    desk = await office.in_thread(lambda: office.desk(key.tenant_id))

    def find() -> tuple[bytes, str, str]:
        if not key.scope.sees(desk.ledger.book(INVOICE, number).state):
            raise Unknown("no-invoice", invoice=number)
        return found(desk, number, sha256)

    content, name, media_type = await office.in_thread(find)
    return as_download(content, name, media_type, sha256)


def as_download(
    content: bytes, name: str, media_type: str, address: str, more: Mapping[str, str] = NO_MORE
) -> Response:
    """Never shown by the browser itself: it came from outside."""
    headers = {
        "Content-Disposition": f"attachment; filename*=utf-8''{quote(name, safe='')}",
        "ETag": f'"{address}"',
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
        **more,
    }
    return Response(content, 200, headers, media_type if MEDIA_TYPE.match(media_type) else ANY)


def found(desk: Desk, number: str, address: str) -> tuple[bytes, str, str]:
    """Content, name and kind of what the file names. Raises ``Unknown``."""
    for entry in desk.ledger.history(desk.ledger.id_of(INVOICE, number)):
        event = entry.event
        named = event.sha256 if isinstance(event, DocumentAttached) else None
        if address in (named, *getattr(event, "documents", ()), getattr(event, "document", None)):
            try:
                with desk.pool.connection() as conn:
                    content = documents.fetch(conn, desk.tenant, address)
            except LookupError:
                break
            if isinstance(event, DocumentAttached):
                return content, event.name, event.media_type
            return content, f"{address}.bin", ANY
    raise Unknown("no-invoice-document", invoice=number)


async def uploaded(request: Request) -> tuple[bytes, str, str]:
    """Content, name and kind of the one file. It waits on disk while it comes in."""
    if too_large("", request.headers, MOST_BYTES + AROUND):
        raise Problem("too-large", f"At most {MOST_BYTES:,} bytes.")
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise Problem("invalid", "Send multipart/form-data with one file, named file.", "/file")
    try:
        parser = MultiPartParser(request.headers, at_most(request), max_files=1, max_fields=10)
        form = await parser.parse()
    except (MultiPartException, FormParserError, ValueError, KeyError) as error:
        raise Problem("invalid", f"Not well formed multipart/form-data: {error}", "/file") from None
    file = form.get("file")
    try:
        if not isinstance(file, UploadFile):
            raise Problem("invalid", "Send one file, named file.", "/file")
        name = (file.filename or "").replace("\\", "/").rpartition("/")[2] or "document"
        return await file.read(), name, file.content_type or ANY
    finally:
        await form.close()


async def at_most(request: Request, most: int = MOST_BYTES + AROUND) -> AsyncGenerator[bytes, None]:
    """The body. Raises ``Problem`` when it is larger."""
    seen = 0
    async for chunk in request.stream():
        seen += len(chunk)
        if seen > most:
            raise Problem("too-large", f"At most {MOST_BYTES:,} bytes.")
        yield chunk
