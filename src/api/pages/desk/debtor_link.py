"""``/invoices/{id}/debtor-link``: the debtor's own link, to look by or to send to them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from api.http.auth.keys import Role
from api.http.kit.command_routes import visible_book
from api.http.server import security_log
from api.links.link import InvoiceLink
from api.links.urls import invoice_url, public_url
from api.pages.desk.frame import desk_page
from api.pages.kit.page_route import PageRoute
from api.pages.kit.visitor import Visitor, WritingVisitor, writing
from ledger.facts.books import DEBTOR, INVOICE
from ledger.facts.codes import Channel
from ledger.facts.debtor import Debtor
from ledger.policy.reachability import can_reach
from ledger.policy.refusal import NotFound, Refused

router = APIRouter(include_in_schema=False, route_class=PageRoute)
Linking = Annotated[WritingVisitor, writing(Role.COLLECTOR, all_units=True)]


def has_link(visitor: Visitor, debtor: Debtor | None) -> bool:
    """Return whether the visitor may have the debtor's link: there is a portal, and an address."""
    with_portal = visitor.request.app.state.portals
    open_here = visitor.person.tenant_id in with_portal and bool(public_url())
    known = debtor is not None and can_reach(debtor, Channel.EMAIL)
    return visitor.may_write and open_here and known


@router.post("/invoices/{invoice}/debtor-link")
async def show_link(visitor: Linking, invoice: UUID) -> Response:
    """Make a link as our messages have it, and show it. That is a line of the security log."""
    app, tenant, run = visitor.app, visitor.tenant, visitor.app.run_in_thread
    found = await visible_book(app, visitor.key, INVOICE, invoice)
    if found is None:
        raise NotFound("no-invoice", invoice=invoice)
    debtor = await run(lambda: tenant.ledger.book(DEBTOR, found.debtor).state)
    if not has_link(visitor, debtor):
        raise Refused("debtor-not-reachable", channel="portal")
    link = InvoiceLink(
        visitor.person.tenant_id, invoice, found.debtor, (debtor.email or "").lower()
    )
    url = await run(lambda: invoice_url(tenant.pool, link, app.clock()))
    key = visitor.key
    security_log.write("link-made", **key.who, debtor=found.debtor, invoice=found.number)
    facts = {"number": found.number, "id": invoice, "url": url, "email": debtor.email}
    return await desk_page(visitor, "desk/debtor_link.html", "invoices", facts)
