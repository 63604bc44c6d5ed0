"""Documents of an invoice, stored by SHA-256 and named in its book."""

from dataclasses import replace
from hashlib import sha256

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.http.auth.authentication import CaseReader, Collector, TheApp
from api.http.kit.command_endpoint import Writer
from api.http.kit.command_routes import TheNumber, book_number
from api.http.kit.openapi_errors import READS, WRITES
from api.http.kit.route import Route
from api.http.kit.uploads import Address, as_download, document_of, read_upload, upload
from api.http.kit.write_conditions import IdempotencyKey, IfMatch, conditions_of
from commands.invoices.contacts import AttachDocument
from ledger.database import documents
from ledger.facts.books import INVOICE
from ledger.facts.codes import DocumentKind
from ledger.policy.refusal import NotFound

router = APIRouter(prefix="/v1", tags=["invoices"], route_class=Route)
AS_INVOICE = {
    "document_kind": {"type": "string", "enum": [*DocumentKind]},
    "replaces": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
}


@router.post(
    "/invoices/{invoice}/documents",
    status_code=201,
    response_class=Response,
    responses=WRITES,
    openapi_extra=upload(**AS_INVOICE),
    operation_id="attach-document",
)
async def attach_document(
    invoice: TheNumber,
    request: Request,
    key: Collector,
    app: TheApp,
    idempotency_key: IdempotencyKey = None,
    if_match: IfMatch = None,
) -> Response:
    """Store a document unchanged and record it in the invoice's book.

    With `document_kind=invoice` it is the invoice itself, which is sent to the debtor; a second one
    waits for a choice unless it `replaces` the first.
    """
    content, name, media_type, fields = await read_upload(request)
    number = await book_number(app, key, INVOICE, invoice)
    given = {name: fields[name] for name in AS_INVOICE if fields.get(name)}
    document = {"sha256": sha256(content).hexdigest(), "name": name, "media_type": media_type}
    command = AttachDocument.model_validate(
        {"invoice": number, "size": len(content), **document, **given}
    )
    session = app.session(key.tenant_id)

    def keep() -> None:
        if not key.scope.sees(session.ledger.book(INVOICE, number).state):
            raise NotFound("no-invoice", invoice=number)
        with session.pool.connection() as conn:
            documents.save(conn, session.tenant, content, media_type)

    await app.run_in_thread(keep)
    stands_for = command.model_dump_json().encode()
    conditions = conditions_of(request, idempotency_key, if_match, stands_for)
    conditions = replace(conditions, sent=frozenset({command.sha256}))
    return await Writer(app, key, conditions).execute([command])


@router.get(
    "/invoices/{invoice}/documents/{sha256}",
    response_class=Response,
    responses={200: {"content": {"*/*": {}}, "description": "The document"}, **READS},
    operation_id="read-document",
)
async def read_document(
    invoice: TheNumber, sha256: Address, key: CaseReader, app: TheApp
) -> Response:
    """Return the stored document."""
    number = await book_number(app, key, INVOICE, invoice)
    session = app.session(key.tenant_id)
    content, name, media_type = await app.run_in_thread(
        lambda: document_of(session, number, sha256, key.scope)
    )
    return as_download(content, name, media_type, sha256)
