"""The outbox: what waits to be sent, why it does not go, and each message as it would be sent."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.http.auth.keys import Role
from api.http.kit.read_endpoint import AtLeast, ReadRequest
from api.http.kit.uploads import as_download
from api.http.server.responses import unwrap, wrap
from api.pages.desk.frame import desk_page
from api.pages.desk.outbox_acts import waiting_message
from api.pages.kit.page_route import PageRoute
from api.pages.kit.site import local
from api.pages.kit.visitor import Visitor, visitor
from api.postman.email.compose import Mail
from api.postman.render import render
from api.postman.status import troubles_of
from api.postman.templates import BadTemplate
from ledger.database.documents import CorruptDocument
from ledger.policy.refusal import NotFound
from projections import outbox
from projections.outbox import OUTBOX

router = APIRouter(include_in_schema=False, route_class=PageRoute)
Sorter = Annotated[Visitor, visitor(Role.COLLECTOR)]
Cursor = Annotated[str | None, Query(max_length=2000)]
Back = Annotated[str, Query(max_length=2000)]
ROWS = 50


@router.get("/outbox")
async def show_outbox(
    visitor: Sorter,
    cursor: Cursor = None,
    printed: Annotated[int, Query(ge=0)] = 0,
    at_least: AtLeast = 0,
) -> Response:
    """Show what waits to be sent, and what could not be."""
    key, read = visitor.key, ReadRequest(visitor.request, visitor.app, at_least)
    after = unwrap(cursor, outbox.Cursor)
    query = outbox.find(key.tenant_id, None, after, ROWS + 1)
    rows = await read.rows(key, query, OUTBOX) if key.scope.is_everything else []
    following = ""
    if len(rows) > ROWS:
        following = "/outbox?cursor=" + wrap(outbox.behind(rows[ROWS - 1]))
    troubles = await visitor.app.run_in_thread(lambda: _troubles(visitor)) if rows else []
    facts: dict[str, Any] = {
        "rows": rows[:ROWS],
        "next": following,
        "troubles": troubles,
        "letters": any(row.channel == "letter" and row.status == "asked" for row in rows),
    }
    if printed:
        posted = ("1 letter is posted.", "{count} letters are posted.")
        facts["done"] = visitor.words.number_of(printed, *posted)
    return await desk_page(visitor, "desk/outbox.html", "outbox", facts)


@router.get("/outbox/{message}")
async def show_message(visitor: Sorter, message: UUID, back: Back = "/outbox") -> Response:
    """Show a message as it would be sent now, without the token of its answer link."""
    facts = await visitor.app.run_in_thread(lambda: _message(visitor, message))
    return await desk_page(
        visitor, "desk/outgoing.html", "outbox", facts | {"leads_back": local(back, "/outbox")}
    )


@router.get("/outbox/{message}/letter")
async def show_letter(visitor: Sorter, message: UUID) -> Response:
    """Send the PDF of a letter that waits, as a download; it does not count as printed."""

    def made() -> Any:
        return render(visitor.tenant, waiting_message(visitor, message), hidden=True)

    letter = await visitor.app.run_in_thread(made)
    if isinstance(letter, Mail):
        raise NotFound("no-message", message=message)
    return as_download(letter.pdf, letter.name, "application/pdf", str(message))


def _message(visitor: Visitor, id_: UUID) -> dict[str, Any]:
    pending = waiting_message(visitor, id_)
    shown = {"id": id_, "message": pending.message, "asked": pending.asked}
    shown["invoices"] = pending.invoices
    try:
        made = render(visitor.tenant, pending, hidden=True)
    except (BadTemplate, CorruptDocument) as error:
        return shown | {"made": None, "fault": str(error), "to": pending.asked.to, "files": ()}
    is_mail = isinstance(made, Mail)
    files = [file.name for file in made.attached] if isinstance(made, Mail) else []
    to = made.recipients if isinstance(made, Mail) else made.to
    return shown | {"made": made, "fault": "", "to": to, "files": files, "is_letter": not is_mail}


def _troubles(visitor: Visitor) -> list[tuple[str, str]]:
    with visitor.tenant.pool.connection() as conn:
        return troubles_of(conn, visitor.key.tenant_id)
