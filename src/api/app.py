"""The application. Every part is made here once and passed on; only the routes are global."""

import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, FastAPI
from fastapi_offline import FastAPIOffline

from api import worker
from api.http.auth.authentication import KeyCache
from api.http.auth.rate_limit import PER_MINUTE
from api.http.kit.direct_road import DirectRoad
from api.http.kit.fast_route import FastRoute, only_reads
from api.http.kit.live_streams import Streams
from api.http.kit.query_parameters import only_known
from api.http.routes import (
    access_log,
    agenda_read,
    agenda_write,
    bank,
    checks,
    creditor,
    debtors_read,
    debtors_write,
    disputes_open,
    disputes_preview,
    disputes_read,
    disputes_write,
    documents,
    events,
    handoffs,
    health,
    imports,
    inbox,
    inbox_documents,
    invoices_read,
    invoices_write,
    jobs,
    keys,
    outbox,
    playbook,
    reports,
    search,
    why,
)
from api.http.server import problems
from api.http.server.middleware import ContextMiddleware
from api.http.server.state import open_app_state
from api.links.urls import portals
from api.pages.admin import (
    access_routes,
    firm_routes,
    key_routes,
    people_routes,
    person_routes,
    system_routes,
)
from api.pages.contact import routes as public
from api.pages.contact.limits import Limits
from api.pages.desk import (
    act_routes,
    aside,
    bulk,
    columns,
    debtor,
    debtor_link,
    invoice,
    letters,
    lists,
    live,
    me,
    mine,
    money,
    new_dispute,
    remind,
    since,
    statement,
    today,
    undo,
    views,
)
from api.pages.desk import bank as bank_page
from api.pages.desk import documents as document_pages
from api.pages.desk import inbox as inbox_page
from api.pages.desk import messages as message_pages
from api.pages.desk import outbox as outbox_page
from api.pages.desk import reports as report_pages
from api.pages.desk.changes import Changes
from api.pages.importing import draft_routes, job_routes, upload_routes
from api.pages.kit import static
from api.pages.kit.limits import LinkLimits
from api.pages.kit.page_route import PageRoute
from api.pages.playbook import routes as playbook_pages
from api.pages.portal import (
    account_routes,
    dispute_routes,
    fresh_routes,
    sign_in_routes,
)
from api.pages.portal import (
    act_routes as portal_acts,
)
from api.pages.portal import (
    routes as portal_pages,
)
from api.pages.resolver import calendar, routes
from api.pages.sign_in import provider_routes
from api.pages.sign_in import routes as sign_in
from api.pages.texts import routes as text_pages
from api.session import now, prepare_database
from api.whatsapp import routes as whatsapp
from api.whatsapp.settings import settings as whatsapp_settings

READS = (  # requested most often, so matched first
    *(agenda_read, invoices_read, disputes_read, debtors_read),
    *(reports, jobs, events, why, checks, search),
)
OTHERS = (
    *(health, invoices_write, documents, disputes_open, disputes_preview, disputes_write),
    *(debtors_write, agenda_write, handoffs, imports, bank, inbox, inbox_documents),
    *(playbook, creditor, outbox, keys, access_log),
)
PAGES = (  # their addresses may come back with more parameters
    *(routes, calendar, whatsapp, public, static, sign_in, provider_routes),
    *(portal_pages, dispute_routes, portal_acts, fresh_routes, sign_in_routes, account_routes),
    *(today, columns, live, aside, since, views, undo, me, mine, bulk),
    *(inbox_page, letters, outbox_page, new_dispute, lists, invoice),
    *(debtor, statement, money, bank_page, report_pages),
    *(document_pages, message_pages, remind, debtor_link, act_routes),
    *(
        playbook_pages,
        people_routes,
        person_routes,
        firm_routes,
        key_routes,
        access_routes,
        system_routes,
    ),
    *(upload_routes, job_routes, draft_routes, text_pages),
)
ROUTES = APIRouter()  # what FastAPI works out of them, it works out once for all applications
for part in (*READS, *OTHERS):
    ROUTES.include_router(part.router, dependencies=[Depends(only_known)])
for page in PAGES:
    ROUTES.include_router(page.router)
DIRECT = DirectRoad(
    route
    for part in (*READS, *PAGES)
    for route in part.router.routes
    if isinstance(route, FastRoute | PageRoute) and only_reads(route)
)
ABOUT = """The file of every unpaid invoice: asked, answered, promised, disputed, solved, paid.

Every request carries an API key: `Authorization: Bearer dossier_…` (`dossier user add`). Every
write takes an `Idempotency-Key` and answers the `position` it was written at; every read takes
`at_least=position` and then shows it. A refusal is `application/problem+json` (RFC 9457)."""


def create_app(
    url: str,
    clock: Callable[[], datetime] = now,
    with_worker: bool = True,
    a_minute: int = PER_MINUTE,
    watch_port: int | None = None,
) -> FastAPI:
    """Build the application; ``with_worker`` runs the worker in this process too, ``a_minute``
    limits the requests of a key, only ``watch_port`` shows metrics and readiness."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await run_sync(prepare_database, url, clock())
        stop = threading.Event()
        runs = threading.Thread(target=worker.run, args=(url, stop, clock), name="worker")
        if with_worker:
            runs.start()
        try:
            async with open_app_state(url, clock) as app.state.shared:
                yield
        finally:
            app.state.stopping.set()
            stop.set()
            if with_worker:
                await run_sync(runs.join)

    app = FastAPIOffline(
        title="Dossier",
        description=ABOUT,
        version="1",
        lifespan=lifespan,
        redoc_url=None,
        routes=ROUTES.routes,
        redirect_slashes=False,  # a redirect would repeat the Host that was sent
    )
    app.state.keyring = KeyCache(a_minute)
    app.state.stopping = threading.Event()  # ends the live streams
    app.state.streams, app.state.changes = Streams(), Changes()
    app.state.whatsapp = whatsapp_settings()
    app.state.public, app.state.limits = public.open_to(), Limits()
    app.state.providers = provider_routes.Providers()
    app.state.portals, app.state.visits = portals(), LinkLimits(a_minute=240)
    app.state.fresh = LinkLimits(a_minute=1)
    app.state.links, app.state.sign_ins = LinkLimits(), LinkLimits(a_minute=20)
    app.add_middleware(ContextMiddleware, direct=DIRECT.find, watch_port=watch_port)
    problems.install(app)
    return app
