"""``/admin/sessions``, ``/admin/system`` and ``/admin/imports``: what runs, and what does not."""

from datetime import datetime
from functools import partial
from itertools import islice
from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Query
from starlette.responses import Response, StreamingResponse

from api.http.auth import web_sessions
from api.http.routes.jobs import find_job, rejects_of
from api.http.server.responses import as_attachment, unwrap, wrap
from api.i18n.import_reasons import import_reason
from api.importing import jobs
from api.importing.jobs import Job, state_of
from api.importing.options import ImportOptions
from api.importing.summary import Counts
from api.pages.admin.frame import admin_page, log
from api.pages.kit.page_route import PageRoute
from api.pages.kit.site import local, see_other
from api.pages.kit.visitor import Admin, Visitor, WritingAdmin
from ledger.engine.checkpoints import parked, progress
from ledger.store.entry_queries import head

router = APIRouter(include_in_schema=False, route_class=PageRoute)
ROWS, SHOWN = 50, 100  # jobs of a page, rejected lines of a job
BROWSERS = (  # the first sign counts: most browsers name others too
    *(("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome")),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    *(("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows")),
    *(("Mac OS", "macOS"), ("Linux", "Linux")),
)
Cursor = Annotated[str | None, Query(max_length=2000)]


def browser_of(given: str) -> str:
    """Return the names in what a browser says of itself; its beginning when none is known."""
    found = [next((word for sign, word in of if sign in given), "") for of in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, found)) or given[:60]


@router.get("/admin/sessions")
async def show_sessions(visitor: Admin) -> Response:
    """Show who is signed in, where and since when."""
    query = web_sessions.open_of(visitor.person.tenant_id, visitor.app.clock())
    rows = await visitor.app.query(query)
    facts = {"rows": rows, "mine": visitor.session.id, "browser_of": browser_of}
    return await admin_page(visitor, "sessions", facts)


@router.post("/admin/sessions/revocations")
async def revoke_session(visitor: WritingAdmin) -> Response:
    """End a session from the next request on."""
    id_, tenant = visitor.form.get("session", ""), visitor.person.tenant_id

    def revoke() -> str | None:
        with visitor.app.pool.connection() as conn:
            return web_sessions.revoke(conn, tenant, id_, visitor.app.clock())

    if name := await visitor.app.run_in_thread(revoke):
        log(visitor, "session-revoked", name=name)
    return see_other(local(visitor.form.get("back", ""), "/admin/sessions"))


@router.get("/admin/system")
async def show_system(visitor: Admin) -> Response:
    """Show how far each read model is, and the books that could not be shown."""
    app, tenant = visitor.app, visitor.person.tenant_id
    rows = await app.query(progress(tenant, app.clock()))
    books = await app.query(parked(tenant, ROWS))
    last = await app.query(head(tenant))
    facts = {"rows": rows, "parked": books, "head": last[0] if last else 0}
    return await admin_page(visitor, "system", facts)


@router.get("/admin/imports")
async def show_imports(visitor: Admin, cursor: Cursor = None) -> Response:
    """Show the imports of the last 30 days, the latest first."""
    before = unwrap(cursor, tuple[datetime, UUID])
    query = jobs.list_all(visitor.person.tenant_id, before, ROWS + 1)
    found = await visitor.app.query(query)
    following = ""
    if len(found) > ROWS:
        last = found[ROWS - 1]
        following = "/admin/imports?cursor=" + wrap((last.asked_at, last.job_id))
    rows = [_shown(visitor, job) for job in found[:ROWS]]
    return await admin_page(visitor, "imports", {"rows": rows, "next": following})


@router.get("/admin/imports/{job}")
async def show_import(visitor: Admin, job: UUID) -> Response:
    """Show the progress of an import, and the first of its rejected lines."""
    found = await find_job(visitor.app, visitor.key, job)
    lines = list[dict[str, Any]]()
    async for content in rejects_of(visitor.app, found):
        wanted = islice(content.splitlines(), SHOWN - len(lines))
        lines += [msgspec.json.decode(line) for line in wanted]
        if len(lines) >= SHOWN:
            break
    why = partial(import_reason, visitor.words)
    facts = {**_shown(visitor, found), "lines": lines, "reason": why}
    return await admin_page(visitor, "import", facts)


@router.get("/admin/imports/{job}/rejects")
async def download_rejects(visitor: Admin, job: UUID) -> Response:
    """Send the rejected lines as JSON Lines."""
    found = await find_job(visitor.app, visitor.key, job)
    headers = {**as_attachment(f"{found.name}.rejects.jsonl"), "Cache-Control": "no-store"}
    content = rejects_of(visitor.app, found)
    return StreamingResponse(content, 200, headers, "application/x-ndjson")


def _shown(visitor: Visitor, job: Job) -> dict[str, Any]:
    share = 100 if job.ended_at and not job.failed else 100 * job.done // max(job.size, 1)
    return {
        "job": job,
        "state": state_of(job, visitor.app.clock()),
        "format": ImportOptions.model_validate_json(job.wanted).format,
        "counts": msgspec.json.decode(job.counts or "{}", type=Counts),
        "share": min(share, 100),
    }
