"""Checks before an invoice is sent."""

from decimal import Decimal

from fastapi import APIRouter
from starlette.responses import Response

from api.http.auth.authentication import Reader
from api.http.kit.read_endpoint import (
    InvoiceNumber,
    Reading,
    documented,
    entries_of,
    visible_invoice,
)
from api.http.kit.route import Route
from api.http.server.responses import as_json
from ledger.facts.books import DEBTOR, book_id, replay
from projections import debtors
from projections.debtors import DEBTORS
from projections.duplicates import possible_duplicates
from projections.explain import checks
from projections.explain.checks import CheckResult
from projections.invoices import INVOICES

router = APIRouter(prefix="/v1", tags=["invoices"], route_class=Route)


@router.get("/invoices/{invoice}/checks", responses=documented(CheckResult))
async def check_invoice(key: Reader, read: Reading, invoice: InvoiceNumber) -> Response:
    """Check contact details, VAT number, credit limit and duplicates, with what follows."""
    state, _ = await visible_invoice(read, key, invoice)
    lines = await entries_of(read, key, DEBTOR, state.debtor)
    id_ = book_id(key.tenant_id, DEBTOR.name, state.debtor)
    debtor = replay(DEBTOR, id_, [line.entry for line in lines]).state
    scope = key.scope
    same = await read.rows(key, possible_duplicates(key.tenant_id, state, scope=scope), INVOICES)
    query = debtors.balances(key.tenant_id, read.today(key), state.debtor, scope=scope)
    owed = await read.rows(key, query, INVOICES, DEBTORS)
    total = sum((row.balance for row in owed if row.currency == state.currency), Decimal(0))
    return as_json(checks.check_invoice(state, debtor, same, total))
