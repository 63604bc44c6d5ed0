"""``/sign-in``: by a code that was mailed, or by a link; and ``/sign-out``.

A page shows the same for an address that is known and for one that is not. A link only shows a
page with a button, as mail scanners open links.
"""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.background import BackgroundTask
from starlette.responses import Response

from api.http.auth import sign_in, web_sessions
from api.http.auth.authentication import TheApp
from api.http.auth.people import Person, of_address
from api.http.auth.rate_limit import network
from api.http.auth.sign_in import Try
from api.http.server import cookies
from api.http.server.middleware import current
from api.http.server.state import AppState
from api.i18n.translate import translation_for
from api.pages.kit.page_route import PageRoute, trouble
from api.pages.kit.posted import posted, sent_from_here
from api.pages.kit.site import local, render, see_other
from api.pages.kit.visitor import AnyWriter, StaleForm, cookie_name
from api.pages.sign_in import mail
from api.pages.sign_in.begin import begin_session, provider_cookie, record_failed, record_out
from api.pages.sign_in.provider_routes import signed_out

router = APIRouter(include_in_schema=False, route_class=PageRoute)
USED = "This link was used, or is too old. Ask for a new one."
NOT_THE_CODE = "That is not the code, or it is too old. After five tries ask for a new one."
Next = Annotated[str, Query(max_length=2000)]


@router.get("/sign-in")
async def ask(request: Request, next: Next = "/today") -> Response:
    """Ask for the mail address."""
    facts = {"next": local(next), "email": "", "wrong": "", "providers": _providers(request)}
    return render(request, "sign_in/address.html", translation_for(request), facts)


@router.post("/sign-in")
async def mail_code(request: Request, app: TheApp) -> Response:
    """Send a code to a known address, and ask for it."""
    form = await _form(request)
    email, words = form.get("email", "").casefold(), translation_for(request)
    facts = {
        "next": local(form.get("next", "")),
        "email": email,
        "wrong": "",
        "providers": _providers(request),
    }
    if "@" not in email or len(email) > 320:
        facts["wrong"] = words("That is not a mail address.")
        return render(request, "sign_in/address.html", words, facts, 422)
    if not mail.can_send():
        facts["wrong"] = words("No mail can be sent here. Ask your administrator for a link.")
        return render(request, "sign_in/address.html", words, facts, 503)
    secret = sign_in.new_secret()
    people = await app.query(of_address(email))
    page = render(request, "sign_in/code.html", words, facts | {"secret": secret})
    page.background = BackgroundTask(_send, app, people, secret)
    return page


@router.post("/sign-in/code")
async def check_code(request: Request, app: TheApp) -> Response:
    """Sign in by a code."""
    form, words = await _form(request), translation_for(request)
    code = "".join(form.get("code", "").split())
    secret = form.get("secret", "")

    def check() -> list[Try]:
        with app.pool.connection() as conn:
            return sign_in.by_code(conn, secret, code, app.clock())

    tried = await app.run_in_thread(check)
    for found in tried:
        if found.fits:
            person = found.person
            return await begin_session(app, request, person, form.get("next", ""), "code")
    for found in tried:
        person = found.person
        await record_failed(app, person.tenant_id, "code", "a wrong code", person)
    if not tried:
        await record_failed(app, "", "code", "no code is open")
    facts = {
        "next": local(form.get("next", "")),
        "email": form.get("email", ""),
        "secret": secret,
        "wrong": words(NOT_THE_CODE),
    }
    return render(request, "sign_in/code.html", words, facts, 422)


@router.get("/sign-in/link/{token}")
async def show_link(token: str, request: Request, app: TheApp) -> Response:
    """Show the button of a link. Nothing is used yet."""
    words = translation_for(request)

    def look() -> bool:
        with app.pool.connection() as conn:
            return sign_in.is_open(conn, token, app.clock())

    if not await app.run_in_thread(look):
        return trouble(request, words, 410, words(USED))
    return render(request, "sign_in/link.html", words, {"token": token})


@router.post("/sign-in/link/{token}")
async def use_link(token: str, request: Request, app: TheApp) -> Response:
    """Sign in by a link, once."""
    await _form(request)

    def use() -> Person | None:
        with app.pool.connection() as conn:
            return sign_in.by_link(conn, token, app.clock())

    person = await app.run_in_thread(use)
    if person is None:
        words = translation_for(request)
        await record_failed(app, sign_in.tenant_of(token), "link", "used or too old")
        return trouble(request, words, 410, words(USED))
    return await begin_session(app, request, person, "/today", "link")


@router.post("/sign-out")
async def sign_out(visitor: AnyWriter) -> Response:
    """End the session; who came by a provider may end theirs at the provider too."""
    request = visitor.request
    await visitor.app.query(web_sessions.end(visitor.session, visitor.app.clock()))
    await record_out(visitor.app, visitor.person)
    by = request.cookies.get(provider_cookie(request), "")
    answer = await signed_out(request, by) or see_other("/sign-in")
    for name in (cookie_name(request), provider_cookie(request)):
        cookies.drop(answer, request, name)
    return answer


def _providers(request: Request) -> list[tuple[str, str]]:
    """Return the names and labels of the providers."""
    found = request.app.state.providers.by_name
    return [(name, provider.label) for name, provider in found.items()]


async def _form(request: Request) -> dict[str, str]:
    """Read a form of somebody who is not signed in. Raises ``StaleForm`` from another site."""
    request.app.state.sign_ins.take(network(current().address))
    if not sent_from_here(request):
        raise StaleForm
    return await posted(request)


def _send(app: AppState, people: list[Person], secret: str) -> None:
    """Mail a code to each firm that the address belongs to; they share the browser's secret."""
    for person in people:
        with app.pool.connection() as conn:
            code = sign_in.begin(conn, person, app.clock(), secret)
        if code:
            mail.send(person, code)
