"""The lists of the desk: invoices and disputes; and the box that finds anything."""

from datetime import date
from typing import Annotated, Literal
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.http.auth.keys import Role
from api.http.kit.cases import rows_of_case
from api.http.kit.command_routes import visible_book
from api.http.kit.read_endpoint import AtLeast, ReadRequest, visible_invoice
from api.http.kit.uploads import as_download, document_of
from api.http.server.responses import unwrap, wrap
from api.pages.desk.case_acts import WHEN_OPEN, WHEN_OVER, Case
from api.pages.desk.files import File, attached
from api.pages.desk.frame import desk_page
from api.pages.kit.page_route import PageRoute
from api.pages.kit.site import local
from api.pages.kit.visitor import Anybody, Visitor, visitor
from ledger.facts.books import DEBTOR, INVOICE, book_id
from ledger.policy.refusal import NotFound
from projections import dispute_queries, invoices
from projections.disputes import DISPUTES
from projections.invoices import INVOICES
from projections.search import search

router = APIRouter(include_in_schema=False, route_class=PageRoute)
Disputer = Annotated[Visitor, visitor(Role.COLLECTOR, Role.AUDITOR, Role.RESOLVER)]
Sorter = Annotated[Visitor, visitor(Role.COLLECTOR)]
Name = Annotated[str, Query(max_length=200)]
Cursor = Annotated[str | None, Query(max_length=2000)]
ROWS, MOST_BOOKS = 50, 20  # of a page; invoices of a case whose documents are shown


@router.get("/invoices")
async def list_invoices(
    visitor: Anybody,
    number: Name = "",
    debtor: Name = "",
    status: Name = "",
    after: Name = "",
    at_least: AtLeast = 0,
) -> Response:
    """Show invoices by number."""
    key, read = visitor.key, ReadRequest(visitor.request, visitor.app, at_least)
    filters = {"debtor": debtor or None, "status": status or None}
    query = invoices.find(
        key.tenant_id, filters, after=after, limit=ROWS + 1, prefix=number, scope=key.scope
    )
    rows = await read.rows(key, query, INVOICES)
    given = {"number": number, "debtor": debtor, "status": status}
    kept = {name: value for name, value in given.items() if value}
    following = ""
    if len(rows) > ROWS:
        following = "/invoices?" + urlencode(kept | {"after": rows[ROWS - 1].number})
    facts = {"rows": rows[:ROWS], "next": following, "number": number, "filters": kept}
    return await desk_page(visitor, "desk/invoices.html", "invoices", facts)


@router.get("/invoices/{invoice}/documents/{sha256}")
async def document(visitor: Anybody, invoice: UUID, sha256: str) -> Response:
    """Send a document of an invoice, as a download."""
    state = await visible_book(visitor.app, visitor.key, INVOICE, invoice)
    if state is None or len(sha256) != 64:
        raise NotFound("no-document", document=sha256)
    scope = visitor.key.scope
    content, name, media_type = await visitor.app.run_in_thread(
        lambda: document_of(visitor.tenant, state.number, sha256, scope)
    )
    return as_download(content, name, media_type, sha256)


@router.get("/disputes")
async def list_disputes(
    visitor: Disputer,
    status: Name = "open",
    resolver: Name = "",
    reason: Name = "",
    business_unit: Name = "",
    collector: Name = "",
    unassigned: Literal["", "1"] = "",
    opened_from: date | None = None,
    opened_to: date | None = None,
    cursor: Cursor = None,
    at_least: AtLeast = 0,
) -> Response:
    """Show disputes, the oldest first; ``unassigned`` keeps those that nobody is to resolve."""
    key, read = visitor.key, ReadRequest(visitor.request, visitor.app, at_least)
    given = {"status": status, "resolver": resolver, "reason": reason}
    given |= {"business_unit": business_unit, "collector": collector}
    filters = {name: value or None for name, value in given.items()}
    filters["resolver"] = "" if unassigned else filters["resolver"]
    after = unwrap(cursor, dispute_queries.Cursor)
    query = dispute_queries.find(
        key.tenant_id,
        filters,
        after,
        ROWS + 1,
        opened=(opened_from, opened_to),
        scope=key.scope,
    )
    rows = await read.rows(key, query, DISPUTES)
    given |= {"unassigned": unassigned}
    given |= {"opened_from": str(opened_from or ""), "opened_to": str(opened_to or "")}
    kept = {name: value for name, value in given.items() if value}
    following = ""
    if len(rows) > ROWS:
        place = wrap(dispute_queries.behind(rows[ROWS - 1]))
        following = "/disputes?" + urlencode(kept | {"cursor": place})
    facts = {"rows": rows[:ROWS], "next": following, "status": status, "filters": kept}
    return await desk_page(visitor, "desk/disputes.html", "disputes", facts)


@router.get("/disputes/{case}")
async def one_dispute(
    visitor: Disputer, case: UUID, back: Name = "/disputes", at_least: AtLeast = 0
) -> Response:
    """Show a dispute with its invoices and what can be done."""
    rows = await rows_of_case(visitor.app, visitor.key, case, at_least or None)
    found, first = Case(case, rows), rows[0]
    ids = {row.invoice: row.book_id for row in rows}
    files, part = list[File](), None
    for row in rows[:MOST_BOOKS]:
        state, lines = await visible_invoice(
            ReadRequest(visitor.request, visitor.app), visitor.key, str(row.book_id)
        )
        part = part or state.disputes.get(case)
        sees = visitor.key.scope.sees_event
        files += attached([line for line in lines if sees(state, line.entry.event)])
    name = await _name_of(visitor, first.debtor)
    answered = part is not None and part.answer is not None
    primary = "resolution" if answered else "resolver"
    acts = (WHEN_OPEN if found.is_open else WHEN_OVER) if visitor.may_act else ()
    facts = {
        "files": files,
        "case": found,
        "ids": ids,
        "acts": sorted(acts, key=lambda act: act.noun != primary),
        "primary": primary if answered or not first.resolver else "",
        "answer": part if answered else None,
        "debtor_name": name,
        "leads_back": local(back, "/disputes"),
    }
    return await desk_page(visitor, "desk/case.html", "disputes", facts)


async def _name_of(visitor: Visitor, debtor: str) -> str:
    """Return the name of a debtor, if the person may see them."""
    id_ = book_id(visitor.key.tenant_id, "debtor", debtor)
    book = await visible_book(visitor.app, visitor.key, DEBTOR, id_) if debtor else None
    return book.name if book else ""


@router.get("/find")
async def find(visitor: Anybody, q: Name = "") -> Response:
    """Find debtors, invoices and disputes by starts of the words in their numbers and names."""
    key, read, hits = visitor.key, ReadRequest(visitor.request, visitor.app), []
    if q.strip() and (match := await read.match(key, q.strip()[:100])):
        hits = await visitor.app.query(search(key.tenant_id, match, 15, scope=key.scope))
    return await desk_page(visitor, "desk/find.html", "find", {"q": q, "hits": hits})
