"""The views of the list of today: those that everybody has, and those that people keep."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from api.http.auth import own_views
from api.http.auth.keys import Role
from api.http.server.problems import Problem
from api.pages.kit.page_route import STALE, PageRoute
from api.pages.kit.site import local, see_other
from api.pages.kit.visitor import Visitor, WritingVisitor, writing
from ledger.facts.codes import TaskKind
from projections.desk import MOST, counts_of_views

router = APIRouter(include_in_schema=False, route_class=PageRoute)
Keeper = Annotated[WritingVisitor, writing(Role.COLLECTOR, Role.AUDITOR, Role.RESOLVER)]
FILTERS = ("collector", "business_unit", "action", "debtor")
LONGEST = 60  # characters of a name
NOT_KEPT = "Choose another name: this view was not kept. There can be 20."
VIEWS: dict[str, dict[str, str]] = {  # that everybody has
    "Everything": {},
    "Broken promises": {"action": TaskKind.BROKEN_PROMISE},
    "Disputes to decide": {"action": TaskKind.DECIDE_DISPUTE},
    "Debtors to answer": {"action": TaskKind.ANSWER_DEBTOR},
    "Unallocated money": {"action": TaskKind.ALLOCATE_MONEY},
}


@dataclass(frozen=True)
class View:
    """A view as the list shows it; ``id`` is of a person's own."""

    name: str
    address: str
    here: bool
    id: UUID | None = None
    count: str = ""


def address_of(filters: Mapping[str, str], by: str = "debtor", cursor: str = "") -> str:
    """Return the address of the list with these filters."""
    shown = {name: value for name, value in filters.items() if value}
    shown |= {"by": by} if by != "debtor" else {}
    shown |= {"cursor": cursor} if cursor else {}
    return "/today" + (f"?{urlencode(shown)}" if shown else "")


def filters_of(address: str) -> dict[str, str]:
    """Return the filters in an address of the list. Raises ``Problem`` for any other address: to
    ignore a filter would mean the whole list."""
    path, _, query = address.partition("?")
    given = dict(parse_qsl(query))
    found = {name: given[name] for name in FILTERS if given.get(name)}
    if path != "/today" or any("\0" in value or len(value) > 200 for value in found.values()):
        raise Problem("invalid", STALE)
    return found


async def views_of(visitor: Visitor, filters: Mapping[str, str]) -> list[View]:
    """Return all views; a person's own with the number of their tasks, counted together."""
    given = {name: value for name, value in filters.items() if value}
    found = [View(name, address_of(of), of == given) for name, of in VIEWS.items()]
    own = await visitor.app.query(own_views.of_person(visitor.person))
    if not own:
        return found
    query = counts_of_views(
        visitor.person.tenant_id,
        visitor.today(),
        [view.filters for view in own],
        scope=visitor.key.scope,
    )
    for view, tasks in zip(own, await visitor.app.query(query), strict=True):
        count = f"{MOST - 1}+" if tasks == MOST else str(tasks)
        here = view.filters == given
        found.append(View(view.name, address_of(view.filters), here, view.view_id, count))
    return found


@router.post("/views")
async def keep(visitor: Keeper) -> Response:
    """Keep the filters of the list as a view."""
    filters, name = filters_of(visitor.form.get("back", "")), _name(visitor)

    def save() -> own_views.OwnView | None:
        with visitor.app.pool.connection() as conn:
            return own_views.save(conn, visitor.person, name, filters, visitor.app.clock())

    if not filters or not name or not await visitor.app.run_in_thread(save):
        raise Problem("invalid", visitor.words(NOT_KEPT))
    return see_other(address_of(filters))


@router.post("/views/{view}/name")
async def rename(visitor: Keeper, view: UUID) -> Response:
    """Give a view another name."""
    name = _name(visitor)

    def change() -> bool:
        with visitor.app.pool.connection() as conn:
            return own_views.rename(conn, visitor.person, view, name)

    if not name or not await visitor.app.run_in_thread(change):
        raise Problem("invalid", visitor.words(NOT_KEPT))
    return see_other(local(visitor.form.get("back", "")))


@router.post("/views/{view}/deletion")
async def delete(visitor: Keeper, view: UUID) -> Response:
    """Delete a view; the tasks in it stay."""

    def remove() -> None:
        with visitor.app.pool.connection() as conn:
            own_views.delete(conn, visitor.person, view)

    await visitor.app.run_in_thread(remove)
    return see_other(local(visitor.form.get("back", "")))


def _name(visitor: WritingVisitor) -> str:
    return " ".join(visitor.form.get("name", "").split())[:LONGEST]
