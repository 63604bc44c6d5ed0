"""``/money``: what waits from the bank, and money that waits with debtors, beside what fits it."""

from fastapi import APIRouter
from starlette.responses import Response

from api.http.kit.read_endpoint import AtLeast, ReadRequest
from api.http.kit.task_ids import encode
from api.http.server.responses import unwrap, wrap
from api.pages.desk.bank import Cursor, Only, waiting
from api.pages.desk.frame import desk_page
from api.pages.kit.page_route import PageRoute
from api.pages.kit.visitor import Reader
from ledger.facts.codes import MoneyKind
from projections import money
from projections.invoices import INVOICES
from projections.money import MONEY, Fit

router = APIRouter(include_in_schema=False, route_class=PageRoute)
ROWS = 20


@router.get("/money")
async def show_money(
    visitor: Reader,
    cursor: Cursor = None,
    bank: Cursor = None,
    only: Only = "",
    at_least: AtLeast = 0,
) -> Response:
    """Show what waits, the oldest first; it has no business unit, so only who sees all sees it."""
    key, read = visitor.key, ReadRequest(visitor.request, visitor.app, at_least)
    after, fits = unwrap(cursor, money.Cursor), dict[str, list[Fit]]()
    rows, found = list[money.MoneyRow](), list[Fit]()
    if key.scope.is_everything:
        query = money.waiting(key.tenant_id, after, ROWS + 1)
        rows = await read.rows(key, query, MONEY, INVOICES)
        found = await visitor.app.query(money.fitting(key.tenant_id, after, ROWS, scope=key.scope))
    for fit in found:
        fits.setdefault(encode(fit.debtor_id, fit.reference), []).append(fit)
    from_bank = await waiting(visitor, read, bank, only)
    following = f"/money?cursor={wrap(money.behind(rows[ROWS - 1]))}" if len(rows) > ROWS else ""
    facts = {
        "rows": [(encode(row.debtor_id, row.reference), row) for row in rows[:ROWS]],
        "fits": fits,
        "next": following,
        "tab": "waiting",
        "bank": from_bank,
        "counts": from_bank.counts,
        "ids": from_bank.ids,
        "only": only,
        "all_units": key.scope.is_everything,
        "credit": MoneyKind.CREDIT_NOTE,
        "may_act": visitor.may_act,
    }
    return await desk_page(visitor, "desk/money.html", "money", facts)
