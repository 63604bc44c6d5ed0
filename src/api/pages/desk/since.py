"""``/since``: what others did in a person's invoices since they last looked, exactly."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from api.digest import sentence
from api.http.auth import settings
from api.http.auth.keys import Role
from api.http.server.shown import shown_by_all
from api.pages.desk.frame import desk_page, reader, sentences
from api.pages.desk.timeline import by_day, face
from api.pages.kit.page_route import PageRoute
from api.pages.kit.site import see_other
from api.pages.kit.visitor import LIVE, Visitor, WritingVisitor, writing
from api.pages.kit.visitor import Reader as Seeing
from ledger.store.entry_queries import head
from projections import since

router = APIRouter(include_in_schema=False, route_class=PageRoute)
Looker = Annotated[WritingVisitor, writing(Role.COLLECTOR, Role.AUDITOR)]
MOST = 200  # entries on the page
SILENT = 1000  # entries without a change for a person, which need not be looked through again


@dataclass(frozen=True)
class News:
    """What changed, in a sentence, and from where to where it counts."""

    sentence: str
    after: int
    upto: int


async def news_for(visitor: Visitor) -> News | None:
    """Return what others did since the person last looked; None if nothing, or for a resolver,
    who has a page of what is asked. Who never looked begins now."""
    if not visitor.key.scope.is_of_units:
        return None
    tenant, app = visitor.person.tenant_id, visitor.app
    [upto] = await app.query(shown_by_all(tenant))
    mine = await visitor.settings()
    if mine.looked is None or mine.looked_at is None:
        await _begin_at(visitor, upto)
        return None
    if upto <= mine.looked:
        return None
    query = since.summary(tenant, visitor.person.names, mine.looked, upto, scope=visitor.key.scope)
    [found] = await app.query(query)
    if not found.changes:
        if upto - mine.looked > SILENT:
            await _begin_at(visitor, upto)
        return None
    r, words = reader(visitor), visitor.words
    day = r.local(mine.looked_at).date()
    when = words("today") if day == r.today else words.weekday(day, r.today)
    return News(
        sentence(found, when, upto - mine.looked > since.FURTHEST, words), mine.looked, upto
    )


async def _begin_at(visitor: Visitor, position: int) -> None:
    """Count from a position on, unless the page only reads itself again."""
    if LIVE not in visitor.request.headers:
        await visitor.app.query(settings.looked(visitor.person, position, visitor.app.clock()))


@router.get("/since")
async def changes(visitor: Seeing) -> Response:
    """Show what others did, the newest first. Looking alone moves nothing: the button does."""
    news, key, r = await news_for(visitor), visitor.key, reader(visitor)
    rows: list[since.Change] = []
    if news:
        query = since.changes(
            key.tenant_id, visitor.person.names, news.after, news.upto, MOST + 1, scope=key.scope
        )
        rows = await visitor.app.query(query)
    facts = {
        "news": news,
        "days": [*by_day(rows[:MOST], r)],
        "more": len(rows) > MOST,
        "sentences": await sentences(visitor, (row.position for row in rows[:MOST])),
        "face": face,
    }
    return await desk_page(visitor, "desk/since.html", "today", facts)


@router.post("/since")
async def seen(visitor: Looker) -> Response:
    """Record that the person looked, up to what the page showed."""
    given = visitor.form.get("upto", "")
    [last] = await visitor.app.query(head(visitor.person.tenant_id)) or [0]
    if given.isascii() and given.isdigit() and len(given) < 19:
        upto = min(int(given), last)
        await visitor.app.query(settings.looked(visitor.person, upto, visitor.app.clock()))
    return see_other("/today")
