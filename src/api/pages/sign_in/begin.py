"""What every sign-in has, however it is done: the session that it begins, and the two logs."""

from dataclasses import replace
from datetime import timedelta

from fastapi import Request
from starlette.responses import Response

from api.http.auth import web_sessions
from api.http.auth.people import Person
from api.http.server import cookies, security_log
from api.http.server.middleware import current
from api.http.server.state import AppState
from api.pages.kit.site import local, see_other
from api.pages.kit.visitor import cookie_name, home_of
from ledger.database import access_log
from ledger.database.access_log import Access


async def record(app: AppState, access: Access) -> None:
    """Add the line to the access log, with where the request comes from."""
    asked = current()
    access = replace(access, address=asked.address, request=asked.id)
    await app.query(access_log.note(access, app.clock()))


async def record_out(app: AppState, person: Person) -> None:
    """Record in both logs that somebody signed out."""
    security_log.write("signed-out", **person.key.who)
    await record(app, _of(person, "signed-out"))


async def record_failed(
    app: AppState, tenant: str, how: str, why: str, person: Person | None = None
) -> None:
    """Record in both logs a sign-in that failed. A tenant that nobody knows has no log."""
    more = {"tenant": tenant, "why": why[:300]} if tenant else {}
    security_log.write("sign-in-failed", address=current().address, how=how, **more)
    access = Access(tenant, "sign-in-failed", how=how, what=why)
    if person:
        access = replace(access, who=person.name, role=person.role)
    await record(app, access)


def _of(person: Person, event: str, how: str = "") -> Access:
    return Access(person.tenant_id, event, person.name, person.role, how)


async def begin_session(
    app: AppState, request: Request, person: Person, back: str, how: str, provider: str = ""
) -> Response:
    """Begin a new session and lead back. The session that the browser had ends.

    The browser keeps which provider signed them in, so that they can sign out there too.
    """
    browser = request.headers.get("user-agent", "")
    before = request.cookies.get(cookie_name(request), "")

    def begin() -> str:
        with app.pool.connection() as conn:
            return web_sessions.begin(conn, person, app.clock(), browser, before)

    secret = await app.run_in_thread(begin)
    security_log.write(
        "signed-in", **person.key.who, role=person.role, how=how, address=current().address
    )
    await record(app, _of(person, "signed-in", how))
    home = home_of(person)
    answer = see_other(home if back == "/today" else local(back, home))
    cookies.keep(answer, request, cookie_name(request), secret, web_sessions.LONGEST)
    lasts = web_sessions.LONGEST if provider else timedelta()
    cookies.keep(answer, request, provider_cookie(request), provider, lasts)
    return answer


def provider_cookie(request: Request) -> str:
    return f"{cookie_name(request)}.provider"
