"""``/outbox/letters``: print the letters that wait, and record that they are printed and posted."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.http.auth.keys import Role
from api.http.kit.read_endpoint import AtLeast, ReadRequest
from api.http.kit.uploads import as_download
from api.i18n.refusals import refusal_text
from api.pages.desk.act_routes import context_of
from api.pages.desk.frame import desk_page
from api.pages.kit.page_route import PageRoute
from api.pages.kit.site import see_other
from api.pages.kit.visitor import Visitor, WritingVisitor, visitor, writing
from api.postman.posted_letters import Sheet, merged, named, record_printed, sheets
from ledger.facts.codes import Channel
from ledger.policy.refusal import NotFound, Refused
from projections import outbox
from projections.outbox import OUTBOX

router = APIRouter(include_in_schema=False, route_class=PageRoute)
Printer = Annotated[Visitor, visitor(Role.COLLECTOR, all_units=True)]
PrinterForm = Annotated[WritingVisitor, writing(Role.COLLECTOR, all_units=True)]
Names = Annotated[list[str], Query(max_length=100)]
MOST = 50  # letters in a PDF


@router.get("/outbox/letters")
async def choose_letters(visitor: Printer, at_least: AtLeast = 0) -> Response:
    """Show the letters that wait, all ticked."""
    key, read = visitor.key, ReadRequest(visitor.request, visitor.app, at_least)
    query = outbox.to_send(key.tenant_id, Channel.LETTER, visitor.app.clock(), None, MOST)
    rows = await read.rows(key, query, OUTBOX)
    return await desk_page(visitor, "desk/letters.html", "outbox", {"rows": rows})


@router.get("/outbox/letters.pdf")
async def letters_pdf(visitor: Printer, letter: Names = []) -> Response:  # noqa: B006
    """Send the letters as one PDF; they do not count as printed yet."""
    run = visitor.app.run_in_thread
    found = await run(lambda: [s.letter for s in _sheets(visitor, letter) if s.letter])
    if not found:
        raise NotFound("no-message", message=", ".join(letter))
    whole = await run(lambda: merged(found))
    return as_download(whole, f"{visitor.today()}.pdf", "application/pdf", str(len(whole)))


@router.post("/outbox/letters")
async def print_letters(visitor: PrinterForm) -> Response:
    """Show what is to be printed; or record that it was, if it is what was shown."""
    form, run = visitor.form, visitor.app.run_in_thread
    if form.get("do") != "posted":
        return await _page(visitor, form.several.get("letter", []))
    marks = form.several.get("mark", [])
    seen = dict(zip(form.several.get("letter", []), marks, strict=False))
    session, context = visitor.tenant, context_of(visitor)
    try:
        if not seen:
            raise Refused("message-about-nothing", "letter")
        position = await run(lambda: record_printed(session, seen, context))
    except (Refused, NotFound) as error:
        return await _page(visitor, [*seen], {"": refusal_text(error, visitor.words)}, 409)
    return see_other(f"/outbox?printed={len(seen)}&at_least={position}")


def _sheets(visitor: Visitor, numbers: Sequence[str]) -> list[Sheet]:
    session = visitor.tenant
    return [*sheets(session, named(session, numbers)[:MOST])]


async def _page(
    visitor: Visitor,
    numbers: Sequence[str],
    faults: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    found = await visitor.app.run_in_thread(lambda: _sheets(visitor, numbers))
    facts: Mapping[str, Any] = {
        "printed": [sheet for sheet in found if sheet.letter],
        "left": [sheet for sheet in found if not sheet.letter],
        "faults": faults or {},
    }
    return await desk_page(visitor, "desk/letters_check.html", "outbox", facts, status)
