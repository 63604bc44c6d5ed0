"""Disputes: the report, and a case with all its invoices."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from api.http.auth.authentication import allow
from api.http.auth.keys import Key, Role
from api.http.kit.fast_route import FastRoute
from api.http.kit.read_endpoint import (
    ETAG,
    NEXT,
    Name,
    Page,
    Paging,
    Reading,
    Search,
    documented,
    visible_invoice,
)
from api.http.server.responses import as_json
from ledger.facts.codes import Reason
from ledger.policy.refusal import NotFound
from projections.dispute_queries import Cursor, find, of_case
from projections.disputes import DISPUTES, DisputeRow, Status, show

router = APIRouter(prefix="/v1", tags=["disputes"], route_class=FastRoute)
Disputer = Annotated[Key, allow(Role.COLLECTOR, Role.AUDITOR, Role.RESOLVER)]


@dataclass(frozen=True)
class Filters:
    """Filters of the dispute report."""

    status: Status | None = None
    reason: Reason | None = None
    resolver: Name = None
    debtor: Name = None
    business_unit: Name = None
    collector: Name = None
    invoice: Name = None
    q: Search = None


FilteredBy = Annotated[Filters, Depends()]


@dataclass(frozen=True, slots=True)
class Case:
    """A case, with a part for each invoice."""

    case_id: UUID
    parts: list[DisputeRow]


@router.get("/disputes", responses=documented(list[DisputeRow], NEXT))
async def list_disputes(key: Disputer, page: Paging, filters: FilteredBy) -> Response:
    """Return disputes, the oldest first, page by page."""
    return page.page(await found(key, page, filters), behind)


@router.get("/disputes/{case}", responses=documented(Case, ETAG))
async def show_dispute(key: Disputer, read: Reading, case: UUID) -> Response:
    """Return what was disputed, paid, credited and rejected of each invoice of the case.

    A case of one invoice is read from its book and has its `ETag`; other cases have none.
    """
    scope, headers = key.scope, {}
    rows = await read.rows(key, of_case(key.tenant_id, case, scope=scope), DISPUTES)
    if len(rows) == 1:
        invoice, _ = await visible_invoice(read, key, rows[0].invoice)
        parts = [row for row in show(invoice) if row.case_id == case]
        rows = [row for row in parts if scope.sees_dispute(row, row)]
        headers["ETag"] = f'"{invoice.line}"'
    if not rows:
        raise NotFound("no-dispute", case=case)
    return as_json(Case(case, rows), headers=headers)


async def found(key: Key, page: Page, filters: Filters) -> list[DisputeRow]:
    chosen = {name: value and str(value) for name, value in vars(filters).items() if name != "q"}
    match, after = await page.match(key, filters.q), page.after(Cursor)
    query = find(key.tenant_id, chosen, after, page.limit, match, scope=key.scope)
    return await page.rows(key, query, DISPUTES)


def behind(row: DisputeRow) -> Cursor:
    return Cursor(row.listed_on, row.case_id, row.book_id)
