"""How a debtor gets in: the dependencies of pages and of forms."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request

from api.http.auth.authentication import TheApp
from api.http.auth.rate_limit import network
from api.http.server.middleware import current
from api.http.server.state import AppState
from api.links.link import Expired, InvoiceLink, NoSuchLink
from api.links.tokens import invoice_of
from api.pages.kit.visitor import session_of
from api.pages.portal.forms import PortalForm, read_form
from api.pages.portal.guest import Guest, OnInvoice
from ledger.facts.books import DEBTOR
from ledger.facts.debtor import Debtor
from ledger.policy.refusal import NotFound
from ledger.policy.visibility import speaks_for

BY_LINK = "portal link"


async def on_invoice(request: Request, app: TheApp) -> OnInvoice:
    """Open an invoice. Raises ``NoSuchLink``, ``Expired``, ``NotFound`` or ``Problem``."""
    guest, id_, path = await _by_link(request, app)
    try:
        opened = await guest.run(lambda: guest.open(id_, path))
    except NotFound:
        raise NoSuchLink from None
    await _note(guest, opened.invoice.number)
    return opened


async def _by_link(request: Request, app: AppState) -> tuple[Guest, UUID, str]:
    token = str(request.path_params["token"])
    request.app.state.visits.take(network(current().address))
    link = await app.run_in_thread(partial(open_link, app, request, token))
    request.app.state.links.take(link)
    session = await app.run_in_thread(lambda: app.session(link.tenant))
    debtor: Debtor = await app.run_in_thread(lambda: session.ledger.book(DEBTOR, link.debtor).state)
    if not speaks_for(debtor, link.person):
        raise Expired(link)
    guest = Guest(
        app, request, session, debtor, link.person, staff=await _is_staff(request, app, link)
    )
    return guest, link.invoice, f"/i/{token}"


def open_link(app: AppState, request: Request, token: str) -> InvoiceLink:
    """Return what the token is for. Raises ``NoSuchLink``, or ``Expired`` with its link."""
    portals = request.app.state.portals
    try:
        link = invoice_of(app.pool, token, app.clock())
    except Expired as error:
        if error.link is None or error.link.tenant not in portals:
            raise NoSuchLink from error
        raise
    if link.tenant not in portals:
        raise NoSuchLink
    return link


async def _is_staff(request: Request, app: AppState, link: InvoiceLink) -> bool:
    """Return whether somebody of the creditor opens it, in the browser of their desk."""
    session = await session_of(request, app)
    return session is not None and session.person.tenant_id == link.tenant


async def _note(guest: Guest, invoice: str = "") -> None:
    """Let the security log name the look: by whom, of which debtor and invoice."""
    who = current().who if guest.staff else {"via": BY_LINK, "name": guest.person}
    of = {"tenant": guest.session.tenant, "debtor": guest.debtor.number}
    current().who = who | of | ({"invoice": invoice} if invoice else {})


async def acting(request: Request, on: Annotated[OnInvoice, Depends(on_invoice)]) -> "Acting":
    """Admit a form about an invoice. Raises ``OnlyLooking``, ``OutOfDate`` or ``Problem``."""
    form = await read_form(request)
    on.guest.check(form.fields.pop("csrf", ""))
    return Acting(on, form)


class Acting:
    """A debtor who sends a form about an invoice."""

    def __init__(self, on: OnInvoice, form: PortalForm) -> None:
        self.on, self.form = on, form


Looking = Annotated[OnInvoice, Depends(on_invoice)]
Sending = Annotated[Acting, Depends(acting)]
