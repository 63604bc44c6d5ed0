"""``/admin/firm``: the logo and the colour of the firm, which debtors and resolvers see."""

from base64 import b64encode
from collections.abc import Mapping
from functools import partial
from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from api.firm import creditor_of, keep_logo, logo_of
from api.i18n.refusals import refusal_text
from api.pages.admin.frame import admin_page
from api.pages.desk.act_routes import context_of
from api.pages.kit.page_route import PageRoute
from api.pages.kit.site import see_other
from api.pages.kit.visitor import Admin, FilingVisitor, Visitor, filing
from commands.command import Command
from commands.creditor import DescribeCreditor
from commands.execute import execute
from commands.logo import ShowLogo
from ledger.policy.logo import PNG, SVG
from ledger.policy.refusal import NotFound, Refused

router = APIRouter(include_in_schema=False, route_class=PageRoute)
FilingAdmin = Annotated[FilingVisitor, filing(all_units=True)]
DRAWS_ONLY = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}


@router.get("/admin/firm")
async def show_firm(visitor: Admin) -> Response:
    """Show name, logo and colour, and a form that changes the two."""
    return await _page(visitor)


@router.get("/admin/firm/logo")
async def show_logo(visitor: Admin) -> Response:
    """Send the logo."""
    session = visitor.tenant
    creditor = await visitor.app.run_in_thread(lambda: creditor_of(session))
    content = await visitor.app.run_in_thread(lambda: logo_of(session, creditor, PNG, SVG))
    if not content:
        raise NotFound("no-document", document="logo")
    return Response(content, 200, DRAWS_ONLY, creditor.logo.media_type)


@router.post("/admin/firm")
async def change_firm(visitor: FilingAdmin) -> Response:
    """Record the colour, and a logo if one was chosen or taken away."""
    fields = visitor.filled.fields
    try:
        await visitor.app.run_in_thread(partial(_record, visitor))
    except Refused as error:
        field = "accent" if error.field == "accent" else "logo"
        return await _page(visitor, fields, {field: refusal_text(error, visitor.words)}, 422)
    return see_other("/admin/firm?saved=1")


def _record(visitor: FilingVisitor) -> None:
    """Record the form. Raises ``Refused`` before anything is written."""
    form, session = visitor.filled, visitor.tenant
    commands: list[Command] = [DescribeCreditor(accent=form.fields.get("accent", ""))]
    if form.content or form.fields.get("no_logo"):
        logo = ShowLogo(content=b64encode(form.content).decode())
        keep_logo(session, logo)
        commands.append(logo)
    execute(session.ledger, commands, context_of(visitor))


async def _page(
    visitor: Visitor,
    given: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    creditor = await visitor.app.run_in_thread(lambda: creditor_of(visitor.tenant))
    facts = {
        "creditor": creditor,
        "given": given or {"accent": creditor.accent},
        "faults": faults or {},
        "saved": visitor.request.query_params.get("saved") == "1",
    }
    return await admin_page(visitor, "firm", facts, status)
