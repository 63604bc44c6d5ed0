"""Documents of the inbox: stored before a manual entry, and shown before triage."""

from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from api.http.auth.authentication import Collector, Registrar, TheApp
from api.http.kit.openapi_errors import READS, REFUSALS
from api.http.kit.openapi_examples import as_example
from api.http.kit.route import Route
from api.http.kit.uploads import ANY, Address, as_download, read_upload, upload
from api.http.routes.inbox import TheMail, incoming
from ledger.database import documents
from ledger.policy.refusal import NotFound

router = APIRouter(prefix="/v1", tags=["inbox"], route_class=Route)


class KeptDocument(BaseModel):
    """The checksum of a stored document, which names it."""

    sha256: str
    size: int = Field(description="bytes")


KEPT: dict[int | str, dict[str, Any]] = {
    201: {"model": KeptDocument, "description": "Stored", "content": as_example(KeptDocument)},
    **REFUSALS,
}


@router.post(
    "/inbox/documents",
    status_code=201,
    response_class=Response,
    responses=KEPT,
    openapi_extra=upload(),
    operation_id="keep-document",
)
async def keep_document(request: Request, key: Registrar, app: TheApp) -> Response:
    """Store a scan or a recording; name its `sha256` in a manual entry of the inbox."""
    content, _, media_type, _ = await read_upload(request)
    session = await app.run_in_thread(lambda: app.session(key.tenant_id))

    def keep() -> str:
        with session.pool.connection() as conn:
            return documents.save(conn, session.tenant, content, media_type)

    kept = KeptDocument(sha256=await app.run_in_thread(keep), size=len(content))
    return Response(kept.model_dump_json(), 201, media_type="application/json")


@router.get(
    "/inbox/{mail}/documents/{sha256}",
    response_class=Response,
    responses={200: {"content": {"*/*": {}}, "description": "The document"}, **READS},
    operation_id="read-inbox-document",
)
async def read_inbox_document(
    mail: TheMail, sha256: Address, key: Collector, app: TheApp
) -> Response:
    """Return the original message or an attachment."""
    message = await incoming(app, key, mail)
    received = message.received
    session = await app.run_in_thread(lambda: app.session(key.tenant_id))

    def find() -> bytes:
        with session.pool.connection() as conn:
            return documents.fetch(conn, session.tenant, sha256)

    if received is None or sha256 not in (received.document, *message.attachments):
        raise NotFound("no-mail-document", mail=mail)
    content = await app.run_in_thread(find)
    return as_download(content, f"{sha256}.bin", ANY, sha256)
