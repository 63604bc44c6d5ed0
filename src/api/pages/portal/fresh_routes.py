"""``/i/{token}/fresh``: an ended link asks for a fresh one, which the known address alone gets."""

from functools import partial

from fastapi import APIRouter, Request
from starlette.background import BackgroundTask
from starlette.responses import Response

from api.http.auth.authentication import TheApp
from api.http.auth.rate_limit import network
from api.http.server import security_log
from api.http.server.middleware import current
from api.http.server.state import AppState
from api.i18n.translate import Translation, translation_for
from api.links.link import Expired, InvoiceLink, NoSuchLink
from api.links.urls import invoice_url
from api.pages.kit.html import notice_page
from api.pages.kit.posted import sent_from_here
from api.pages.portal import mail
from api.pages.portal.door import open_link
from api.pages.portal.errors import PortalRoute
from api.pages.portal.guest import OutOfDate
from ledger.facts.books import DEBTOR, INVOICE, kind_of_event, replay
from ledger.facts.codes import Channel
from ledger.facts.debtor import Debtor
from ledger.facts.invoice.state import Invoice
from ledger.policy.reachability import can_reach
from ledger.policy.visibility import scope_of_debtor

router = APIRouter(include_in_schema=False, route_class=PortalRoute)


@router.post("/i/{token}/fresh")
async def fresh(token: str, request: Request, app: TheApp) -> Response:
    """Send a fresh link to the address on record, and answer the same to everybody."""
    request.app.state.sign_ins.take(network(current().address))
    if not sent_from_here(request):
        raise OutOfDate
    try:
        link = await app.run_in_thread(partial(open_link, app, request, token))
    except Expired as error:
        if not isinstance(error.link, InvoiceLink):
            raise NoSuchLink from None
        link = error.link
    request.app.state.fresh.take(link)
    _ = translation_for(request)
    page = notice_page(
        _("A fresh link is on its way"),
        _("It is sent to the address that we know of you, if the invoice is still yours."),
        lang=_.language,
    )
    page.background = BackgroundTask(_send, app, link, _)
    return page


def _send(app: AppState, link: InvoiceLink, words: Translation) -> None:
    """Mail the link to the debtor's own address, for an invoice that is theirs still."""
    session = app.session(link.tenant)
    debtor: Debtor = session.ledger.book(DEBTOR, link.debtor).state
    entries = session.ledger.history(link.invoice)
    if not entries or kind_of_event(entries[0].event) is not INVOICE:
        return
    invoice: Invoice = replay(INVOICE, link.invoice, entries).state
    theirs = scope_of_debtor(debtor.number).sees(invoice)
    if not (theirs and can_reach(debtor, Channel.EMAIL)):
        return
    to = str(debtor.email).lower()
    again = InvoiceLink(link.tenant, invoice.id, debtor.number, to)
    url = invoice_url(session.pool, again, app.clock())
    if not url:
        return
    security_log.write("portal-link-sent", tenant=link.tenant, debtor=debtor.number)
    lines = [words("You asked for a fresh link to invoice {invoice}:", invoice=invoice.number), url]
    lines += [words("If you did not ask for it, nothing happens.")]
    mail.send(session, to, words("Link to invoice {invoice}", invoice=invoice.number), lines)
