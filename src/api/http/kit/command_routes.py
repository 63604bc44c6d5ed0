"""Makes a route of a command: the path names the book, the body is the rest of the command."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path
from starlette.responses import Response

from api.http.auth.authentication import Collector, TheOffice
from api.http.auth.keys import Key
from api.http.kit.bodies import Body, body_of
from api.http.kit.command_endpoint import OnTerms, write
from api.http.kit.openapi_errors import WRITES
from api.http.server.state import AppState
from commands.command import Command
from ledger.facts.books import INVOICE, BookKind, replay

TOLD = "its number, percent-encoded; or its id"
TheNumber = Annotated[str, Path(description=TOLD)]


def command_route(router: APIRouter, path: str, kind: type[Command]) -> None:
    """For collectors. ``{invoice}`` or ``{debtor}`` in the path is the command's own field."""
    name = kind.kind.name if "{" in path else None
    body = body_of(kind, name) if name else body_of(kind)

    async def about(number: Any, said: Body, key: Collector, app: TheOffice, on: OnTerms) -> Any:
        found = await book_number(app, key, kind.kind, number)
        command = kind.model_validate({**said.given(), str(name): found})
        return await write(app, key, on, [command])

    async def new(said: Body, key: Collector, app: TheOffice, on: OnTerms) -> Any:
        return await write(app, key, on, [kind.model_validate(said.given())])

    run: Any = about if name else new
    run.__annotations__["said"] = body
    if name:
        run.__annotations__["number"] = Annotated[str, Path(alias=name, description=TOLD)]
    add_route(router, path, run, kind.verb(), kind.__doc__)


def add_route(router: APIRouter, path: str, run: Any, verb: str, about: str | None) -> None:
    """``verb`` becomes the operation's name, ``about`` its description."""
    router.add_api_route(
        path,
        run,
        methods=["POST"],
        status_code=201,
        response_class=Response,
        responses=WRITES,
        summary=verb.replace("-", " ").capitalize(),
        description=about,
        operation_id=verb,
    )


async def book_number(app: AppState, key: Key, kind: BookKind[Any], said: str) -> str:
    """The natural key behind a number, or behind the id of a book (for numbers with a slash)."""
    try:
        id_ = UUID(said)
    except ValueError:
        return said
    ledger = (await app.run_in_thread(lambda: app.session(key.tenant_id))).ledger
    entries = await app.run_in_thread(lambda: ledger.history(id_))
    if not entries or type(entries[0].event) not in kind.events:
        return said
    state = replay(kind, id_, entries).state
    hidden = kind is INVOICE and not key.scope.sees(state)  # whose number must not be told either
    return said if hidden else str(state.number)
