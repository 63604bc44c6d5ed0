"""Documents of what came in: kept before it is added, and shown while nobody knows whose it is."""

from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from api.http.auth.authentication import Collector, TheOffice
from api.http.kit.openapi_errors import READS, REFUSALS
from api.http.kit.openapi_examples import as_example
from api.http.kit.uploads import ANY, UPLOAD, Address, as_download, read_upload
from api.http.routes.inbox import TheMail, incoming
from ledger.database import documents
from ledger.facts.inbound import MailReceived
from ledger.policy.refusal import NotFound

router = APIRouter(prefix="/v1", tags=["Inbox"])


class KeptDocument(BaseModel):
    """What a document is named by."""

    sha256: str
    size: int = Field(description="bytes")


KEPT: dict[int | str, dict[str, Any]] = {
    201: {"model": KeptDocument, "description": "Kept", "content": as_example(KeptDocument)},
    **REFUSALS,
}


@router.post(
    "/inbox/documents",
    status_code=201,
    response_class=Response,
    responses=KEPT,
    openapi_extra=UPLOAD,
    operation_id="keep-document",
)
async def keep_document(request: Request, key: Collector, app: TheOffice) -> Response:
    """A scan or a recording, to be named by its `sha256` in what is added to the inbox."""
    content, _, media_type = await read_upload(request)
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
    mail: TheMail, sha256: Address, key: Collector, app: TheOffice
) -> Response:
    """What came in as it came, or what was sent along, as it was kept."""
    there = await incoming(app, key, mail)
    session = await app.run_in_thread(lambda: app.session(key.tenant_id))

    def find() -> bytes:
        with session.pool.connection() as conn:
            return documents.fetch(conn, session.tenant, sha256)

    if there.received is None or sha256 not in _named(there.received):
        raise NotFound("no-mail-document", mail=mail)
    content = await app.run_in_thread(find)
    return as_download(content, f"{sha256}.bin", ANY, sha256)


def _named(received: MailReceived) -> tuple[str, ...]:
    return (received.document, *received.attachments)
