"""``/today/aside``: what was put aside, until when and why, and how to take it up before."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.http.auth.keys import Role
from api.http.kit.read_endpoint import AtLeast, ReadRequest
from api.http.kit.task_ids import encode
from api.http.server.responses import unwrap, wrap
from api.pages.desk.frame import desk_page
from api.pages.kit.page_route import PageRoute
from api.pages.kit.visitor import Visitor, visitor
from projections import aside
from projections.aside import ASIDE

router = APIRouter(include_in_schema=False, route_class=PageRoute)
Busy = Annotated[Visitor, visitor(Role.COLLECTOR, Role.AUDITOR)]
ROWS = 50


@router.get("/today/aside")
async def put_aside(
    visitor: Busy,
    collector: Annotated[str, Query(max_length=200)] = "",
    cursor: Annotated[str | None, Query(max_length=2000)] = None,
    at_least: AtLeast = 0,
) -> Response:
    """Show the tasks that were put aside, those that return first at the top."""
    key, read = visitor.key, ReadRequest(visitor.request, visitor.app, at_least)
    query = aside.waiting(
        key.tenant_id,
        visitor.today(),
        collector or None,
        unwrap(cursor, aside.Cursor),
        ROWS + 1,
        scope=key.scope,
    )
    rows = await read.rows(key, query, ASIDE)
    following = ""
    if len(rows) > ROWS:
        following = "/today/aside?cursor=" + wrap(aside.behind(rows[ROWS - 1]))
    facts: dict[str, Any] = {
        "rows": [(encode(row.book_id, row.item), row) for row in rows[:ROWS]],
        "next": following,
        "may_act": visitor.may_act,
    }
    return await desk_page(visitor, "desk/aside.html", "today", facts)
