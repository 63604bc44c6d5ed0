"""The access log: who signed in, was refused, and looked at personal data from outside."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.http.auth.authentication import Admin
from api.http.kit.read_endpoint import NEXT, Name, Paging, documented
from api.http.kit.route import Route
from ledger.database import access_log
from ledger.database.access_log import AccessRow

router = APIRouter(prefix="/v1", tags=["keys"], route_class=Route)
Event = Literal["signed-in", "sign-in-failed", "signed-out", "refused", "looked", "purged"]


@router.get("/access-log", responses=documented(list[AccessRow], NEXT))
async def list_accesses(
    key: Admin,
    page: Paging,
    event: Annotated[Event | None, Query(description="What happened.")] = None,
    who: Name = None,
    since: Annotated[datetime | None, Query(description="The first moment.")] = None,
) -> Response:
    """Return the lines of the access log, the latest first."""
    after = page.after(tuple[datetime, UUID])
    query = access_log.find(key.tenant_id, page.limit, after, event, who, since)
    rows = await page.app.query(query)
    return page.page(rows, lambda row: (row.at, row.entry_id))
