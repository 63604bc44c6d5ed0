"""The session that a sign-in begins, however somebody signed in."""

from fastapi import Request
from starlette.responses import Response

from api.http.auth import web_sessions
from api.http.auth.people import Person
from api.http.server import security_log
from api.http.server.middleware import current
from api.http.server.state import AppState
from api.pages.kit.site import local, see_other
from api.pages.kit.visitor import cookie_name, home_of


async def begin_session(
    app: AppState, request: Request, person: Person, back: str, how: str
) -> Response:
    """Begin a new session and lead back. The session that the browser had ends."""
    browser = request.headers.get("user-agent", "")
    before = request.cookies.get(cookie_name(request), "")

    def begin() -> str:
        with app.pool.connection() as conn:
            return web_sessions.begin(conn, person, app.clock(), browser, before)

    secret = await app.run_in_thread(begin)
    security_log.write(
        "signed-in", **person.key.who, role=person.role, how=how, address=current().address
    )
    home = home_of(person)
    answer = see_other(home if back == "/today" else local(back, home))
    answer.set_cookie(
        cookie_name(request),
        secret,
        path="/",
        max_age=int(web_sessions.LONGEST.total_seconds()),
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    return answer
