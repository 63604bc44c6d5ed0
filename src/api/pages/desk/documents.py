"""``/invoices/{invoice}/documents/{sha256}/view``: a document in place, without what could act."""

from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.documents.shown import CannotShow, kind_of, mail_of, picture_of, text_of
from api.http.kit.command_routes import visible_book
from api.http.kit.uploads import ANY, document_of
from api.pages.desk.frame import desk_page
from api.pages.kit.page_route import PageRoute
from api.pages.kit.site import local
from api.pages.kit.visitor import Anybody, Visitor
from ledger.facts.books import INVOICE
from ledger.facts.document_names import is_sha256
from ledger.policy.refusal import NotFound

router = APIRouter(include_in_schema=False, route_class=PageRoute)
Page = Annotated[int, Query(ge=1, le=10_000)]
STILL = {  # of a picture: nothing in it runs, frames or loads, whatever a browser takes it for
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "Content-Disposition": "inline",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}


@dataclass(frozen=True)
class Document:
    """A document of an invoice that the visitor sees."""

    invoice: str
    content: bytes
    name: str


@router.get("/invoices/{invoice}/documents/{sha256}/view")
async def view_document(
    visitor: Anybody,
    invoice: UUID,
    sha256: str,
    page: Page = 1,
    back: Annotated[str, Query(max_length=2000)] = "",
) -> Response:
    """Show a document, or that it can only be downloaded."""
    document = await _document(visitor, invoice, sha256)
    kind = kind_of(document.content)
    facts: dict[str, Any] = {"kind": kind, "page": page, "more": False, "mail": None, "text": ""}
    run = visitor.app.run_in_thread
    if kind == "pdf":
        try:
            drawn = await run(partial(picture_of, document.content, page))
            facts["more"] = drawn.more
        except CannotShow:
            facts["kind"] = ""
    elif kind == "mail":
        facts["mail"] = await run(partial(mail_of, document.content))
    elif kind == "text":
        facts["text"] = text_of(document.content)
    address = f"/invoices/{invoice}/documents/{sha256}"
    facts |= {
        "name": document.name or visitor.words("Document"),
        "number": document.invoice,
        "size": len(document.content),
        "address": address,
        "leads_back": local(back, f"/invoices/{invoice}"),
    }
    return await desk_page(visitor, "desk/document.html", "invoices", facts)


@router.get("/invoices/{invoice}/documents/{sha256}/picture")
async def show_picture(visitor: Anybody, invoice: UUID, sha256: str, page: Page = 1) -> Response:
    """Send a picture, or a page of a PDF drawn as a picture."""
    document = await _document(visitor, invoice, sha256)
    try:
        made = await visitor.app.run_in_thread(partial(picture_of, document.content, page))
    except CannotShow:
        raise NotFound("no-invoice-document", invoice=document.invoice) from None
    return Response(made.content, 200, STILL, made.media_type)


async def _document(visitor: Visitor, invoice: UUID, sha256: str) -> Document:
    """Return the document. Raises ``NotFound``."""
    state = await visible_book(visitor.app, visitor.key, INVOICE, invoice)
    if state is None or not is_sha256(sha256):
        raise NotFound("no-document", document=sha256)
    find = partial(document_of, visitor.tenant, state.number, sha256, visitor.key.scope)
    content, name, media_type = await visitor.app.run_in_thread(find)
    named = name if media_type != ANY or not name.endswith(".bin") else ""
    return Document(state.number, content, named)
