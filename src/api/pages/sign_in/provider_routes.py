"""``/sign-in/with/…``: by a provider, such as the firm's own accounts (OpenID Connect)."""

from dataclasses import dataclass, field
from typing import Annotated

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import APIRouter, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from api.http.auth import oidc, people
from api.http.auth.authentication import TheApp
from api.http.auth.oidc import Attempt, Client, Unreachable, Wrong
from api.http.auth.people import NotAdmitted, Person
from api.http.auth.providers import NoRole, Provider, settings
from api.http.auth.rate_limit import network
from api.http.server import cookies
from api.http.server.middleware import current
from api.http.server.state import AppState
from api.i18n.translate import translation_for
from api.links.urls import public_url
from api.pages.kit.page_route import PageRoute
from api.pages.kit.posted import sent_from_here
from api.pages.kit.site import local, render, see_other
from api.pages.kit.visitor import cookie_name
from api.pages.sign_in.begin import begin_session, record_failed

router = APIRouter(include_in_schema=False, route_class=PageRoute)
Next = Annotated[str, Query(max_length=2000)]
FAILED = "The sign-in did not succeed. Begin it again."
WHY = {
    "cancelled": "You ended the sign-in at {provider}.",
    "unreachable": "{provider} does not answer. Try again in a minute.",
    "no-name": "{provider} does not state your name. Ask your administrator to let it.",
    "no-group": "{provider} knows you, but none of your groups has a role here. Ask your"
    " administrator for one.",
    "no-units": "{provider} does not state your business units. Ask your administrator to let it.",
    "ended": "Your access here has ended. An administrator can admit you again.",
    "name-taken": "Somebody else has your name here. Ask your administrator to end the other.",
}
STATUS = {"unreachable": 503}
ASKERS = 8  # threads of their own: a provider that does not answer holds up no write


@dataclass
class Providers:
    """The providers of the settings, by name, and what was found out about each."""

    by_name: dict[str, Provider] = field(default_factory=settings)
    clients: dict[str, Client] = field(default_factory=dict)
    askers: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(ASKERS))

    def find(self, name: str) -> tuple[Provider, Client]:
        """Return the provider. Raises ``HTTPException`` for one that nobody set."""
        if name not in self.by_name:
            raise HTTPException(404, "There is no such page")
        provider = self.by_name[name]
        returns_to = f"{public_url()}/sign-in/with/{name}/return"
        return provider, self.clients.setdefault(name, Client(provider, returns_to))


@router.get("/sign-in/with/{provider}")
async def begin(provider: str, request: Request, app: TheApp, next: Next = "/today") -> Response:
    """Send the browser to the provider; who comes from another site begins on our page."""
    settings, client = _asked(request, provider)
    if not sent_from_here(request):
        return see_other("/sign-in")

    def address() -> tuple[str, Attempt]:
        with app.pool.connection() as conn:
            attempt = oidc.begin(conn, settings, provider, local(next), app.clock())
        return client.address(attempt), attempt

    try:
        url, attempt = await run_sync(address, limiter=_askers(request))
    except Unreachable as error:
        return await _refused(app, request, settings, provider, "unreachable", str(error))
    answer = RedirectResponse(url, 303, {"Cache-Control": "no-store"})
    cookies.keep(answer, request, _cookie(request, provider), attempt.secret, oidc.VALID_FOR)
    return answer


@router.get("/sign-in/with/{provider}/return")
async def come_back(provider: str, request: Request, app: TheApp) -> Response:
    """Sign in who returns from the provider, if it is this browser that was sent there."""
    settings, client = _asked(request, provider)
    attempt = Attempt(request.cookies.get(_cookie(request, provider), ""))

    def check() -> tuple[Person, str]:
        return _signed_in(app, settings, client, provider, attempt, dict(request.query_params))

    try:
        person, back = await run_sync(check, limiter=_askers(request))
        answer = await begin_session(app, request, person, back, provider, provider)
    except (NoRole, NotAdmitted) as error:
        answer = await _refused(app, request, settings, provider, error.why, error.why)
    except Unreachable as error:
        answer = await _refused(app, request, settings, provider, "unreachable", str(error))
    except (Wrong, ValueError) as error:
        cancelled = request.query_params.get("error") == "access_denied"
        answer = await _refused(
            app, request, settings, provider, "cancelled" if cancelled else "failed", str(error)
        )
    cookies.drop(answer, request, _cookie(request, provider))
    return answer


async def signed_out(request: Request, name: str) -> Response | None:
    """Return the page that leads on to signing out at the provider too; None for no provider, and
    for one that cannot be asked or has no such page."""
    providers: Providers = request.app.state.providers
    if name not in providers.by_name:
        return None
    provider, client = providers.find(name)
    leads_back = f"{public_url()}/sign-in"
    try:
        address = await run_sync(client.end_address, leads_back, limiter=providers.askers)
    except Unreachable:
        return None
    facts = {"provider": provider.label, "address": address}
    words = translation_for(request)
    return render(request, "sign_in/out.html", words, facts) if address else None


def _signed_in(
    app: AppState,
    provider: Provider,
    client: Client,
    name: str,
    attempt: Attempt,
    given: dict[str, str],
) -> tuple[Person, str]:
    """Return who signs in, and the page to return to. The try is used up first."""
    at = app.clock()
    with app.pool.connection() as conn:
        back = oidc.use(conn, provider, name, attempt, at)
    claims = client.claims(attempt, given, at)
    identity = provider.identity(claims)
    with app.pool.connection() as conn:
        person = people.of_provider(
            conn, provider.tenant, provider.issuer, claims["sub"], identity, at
        )
    return person, back


def _asked(request: Request, name: str) -> tuple[Provider, Client]:
    """Count the request, and return the provider. Raises ``HTTPException`` and ``Problem``."""
    request.app.state.sign_ins.take(network(current().address))
    providers: Providers = request.app.state.providers
    return providers.find(name)


def _askers(request: Request) -> CapacityLimiter:
    providers: Providers = request.app.state.providers
    return providers.askers


def _cookie(request: Request, name: str) -> str:
    return f"{cookie_name(request)}-{name}"


async def _refused(
    app: AppState, request: Request, provider: Provider, name: str, code: str, detail: str
) -> Response:
    """Return the page that says why nobody is signed in; the detail is for the logs."""
    await record_failed(app, provider.tenant, name, detail)
    words = translation_for(request)
    why = words(WHY.get(code, FAILED), provider=provider.label)
    return render(request, "sign_in/refused.html", words, {"why": why}, STATUS.get(code, 403))
