"""``/portal/{tenant}/sign-in``: a debtor signs in by a code that is mailed to their known address.

A page shows the same for an address that is known and for one that is not.
"""

from fastapi import APIRouter, Request
from starlette.background import BackgroundTask
from starlette.responses import Response

from api.http.auth.authentication import TheApp
from api.http.auth.rate_limit import network
from api.http.server import cookies, security_log
from api.http.server.middleware import current
from api.http.server.state import AppState
from api.i18n.translate import Translation, translation_for
from api.links.urls import portal_path
from api.pages.kit.brand import brand_of
from api.pages.kit.html import render_page
from api.pages.kit.posted import posted, sent_from_here
from api.pages.kit.site import see_other
from api.pages.portal import mail, sessions
from api.pages.portal.door import Signed, cookie_name, debtors_of, session_at
from api.pages.portal.errors import PortalRoute
from api.pages.portal.guest import OutOfDate
from api.session import TenantSession

router = APIRouter(include_in_schema=False, route_class=PortalRoute)


@router.get("/portal/{tenant}/sign-in")
async def ask(tenant: str, request: Request, app: TheApp) -> Response:
    """Ask for the mail address."""
    session = await session_at(request, app, tenant)
    return await app.run_in_thread(lambda: _address(request, session))


@router.post("/portal/{tenant}/sign-in")
async def mail_code(tenant: str, request: Request, app: TheApp) -> Response:
    """Send a code to a known address, and ask for it."""
    session, form = await session_at(request, app, tenant), await _form(request)
    email, _ = form.get("email", "").casefold(), translation_for(request)
    if "@" not in email or len(email) > 320:
        wrong = _("That is not a mail address.")
        return await app.run_in_thread(lambda: _address(request, session, email, wrong, 422))
    if not mail.can_send():
        wrong = _("No mail can be sent at the moment. Please call us.")
        return await app.run_in_thread(lambda: _address(request, session, email, wrong, 503))
    secret = sessions.new_secret()
    page = await app.run_in_thread(lambda: _code(request, session, email, secret))
    page.background = BackgroundTask(_send, app, session, email, secret, _)
    return page


@router.post("/portal/{tenant}/sign-in/code")
async def check_code(tenant: str, request: Request, app: TheApp) -> Response:
    """Sign in by a code."""
    session, form = await session_at(request, app, tenant), await _form(request)
    code, secret = "".join(form.get("code", "").split()), form.get("secret", "")

    def check() -> tuple[str | None, str]:
        with app.pool.connection() as conn:
            address = sessions.use_code(conn, tenant, secret, code, app.clock())
            cookie = sessions.begin(conn, tenant, address, app.clock()) if address else ""
        return address, cookie

    address, cookie = await app.run_in_thread(check)
    if address is None:
        security_log.write("sign-in-failed", tenant=tenant, address=current().address, how="portal")
        _, email = translation_for(request), form.get("email", "")
        wrong = _("That is not the code, or it is too old. After five tries ask for a new one.")
        return await app.run_in_thread(lambda: _code(request, session, email, secret, wrong, 422))
    who = {"tenant": tenant, "name": address, "via": "portal"}
    security_log.write("signed-in", **who, address=current().address)
    answer = see_other(portal_path(tenant))
    cookies.keep(answer, request, cookie_name(request), cookie, sessions.LONGEST)
    return answer


@router.post("/portal/{tenant}/sign-out")
async def sign_out(tenant: str, guest: Signed, request: Request, app: TheApp) -> Response:
    """End the session."""
    form = await posted(request)
    guest.check(form.get("csrf", ""))
    secret = request.cookies.get(cookie_name(request), "")

    def end() -> None:
        with app.pool.connection() as conn:
            sessions.end(conn, tenant, secret, app.clock())

    await app.run_in_thread(end)
    security_log.write("signed-out", **current().who)
    answer = see_other(f"{portal_path(tenant)}/sign-in")
    cookies.drop(answer, request, cookie_name(request))
    return answer


async def _form(request: Request) -> dict[str, str]:
    """Read a form of somebody who is not signed in. Raises ``OutOfDate`` from another site."""
    request.app.state.sign_ins.take(network(current().address))
    if not sent_from_here(request):
        raise OutOfDate
    return await posted(request)


def _address(
    request: Request, session: TenantSession, email: str = "", wrong: str = "", status: int = 200
) -> Response:
    _, brand = translation_for(request), brand_of(session)
    title = _("See your invoices with {creditor}", creditor=brand.name)
    action = f"{portal_path(session.tenant)}/sign-in"
    facts = {"title": title, "action": action, "email": email, "wrong": wrong}
    return render_page("portal/sign_in.html", status, _, brand, **facts)


def _code(
    request: Request,
    session: TenantSession,
    email: str,
    secret: str,
    wrong: str = "",
    status: int = 200,
) -> Response:
    _ = translation_for(request)
    action = f"{portal_path(session.tenant)}/sign-in"
    facts = {
        "title": _("The code from your mail"),
        "action": action,
        "email": email,
        "secret": secret,
    }
    return render_page("portal/code.html", status, _, brand_of(session), **facts, wrong=wrong)


def _send(
    app: AppState, session: TenantSession, email: str, secret: str, words: Translation
) -> None:
    """Mail a code to an address that is on record of a debtor; to no other."""
    if not debtors_of(session, email):
        return
    with app.pool.connection() as conn:
        code = sessions.begin_code(conn, session.tenant, email, app.clock(), secret)
    if code is None:
        security_log.write("sign-in-failed", tenant=session.tenant, how="portal", why="too many")
        return
    lines = [
        words("The code is {code}. It is valid for 15 minutes, once.", code=code),
        words("Enter it on the page that is still open."),
        words("If you did not ask for it, nothing happens."),
    ]
    subject = words("{code} is your code to see your invoices", code=code)
    mail.send(session, email, subject, lines)
