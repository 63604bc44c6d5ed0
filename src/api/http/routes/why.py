"""The explanation of an invoice's state, now or at an earlier moment."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.http.auth.authentication import Reader
from api.http.kit.read_endpoint import InvoiceNumber, Reading, documented, visible_invoice
from api.http.kit.route import Route
from api.http.server.problems import Problem
from api.http.server.responses import as_json
from projections.explain import why as answering
from projections.explain.why import Explanation, parse_moment

router = APIRouter(prefix="/v1", tags=["invoices"], route_class=Route)
At = Annotated[
    str | None,
    Query(max_length=40, description="A day (its end) or a time; now when omitted."),
]


@router.get("/invoices/{invoice}/why", responses=documented(Explanation))
async def explain_invoice(
    key: Reader, read: Reading, invoice: InvoiceNumber, at: At = None
) -> Response:
    """Explain what happens next and when, or why nothing does, with the entries that cause it."""
    _, lines = await visible_invoice(read, key, invoice)
    ledger = read.app.session(key.tenant_id).ledger
    try:
        then = parse_moment(at, ledger.zone) if at else read.app.clock()
    except ValueError as error:
        raise Problem("invalid", str(error), "/at") from None
    book = [line.entry for line in lines]
    return as_json(await read.app.run_in_thread(lambda: answering.why(ledger, book, then)))
