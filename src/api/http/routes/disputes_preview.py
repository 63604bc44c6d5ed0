"""The e-mails of a dispute before it is opened."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from api.http.auth.authentication import TheApp, allow
from api.http.auth.keys import Key, Role
from api.http.kit.read_endpoint import documented
from api.http.kit.route import Route
from api.http.routes.disputes_open import NewDispute
from api.http.server.problems import Problem
from api.http.server.responses import as_json
from api.postman.dry_run import EmailText, email_texts
from api.postman.templates import BadTemplate
from commands.context import Reactions
from commands.execute import preview

router = APIRouter(prefix="/v1", tags=["disputes"], route_class=Route)


@dataclass(frozen=True, slots=True)
class RunPreview:
    """What would be sent."""

    messages: list[EmailText]


@router.post("/disputes/preview", response_class=Response, responses=documented(RunPreview))
async def preview_dispute(
    body: NewDispute, key: Annotated[Key, allow(Role.COLLECTOR)], app: TheApp
) -> Response:
    """Return the e-mails that opening the dispute with `run` would send, and write nothing.

    Change them by the fields: `expected` replaces the question, `ask_also` adds to it.
    """
    session = app.session(key.tenant_id)
    context = session.context(
        key.name, scope=key.scope, reactions=Reactions.ALWAYS, overrides=body.overrides
    )

    def run() -> list[EmailText]:
        return [*email_texts(session, preview(session.ledger, body.openings(), context))]

    try:
        return as_json(RunPreview(await app.run_in_thread(run)))
    except BadTemplate as error:
        raise Problem("invalid", str(error)) from None
