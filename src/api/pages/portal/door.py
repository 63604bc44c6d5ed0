"""How a debtor gets in: the dependencies of pages and of forms."""

from collections.abc import Sequence
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
from api.links.urls import portal_path
from api.pages.kit.visitor import session_of
from api.pages.portal import sessions
from api.pages.portal.forms import PortalForm, read_form
from api.pages.portal.guest import Guest, OnInvoice
from api.session import TenantSession
from ledger.database.tenants import UnknownTenant
from ledger.facts.books import DEBTOR
from ledger.facts.debtor import Debtor
from ledger.policy.references import NameKind
from ledger.policy.refusal import NotFound
from ledger.policy.visibility import speaks_for
from projections.names import rows_named

BY_LINK, SIGNED_IN = "portal link", "portal"  # how the security log names the road
SECURE, LOCAL = "__Host-dossier-portal", "dossier-portal-local"  # the prefix needs TLS


class SignInAgain(Exception):
    """No debtor is signed in at the portal of the tenant."""

    def __init__(self, tenant: str) -> None:
        super().__init__(tenant)
        self.tenant = tenant


async def on_invoice(request: Request, app: TheApp) -> OnInvoice:
    """Open an invoice. Raises ``NoSuchLink``, ``Expired``, ``SignInAgain`` or ``Problem``."""
    if "token" in request.path_params:
        guest, id_, path = await _by_link(request, app)
        guests = [guest]
    else:
        id_, guests = _id(request), await _signed_in(request, app)
        path = f"{guests[0].home}/invoices/{id_}"
    opened = await guests[0].run(lambda: _first_open(guests, id_, path))
    _note(opened.guest, opened.invoice.number)
    return opened


def _first_open(guests: Sequence[Guest], id_: UUID, path: str) -> OnInvoice:
    """Return the invoice as the guest sees it whose it is. Raises ``NoSuchLink``."""
    for guest in guests:
        try:
            return guest.open(id_, path)
        except NotFound:
            continue
    raise NoSuchLink


def _id(request: Request) -> UUID:
    try:
        return UUID(str(request.path_params["invoice"]))
    except ValueError:
        raise NoSuchLink from None


async def signed_in(request: Request, app: TheApp) -> Guest:
    """Return the debtor who signed in; of several the one that the address asks for."""
    guests = await _signed_in(request, app)
    wanted = request.query_params.get("debtor", "")
    guest = next((guest for guest in guests if guest.debtor.number == wanted), guests[0])
    _note(guest)
    return guest


async def _signed_in(request: Request, app: AppState) -> list[Guest]:
    """Return a guest for each debtor whom the address of the session speaks for."""
    tenant, secret = str(request.path_params["tenant"]), request.cookies.get(cookie_name(request))
    request.app.state.visits.take(network(current().address))
    session = await session_at(request, app, tenant)

    def find() -> tuple[str, list[Debtor]]:
        with app.pool.connection() as conn:
            address = sessions.find(conn, tenant, secret, app.clock()) if secret else None
        return address or "", debtors_of(session, address) if address else []

    address, debtors = await app.run_in_thread(find)
    if not debtors:
        raise SignInAgain(tenant)
    request.app.state.links.take((tenant, address))
    csrf, home = sessions.csrf_of(secret or ""), portal_path(tenant)
    return [
        Guest(app, request, session, debtor, address, csrf, home, others=debtors)
        for debtor in debtors
    ]


async def session_at(request: Request, app: AppState, tenant: str) -> TenantSession:
    """Return the session of a tenant with a portal. Raises ``NoSuchLink``."""
    if tenant not in request.app.state.portals:
        raise NoSuchLink
    try:
        return await app.run_in_thread(lambda: app.session(tenant))
    except UnknownTenant:
        raise NoSuchLink from None


def debtors_of(session: TenantSession, address: str) -> list[Debtor]:
    """Return the debtors whom an address speaks for, by their books: the read model lags."""
    with session.pool.connection() as conn:
        rows = rows_named(session.tenant, [address]).fetch(conn)
    numbers = dict.fromkeys(row.debtor for row in rows if row.kind == NameKind.MAIL)
    found: list[Debtor] = [session.ledger.book(DEBTOR, number).state for number in numbers]
    return [debtor for debtor in found if speaks_for(debtor, address)]


def cookie_name(request: Request) -> str:
    return SECURE if request.url.scheme == "https" else LOCAL


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


def _note(guest: Guest, invoice: str = "") -> None:
    """Let the logs name the look: by whom, of which debtor and invoice."""
    asked, via = current(), SIGNED_IN if guest.home else BY_LINK
    if not guest.staff:  # also with a session at the desk of another tenant
        asked.who, asked.role = {"via": via, "name": guest.person}, ""
    of = {"tenant": guest.session.tenant, "debtor": guest.debtor.number}
    asked.who = asked.who | of | ({"invoice": invoice} if invoice else {})
    asked.about = invoice or guest.debtor.number


async def acting(request: Request, on: Annotated[OnInvoice, Depends(on_invoice)]) -> "Acting":
    """Admit a form about an invoice. Raises ``OnlyLooking``, ``OutOfDate`` or ``Problem``."""
    form = await read_form(request)
    on.guest.check(form.fields.pop("csrf", ""))
    return Acting(on, form)


class Acting:
    """A debtor who sends a form about an invoice."""

    def __init__(self, on: OnInvoice, form: PortalForm) -> None:
        self.on, self.form = on, form


Signed = Annotated[Guest, Depends(signed_in)]
Looking = Annotated[OnInvoice, Depends(on_invoice)]
Sending = Annotated[Acting, Depends(acting)]
