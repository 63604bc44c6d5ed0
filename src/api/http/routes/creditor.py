"""The creditor's own details, logo and texts."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from api import firm
from api.http.auth.authentication import Reader
from api.http.kit.bodies import Body, FieldsOf
from api.http.kit.command_endpoint import Writer, writer_for
from api.http.kit.command_routes import written
from api.http.kit.openapi_errors import REFUSALS
from api.http.kit.read_endpoint import Reading, documented
from api.http.kit.route import Route
from api.http.server.responses import as_json
from api.postman.creditor import templates_of
from api.postman.preview import Example, source_of
from commands.creditor import DescribeCreditor
from commands.logo import ShowLogo
from commands.message_templates import ReplaceTemplate, ResetTemplate

router = APIRouter(prefix="/v1", tags=["creditor"], route_class=Route)
AdminWriter = Annotated[Writer, writer_for(all_units=True)]
Template = Annotated[str, Query(description="such as reminder")]
Language = Annotated[str, Query(description="nl, de, fr or en")]


@router.get("/creditor", responses=documented(dict[str, Any]))
async def show_creditor(key: Reader, at: Reading) -> Response:
    """Return the details that messages, letters and pages show."""
    session = at.app.session(key.tenant_id)
    return as_json(await at.app.run_in_thread(lambda: firm.details(session)))


@router.post("/creditor", **written(DescribeCreditor.verb(), DescribeCreditor.__doc__))
async def describe(
    body: Annotated[Body[DescribeCreditor], FieldsOf(DescribeCreditor)], writer: AdminWriter
) -> Response:
    answer = await writer.execute([body.command(DescribeCreditor)])
    await writer.app.run_in_thread(lambda: firm.follow_time_zone(writer.session))
    return answer


@router.post("/creditor/logo", **written(ShowLogo.verb(), ShowLogo.__doc__))
async def show_logo(
    body: Annotated[Body[ShowLogo], FieldsOf(ShowLogo)], writer: AdminWriter
) -> Response:
    command = body.command(ShowLogo)
    await writer.app.run_in_thread(lambda: firm.keep_logo(writer.session, command))
    return await writer.execute([command])


@router.get("/creditor/templates", responses={**documented(Example), 409: REFUSALS[409]})
async def show_template(
    key: Reader, at: Reading, template: Template = "reminder", language: Language = "en"
) -> Response:
    """Return subject and text of a kind of message, and what they make of two sample invoices."""
    session = at.app.session(key.tenant_id)
    used = await at.app.run_in_thread(lambda: templates_of(session))
    return as_json(await at.app.run_in_thread(lambda: source_of(used, template, language)))


@router.post("/creditor/templates", **written(ReplaceTemplate.verb(), ReplaceTemplate.__doc__))
async def replace_template(
    body: Annotated[Body[ReplaceTemplate], FieldsOf(ReplaceTemplate)], writer: AdminWriter
) -> Response:
    return await writer.execute([body.command(ReplaceTemplate)])


@router.post("/creditor/templates/reset", **written(ResetTemplate.verb(), ResetTemplate.__doc__))
async def reset_template(
    body: Annotated[Body[ResetTemplate], FieldsOf(ResetTemplate)], writer: AdminWriter
) -> Response:
    return await writer.execute([body.command(ResetTemplate)])
