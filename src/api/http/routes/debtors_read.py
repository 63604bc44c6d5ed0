"""Debtors: what each owes, one as he stands, his file in sentences, and what to send him."""

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter
from starlette.responses import Response

from api.http.auth.authentication import Reader
from api.http.auth.keys import Key
from api.http.kit.fast_route import FastRoute
from api.http.kit.read_endpoint import (
    ETAG,
    NEXT,
    DebtorNumber,
    OnDay,
    Paging,
    Reading,
    ReadRequest,
    debtor_number,
    documented,
)
from api.http.server.responses import as_json
from ledger.facts.books import DEBTOR, book_id, replay
from ledger.policy.refusal import NotFound
from ledger.store.entry_queries import Line
from projections import debtors, invoices
from projections.contact_log import log
from projections.contact_log.log import CONTACT_LOG
from projections.debtors import DEBTORS, Balance, DebtorRow
from projections.invoices import INVOICES, InvoiceRow

router = APIRouter(prefix="/v1", tags=["debtors"], route_class=FastRoute)


@dataclass(frozen=True, slots=True)
class DebtorFile:
    """Who he is at ``line`` of his own book, unless nobody registered him, and what he owes in each
    currency."""

    number: str
    line: int
    debtor: DebtorRow | None
    balances: list[Balance]


@dataclass(frozen=True, slots=True)
class Statement:
    """What is open between us on a day: invoices, and money that names none."""

    number: str
    on: date
    debtor: DebtorRow | None
    balances: list[Balance]
    invoices: list[InvoiceRow]


@router.get("/debtors", responses=documented(list[Balance], NEXT))
async def list_debtors(key: Reader, page: Paging, on: OnDay = None) -> Response:
    """What each debtor owes, disputes and promised, by number; a row for each currency."""
    day, after = on or page.today(key), page.after(str) or ""
    query = debtors.balances(key.tenant_id, day, None, after, page.limit, key.scope)
    rows = await page.rows(key, query, INVOICES, DEBTORS)
    return page.page(rows, lambda row: row.debtor, full=len({row.debtor for row in rows}))


@router.get("/debtors/{debtor}", responses=documented(DebtorFile, ETAG))
async def one_debtor(
    key: Reader, read: Reading, debtor: DebtorNumber, on: OnDay = None
) -> Response:
    """Who he is, whether his invoices rest, and what he owes."""
    file = await seen_debtor(read, key, debtor, on or read.today(key))
    return as_json(file, headers={"ETag": f'"{file.line}"'})


@router.get("/debtors/{debtor}/contact-log", responses=documented(list[log.DebtorContact], NEXT))
async def debtor_contact_log(key: Reader, page: Paging, debtor: DebtorNumber) -> Response:
    """His own file and those of his invoices in plain sentences, in the order of recording."""
    number = (await seen_debtor(page, key, debtor, page.today(key))).number
    id_, after = book_id(key.tenant_id, DEBTOR.name, number), page.after(int) or 0
    query = log.of_debtor(key.tenant_id, id_, number, after, page.limit, key.scope)
    rows = await page.rows(key, query, CONTACT_LOG, INVOICES)
    return page.page(rows, lambda row: row.position)


@router.get("/debtors/{debtor}/statement", responses=documented(Statement, NEXT))
async def statement(key: Reader, page: Paging, debtor: DebtorNumber, on: OnDay = None) -> Response:
    """What is open between us, invoice by invoice; the page is of the invoices."""
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
    told = Statement(file.number, day, file.debtor, file.balances, rows)
    return page.page(rows, lambda row: row.number, told)


async def seen_debtor(read: ReadRequest, key: Key, given: str, on: date) -> DebtorFile:
    """By number, or by the book's id. Raises ``NotFound``: a key for some business units sees
    those debtors who have invoices there."""
    number, lines = await debtor_number(read, key, given)
    query = debtors.balances(key.tenant_id, on, number, scope=key.scope)
    balances = await read.rows(key, query, INVOICES, DEBTORS)
    row = _row(lines)
    if not balances and (row is None or not key.scope.is_everything):
        raise NotFound("no-debtor", debtor=given)
    return DebtorFile(number, lines[-1].entry.line if lines else 0, row, balances)


def _row(lines: list[Line]) -> DebtorRow | None:
    if not lines:
        return None
    book = replay(DEBTOR, lines[0].entry.book_id, [line.entry for line in lines])
    return next(debtors.show(book.state), None)
