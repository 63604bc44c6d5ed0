"""``/debtors``: what each debtor owes; and a debtor's file with all that was spoken and written."""

from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.http.kit.debtor_file import seen_debtor
from api.http.kit.read_endpoint import AtLeast, ReadRequest
from api.pages.desk.bank_links import bank_links
from api.pages.desk.frame import desk_page, entries_at, reader, sentences_of
from api.pages.desk.timeline import SHOWN, by_day, face
from api.pages.kit.page_route import PageRoute
from api.pages.kit.site import local, see_other
from api.pages.kit.visitor import Reader
from ledger.facts.books import DEBTOR, book_id
from projections import debtors, invoices
from projections.contact_log import log
from projections.contact_log.log import CONTACT_LOG
from projections.debtors import DEBTORS
from projections.invoices import INVOICES

router = APIRouter(include_in_schema=False, route_class=PageRoute)
ROWS = 50


@router.get("/debtors")
async def list_debtors(
    visitor: Reader, after: Annotated[str, Query(max_length=200)] = "", at_least: AtLeast = 0
) -> Response:
    """Show what each debtor owes, a row for each currency."""
    key, r = visitor.key, reader(visitor)
    read = ReadRequest(visitor.request, visitor.app, at_least)
    query = debtors.balances(key.tenant_id, visitor.today(), None, after, ROWS + 1, scope=key.scope)
    rows = await read.rows(key, query, INVOICES, DEBTORS)
    numbers = [*dict.fromkeys(row.debtor for row in rows)]
    shown = [row for row in rows if row.debtor in numbers[:ROWS]]
    following = f"/debtors?after={quote(numbers[ROWS - 1])}" if len(numbers) > ROWS else ""
    ids = {row.debtor: book_id(key.tenant_id, DEBTOR.name, row.debtor) for row in shown}
    facts = {"rows": shown, "ids": ids, "next": following, "r": r}
    return await desk_page(visitor, "desk/debtors.html", "debtors", facts)


@router.get("/debtors/by-number")
async def by_number(visitor: Reader, number: Annotated[str, Query(max_length=200)]) -> Response:
    """Lead to the file of the debtor with this number."""
    id_ = book_id(visitor.key.tenant_id, DEBTOR.name, number)
    return see_other(f"/debtors/{id_}?number={quote(number, safe='')}")


@router.get("/debtors/{debtor}")
async def debtor_file(
    visitor: Reader,
    debtor: UUID,
    number: Annotated[str, Query(max_length=200)] = "",
    before: Annotated[int, Query(ge=0)] = 0,
    back: Annotated[str, Query(max_length=2000)] = "/debtors",
    written: Annotated[str, Query(max_length=1)] = "",
    at_least: AtLeast = 0,
) -> Response:
    """Show the file of a debtor. ``number`` names one who has invoices and is not registered."""
    key, r = visitor.key, reader(visitor)
    read = ReadRequest(visitor.request, visitor.app, at_least)
    file = await seen_debtor(read, key, number or str(debtor), visitor.today())
    find = invoices.find(
        key.tenant_id, {"debtor": file.number}, limit=ROWS + 1, only_open=True, scope=key.scope
    )
    open_invoices = await read.rows(key, find, INVOICES)
    query = log.newest_of_debtor(
        key.tenant_id, debtor, file.number, before or None, SHOWN + 1, scope=key.scope
    )
    entries = await read.rows(key, query, CONTACT_LOG, INVOICES)
    on_page = await entries_at(visitor, (entry.position for entry in entries[:SHOWN]))
    ids = {row.number: row.invoice_id for row in open_invoices}
    facts = {
        "file": file,
        "row": file.debtor,
        "id": debtor,
        "name": (file.debtor.name if file.debtor else "") or file.number,
        "invoices": open_invoices[:ROWS],
        "more_invoices": len(open_invoices) > ROWS,
        "days": [*by_day(entries[:SHOWN], r)],
        "sentences": sentences_of(visitor, on_page),
        "bank": await bank_links(visitor, on_page),
        "face": face,
        "older": entries[SHOWN - 1].position if len(entries) > SHOWN else 0,
        "ids": ids,
        "leads_back": local(back),
        "may_act": visitor.may_act and file.debtor is not None,
        "may_write": visitor.may_write,
    }
    if written:
        facts["done"] = visitor.words("The message waits in the outbox.")
    return await desk_page(visitor, "desk/debtor.html", "debtors", facts)
