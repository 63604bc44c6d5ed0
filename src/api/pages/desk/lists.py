"""The lists of the desk: invoices, disputes, inbox, outbox; and the box that finds anything."""

from datetime import date
from typing import Annotated, Literal
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.http.auth.keys import Role
from api.http.kit.cases import rows_of_case
from api.http.kit.command_routes import visible_book
from api.http.kit.read_endpoint import AtLeast, ReadRequest
from api.http.kit.uploads import as_download, document_of
from api.http.server.responses import unwrap, wrap
from api.pages.desk.case_acts import WHEN_OPEN, WHEN_OVER, Case
from api.pages.desk.frame import desk_page
from api.pages.kit.page_route import PageRoute
from api.pages.kit.site import local
from api.pages.kit.visitor import Anybody, Visitor, visitor
from ledger.facts.books import INVOICE
from ledger.facts.contact_ids import contact_id_of
from ledger.policy.refusal import NotFound
from projections import dispute_queries, inbox, invoices, outbox
from projections.disputes import DISPUTES
from projections.inbox import INBOX
from projections.invoices import INVOICES
from projections.outbox import OUTBOX
from projections.search import search

router = APIRouter(include_in_schema=False, route_class=PageRoute)
Disputer = Annotated[Visitor, visitor(Role.COLLECTOR, Role.AUDITOR, Role.RESOLVER)]
Sorter = Annotated[Visitor, visitor(Role.COLLECTOR)]
Name = Annotated[str, Query(max_length=200)]
Cursor = Annotated[str | None, Query(max_length=2000)]
ROWS = 50


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
    found = Case(case, rows)
    ids = {row.invoice: row.book_id for row in rows}
    facts = {
        "case": found,
        "ids": ids,
        "acts": (WHEN_OPEN if found.is_open else WHEN_OVER) if visitor.may_act else (),
        "leads_back": local(back, "/disputes"),
    }
    return await desk_page(visitor, "desk/case.html", "disputes", facts)


@router.get("/inbox")
async def show_inbox(visitor: Sorter, cursor: Cursor = None, at_least: AtLeast = 0) -> Response:
    """Show the messages that wait for a person, the oldest first, each beside its suggestion."""
    key, read = visitor.key, ReadRequest(visitor.request, visitor.app, at_least)
    after = unwrap(cursor, tuple[date, UUID])
    query = inbox.waiting(key.tenant_id, None, after, 21)
    rows = await read.rows(key, query, INBOX) if key.scope.is_everything else []
    more = rows[20:]
    following = "/inbox?cursor=" + wrap((rows[19].received_on, rows[19].id)) if more else ""
    facts = {"rows": rows[:20], "next": following, "contact_id_of": contact_id_of}
    return await desk_page(visitor, "desk/inbox.html", "inbox", facts)


@router.get("/outbox")
async def show_outbox(visitor: Sorter, cursor: Cursor = None, at_least: AtLeast = 0) -> Response:
    """Show what waits to be sent, and what could not be."""
    key, read = visitor.key, ReadRequest(visitor.request, visitor.app, at_least)
    after = unwrap(cursor, outbox.Cursor)
    query = outbox.find(key.tenant_id, None, after, ROWS + 1)
    rows = await read.rows(key, query, OUTBOX) if key.scope.is_everything else []
    following = ""
    if len(rows) > ROWS:
        following = "/outbox?cursor=" + wrap(outbox.behind(rows[ROWS - 1]))
    facts = {"rows": rows[:ROWS], "next": following}
    return await desk_page(visitor, "desk/outbox.html", "outbox", facts)


@router.get("/find")
async def find(visitor: Anybody, q: Name = "") -> Response:
    """Find debtors, invoices and disputes by starts of the words in their numbers and names."""
    key, read, hits = visitor.key, ReadRequest(visitor.request, visitor.app), []
    if q.strip() and (match := await read.match(key, q.strip()[:100])):
        hits = await visitor.app.query(search(key.tenant_id, match, 15, scope=key.scope))
    return await desk_page(visitor, "desk/find.html", "find", {"q": q, "hits": hits})
