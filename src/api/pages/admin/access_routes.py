"""``/admin/access``: the access log."""

from datetime import datetime
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.environment import limit
from api.http.server.responses import unwrap, wrap
from api.pages.admin.frame import admin_page
from api.pages.kit.page_route import PageRoute
from api.pages.kit.visitor import Admin
from ledger.database import access_log

router = APIRouter(include_in_schema=False, route_class=PageRoute)
ROWS = 50
WORDS = {
    "signed-in": "Signed in",
    "sign-in-failed": "Sign-in failed",
    "signed-out": "Signed out",
    "refused": "Refused",
    "looked": "Looked",
    "purged": "Deleted",
}
TONES = {"sign-in-failed", "refused"}
MEANS = {"code": "by a code", "link": "by a link", "key": "by an API key"}
Filter = Annotated[str, Query(max_length=200)]


@router.get("/admin/access")
async def show_accesses(
    visitor: Admin,
    event: Filter = "",
    who: Filter = "",
    cursor: Annotated[str | None, Query(max_length=2000)] = None,
) -> Response:
    """Show who signed in, was refused, and looked from outside, the latest first."""
    known = event if event in WORDS else ""
    after = unwrap(cursor, tuple[datetime, UUID])
    tenant, name = visitor.person.tenant_id, who.replace("\0", "").strip()
    query = access_log.find(tenant, ROWS + 1, after, known or None, name or None)
    rows = await visitor.app.query(query)
    chosen = {part: value for part, value in (("event", known), ("who", name)) if value}
    following = ""
    if len(rows) > ROWS:
        last = rows[ROWS - 1]
        more = chosen | {"cursor": wrap((last.at, last.entry_id))}
        following = f"/admin/access?{urlencode(more)}"
    facts = {
        "rows": rows[:ROWS],
        "next": following,
        "event": known,
        "who": name,
        "words": WORDS,
        "tones": TONES,
        "means": MEANS,
        "days": limit("DOSSIER_ACCESS_LOG_DAYS"),
    }
    return await admin_page(visitor, "access", facts)
