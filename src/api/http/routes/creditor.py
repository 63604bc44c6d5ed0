"""The creditor's own details."""

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter
from starlette.responses import Response

from api.http.auth.authentication import Reader
from api.http.kit.bodies import Body, FieldsOf
from api.http.kit.command_endpoint import Writer, writer_for
from api.http.kit.command_routes import written
from api.http.kit.read_endpoint import Reading, documented
from api.http.kit.route import Route
from api.http.server.responses import as_json
from commands.creditor import DescribeCreditor
from ledger.facts.books import CREDITOR
from ledger.facts.creditor import DETAILS, NUMBER

router = APIRouter(prefix="/v1", tags=["creditor"], route_class=Route)


@router.get("/creditor", responses=documented(dict[str, Any]))
async def show_creditor(key: Reader, at: Reading) -> Response:
    """Return the details that messages, letters and pages show."""
    ledger = at.app.session(key.tenant_id).ledger
    state = (await at.app.run_in_thread(lambda: ledger.book(CREDITOR, NUMBER))).state
    return as_json({name: msgspec.to_builtins(getattr(state, name)) for name in DETAILS})


@router.post("/creditor", **written(DescribeCreditor.verb(), DescribeCreditor.__doc__))
async def describe(
    body: Annotated[Body[DescribeCreditor], FieldsOf(DescribeCreditor)],
    writer: Annotated[Writer, writer_for(all_units=True)],
) -> Response:
    return await writer.execute([body.command(DescribeCreditor)])
