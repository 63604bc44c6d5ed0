"""``/debtors/{debtor}/statement``: what a debtor owes on a day, as a page and as a letter."""

from datetime import date
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.http.kit.debtor_file import DebtorFile, seen_debtor
from api.http.kit.read_endpoint import ReadRequest
from api.http.server.responses import as_attachment
from api.pages.desk.frame import desk_page
from api.pages.kit.page_route import PageRoute
from api.pages.kit.visitor import Reader, Visitor
from api.postman.statements.collect import Statement, collect
from api.postman.statements.paper import AGES, name_of, statement_pdf
from projections.reports.ageing import BUCKETS

router = APIRouter(include_in_schema=False, route_class=PageRoute)
Day = Annotated[str, Query(max_length=10)]
Number = Annotated[str, Query(max_length=200)]
MOST = 200  # invoices of a currency on the page; the letter has all


@router.get("/debtors/{debtor}/statement")
async def show_statement(
    visitor: Reader, debtor: UUID, on: Day = "", number: Number = ""
) -> Response:
    """Show what was open on a day."""
    file, statement = await _statement(visitor, debtor, number, on)
    facts = {
        "id": debtor,
        "number": file.number,
        "name": statement.debtor.name or file.number,
        "statement": statement,
        "most": MOST,
        "labels": dict(zip(BUCKETS, AGES, strict=True)),
    }
    return await desk_page(visitor, "desk/statement.html", "debtors", facts)


@router.get("/debtors/{debtor}/statement.pdf")
async def download_statement(
    visitor: Reader, debtor: UUID, on: Day = "", number: Number = ""
) -> Response:
    """Send the statement as a letter in the debtor's language."""
    _, statement = await _statement(visitor, debtor, number, on)
    pdf = await visitor.app.run_in_thread(partial(statement_pdf, visitor.tenant, statement))
    headers = {**as_attachment(name_of(statement)), "Cache-Control": "private, no-store"}
    return Response(pdf, 200, headers, "application/pdf")


async def _statement(
    visitor: Visitor, debtor: UUID, number: str, on: str
) -> tuple[DebtorFile, Statement]:
    """Return the debtor and their statement; a day that is none or to come is today."""
    read = ReadRequest(visitor.request, visitor.app)
    file = await seen_debtor(read, visitor.key, number or str(debtor), visitor.today())
    make = partial(
        collect, visitor.tenant, file.number, day_of(on, visitor.today()), visitor.key.scope
    )
    return file, await visitor.app.run_in_thread(make)


def day_of(given: str, today: date) -> date:
    try:
        return min(date.fromisoformat(given), today)
    except ValueError:
        return today
