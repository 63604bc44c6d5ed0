"""``/i/{token}``: an invoice as its debtor sees it, opened by a link of our messages."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from api.http.kit.uploads import as_download, document_of
from api.pages.kit.html import HEADERS
from api.pages.portal.door import Looking
from api.pages.portal.errors import PortalRoute
from api.pages.portal.views import invoice_page
from api.postman.invoice_documents import invoice_document
from ledger.policy.refusal import NotFound
from ledger.policy.visibility import EVERYTHING

router = APIRouter(include_in_schema=False, route_class=PortalRoute)
Did = Annotated[str, Query(max_length=20)]
Sha256 = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]


@router.get("/i/{token}")
@router.get("/portal/{tenant}/invoices/{invoice}")
async def show(on: Looking, did: Did = "") -> Response:
    """Show the invoice. Nothing changes: mail scanners open links."""
    return await on.guest.run(lambda: invoice_page(on, did))


@router.get("/i/{token}/documents/{sha256}")
@router.get("/portal/{tenant}/invoices/{invoice}/documents/{sha256}")
async def document(on: Looking, sha256: Sha256, request: Request) -> Response:
    """Send a copy of the invoice itself, and no other document."""
    copies = invoice_document(entry.event for entry in on.entries)
    if sha256 not in {copy.sha256 for copy in copies}:
        raise NotFound("no-invoice-document", invoice=on.invoice.number)
    session, number = on.guest.session, on.invoice.number
    content, name, kind = await on.guest.run(
        lambda: document_of(session, number, sha256, EVERYTHING)
    )
    return as_download(content, name, kind, sha256, HEADERS)
