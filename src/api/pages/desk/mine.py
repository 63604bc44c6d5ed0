"""``/mine``: what is asked of the person who is signed in, and the page on which they answer it.

Being asked is the right, as it is of the link that they get by mail: the page is for the person
whom the case names, by their name or their address.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.http.auth.keys import Role
from api.http.kit.cases import parts_of
from api.http.kit.read_endpoint import AtLeast, ReadRequest
from api.http.kit.uploads import as_download, document_of
from api.http.server.responses import unwrap, wrap
from api.links.link import CaseLink
from api.pages.desk.frame import Amount, Reader, desk_page, reader
from api.pages.kit.page_route import PageRoute
from api.pages.kit.visitor import FilingVisitor, Visitor, filing, visitor
from api.pages.resolver.answering import Opened, Unfit, recorded
from api.pages.resolver.case import Case, LinkClosed
from api.pages.resolver.page import case_facts
from ledger.policy.refusal import NotFound
from ledger.policy.visibility import EVERYTHING
from projections.asked import APPROVE, ASKED, AskedRow, AskedView, Cursor, asked_of

router = APIRouter(include_in_schema=False, route_class=PageRoute)
WHO = (Role.RESOLVER, Role.COLLECTOR)
Asked = Annotated[Visitor, visitor(*WHO)]
Answering = Annotated[FilingVisitor, filing(*WHO)]
ROWS = 50
NOTHING: dict[str, str] = {}


@dataclass(frozen=True)
class Item:
    """A case on the list, over one invoice or several."""

    first: AskedRow
    debtor: str
    invoices: str
    amounts: list[Amount]
    approves: bool


@router.get("/mine")
async def mine(
    visitor: Asked,
    cursor: Annotated[str | None, Query(max_length=2000)] = None,
    at_least: AtLeast = 0,
) -> Response:
    """Show what waits for an answer of the person, the soonest first, and what they answered."""
    key, read = visitor.key, ReadRequest(visitor.request, visitor.app, at_least)
    query = asked_of(key.tenant_id, visitor.person.names, unwrap(cursor, Cursor), ROWS + 1)
    rows = await read.rows(key, query, ASKED)
    following = f"/mine?cursor={wrap(rows[ROWS - 1].cursor)}" if rows[ROWS:] else ""
    items = [*_items(rows[:ROWS], reader(visitor))]
    facts = {
        "waits": [item for item in items if not item.first.answered],
        "answered": [item for item in items if item.first.answered],
        "next": following,
    }
    return await desk_page(visitor, "desk/mine.html", "mine", facts)


@router.get("/mine/{case}")
async def ask(visitor: Asked, case: UUID) -> Response:
    """Show a case with the forms to answer it."""
    _, found = await _open(visitor, case)
    return await _page(visitor, found, NOTHING)


@router.post("/mine/{case}")
async def answer(visitor: Answering, case: UUID) -> Response:
    """Record the answer once, and show what happens next."""
    opened, found = await _open(visitor, case)
    form, words = visitor.filled, visitor.words
    try:
        entries = await visitor.app.run_in_thread(lambda: opened.answer(form, words))
    except LinkClosed as error:
        raise NotFound("no-dispute", case=case) from error
    except Unfit as unfit:
        return await _page(visitor, found, form.fields, *unfit.lines)
    lines, steps = recorded(words, form, found, entries)
    position = entries[-1].position if entries else 0
    facts = {
        "title": words("Thank you: your answer is recorded"),
        "lines": lines,
        "steps": steps,
        "list": f"/mine?at_least={position}" if position else "/mine",
    }
    return await desk_page(visitor, "desk/mine_thanks.html", "mine", facts)


@router.get("/mine/{case}/documents/{sha256}")
async def document(visitor: Asked, case: UUID, sha256: str) -> Response:
    """Send a document that the page names."""
    opened, found = await _open(visitor, case)
    numbers = [file.invoice for file in found.documents if file.sha256 == sha256]
    if not numbers:
        raise NotFound("no-document", document=sha256)
    content, name, media_type = await visitor.app.run_in_thread(
        lambda: document_of(opened.session, numbers[0], sha256, EVERYTHING)
    )
    return as_download(content, name, media_type, sha256)


async def _open(visitor: Visitor, case: UUID) -> tuple[Opened, Case]:
    """Return the case as the person is asked about it. Raises ``NotFound``, also for a case of
    which nothing is asked of them."""
    app, tenant, person = visitor.app, visitor.person.tenant_id, visitor.person
    invoices = [row.invoice for row in await parts_of(app, tenant, case)]
    for name in person.names if invoices else ():
        link = CaseLink(tenant, case, name)
        opened = Opened(visitor.tenant, link, invoices, via=str(person.person_id))
        try:
            return opened, await app.run_in_thread(opened.look)
        except LinkClosed:
            continue
    raise NotFound("no-dispute", case=case)


async def _page(visitor: Visitor, case: Case, given: dict[str, str], *wrong: str) -> Response:
    action = f"/mine/{case.link.case}"
    facts: dict[str, Any] = case_facts(visitor.words, case, action, given, *wrong)
    facts["csrf"] = visitor.csrf
    return await desk_page(visitor, "desk/mine_case.html", "mine", facts, 422 if wrong else 200)


def _items(views: Sequence[AskedView], r: Reader) -> Iterator[Item]:
    """Yield the cases of the rows, each with its invoices."""
    same = groupby(views, key=lambda view: (view.row.answered, view.row.case_id, view.row.what))
    for _, group in same:
        several = [*group]
        parts = [view.row for view in several]
        yield Item(
            first=parts[0],
            debtor=several[0].debtor_name or parts[0].debtor,
            invoices=", ".join(row.invoice for row in parts),
            amounts=[r.amount(row.amount, row.currency) for row in parts],
            approves=parts[0].what == APPROVE,
        )
