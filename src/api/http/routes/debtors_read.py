"""Debtors: their balances, registration, contact log and statement."""

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter
from starlette.responses import Response

from api.http.auth.authentication import Reader
from api.http.kit.debtor_file import DebtorFile, seen_debtor
from api.http.kit.fast_route import FastRoute
from api.http.kit.read_endpoint import (
    ETAG,
    NEXT,
    DebtorNumber,
    OnDay,
    Paging,
    Reading,
    Search,
    documented,
)
from api.http.server.responses import as_json
from ledger.facts.books import DEBTOR, book_id
from projections import debtors, invoices
from projections.contact_log import log
from projections.contact_log.log import CONTACT_LOG
from projections.debtors import DEBTORS, Balance, DebtorRow
from projections.invoices import INVOICES, InvoiceRow

router = APIRouter(prefix="/v1", tags=["debtors"], route_class=FastRoute)


@dataclass(frozen=True, slots=True)
class Statement:
    """Open invoices and unallocated money of a debtor on a day."""

    number: str
    on: date
    debtor: DebtorRow | None
    balances: list[Balance]
    invoices: list[InvoiceRow]


@router.get("/debtors", responses=documented(list[Balance], NEXT))
async def list_debtors(key: Reader, page: Paging, on: OnDay = None, q: Search = None) -> Response:
    """Return what each debtor owes, disputes and promised, with a row for each currency."""
    day, after = on or page.today(key), page.after(str) or ""
    match = await page.match(key, q)
    query = debtors.balances(key.tenant_id, day, None, after, page.limit, match, scope=key.scope)
    rows = await page.rows(key, query, INVOICES, DEBTORS)
    return page.page(rows, lambda row: row.debtor, full=len({row.debtor for row in rows}))


@router.get("/debtors/{debtor}", responses=documented(DebtorFile, ETAG))
async def show_debtor(
    key: Reader, read: Reading, debtor: DebtorNumber, on: OnDay = None
) -> Response:
    """Return the debtor, whether follow-up pauses, and the balances."""
    file = await seen_debtor(read, key, debtor, on or read.today(key))
    return as_json(file, headers={"ETag": f'"{file.line}"'})


@router.get("/debtors/{debtor}/contact-log", responses=documented(list[log.DebtorContact], NEXT))
async def list_debtor_contacts(key: Reader, page: Paging, debtor: DebtorNumber) -> Response:
    """Return the contact log of the debtor and their invoices, in the order of recording."""
    number = (await seen_debtor(page, key, debtor, page.today(key))).number
    id_, after = book_id(key.tenant_id, DEBTOR.name, number), page.after(int) or 0
    query = log.of_debtor(key.tenant_id, id_, number, after, page.limit, scope=key.scope)
    rows = await page.rows(key, query, CONTACT_LOG, INVOICES)
    return page.page(rows, lambda row: row.position)


@router.get("/debtors/{debtor}/statement", responses=documented(Statement, NEXT))
async def show_debtor_statement(
    key: Reader, page: Paging, debtor: DebtorNumber, on: OnDay = None
) -> Response:
    """Return a statement of account with a page of the open invoices."""
    day = on or page.today(key)
    file = await seen_debtor(page, key, debtor, day)
    query = invoices.find(
        key.tenant_id,
        {"debtor": file.number},
        after=page.after(str) or "",
        limit=page.limit,
        only_open=True,
        scope=key.scope,
    )
    rows = await page.rows(key, query, INVOICES)
    content = Statement(file.number, day, file.debtor, file.balances, rows)
    return page.page(rows, lambda row: row.number, content)
