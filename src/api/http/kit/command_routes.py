"""Routes of commands: the path names the book, the body has the rest of the command."""

from typing import Annotated, Any, TypeVar
from uuid import UUID

from fastapi import APIRouter, Path
from starlette.responses import Response

from api.http.auth.keys import Key
from api.http.kit.bodies import Body, FieldsOf
from api.http.kit.command_endpoint import CollectorWriter
from api.http.kit.openapi_errors import WRITES
from api.http.server.state import AppState
from commands.authorise import is_visible
from commands.command import Command
from ledger.facts.books import BookKind, S, kind_of_event, replay

C = TypeVar("C", bound=Command)
A_NUMBER = "its number, percent-encoded; or its id"
TheNumber = Annotated[str, Path(description=A_NUMBER)]


def written(verb: str, description: str | None = None) -> dict[str, Any]:
    """Return the arguments of a writing route; ``verb`` is the name of its operation."""
    return {
        "status_code": 201,
        "response_class": Response,
        "responses": WRITES,
        "summary": verb.replace("-", " ").capitalize(),
        "description": description,
        "operation_id": verb,
    }


def add_command(router: APIRouter, path: str, kind: type[C]) -> None:
    """Add the route for a command that creates a book."""

    @router.post(path, **written(kind.verb(), kind.__doc__))
    async def create(body: Annotated[Body[C], FieldsOf(kind)], writer: CollectorWriter) -> Response:
        return await writer.execute([body.command(kind)])


def add_book_command(router: APIRouter, path: str, kind: type[C]) -> None:
    """Add the route for a command about the book in the path, ``{invoice}`` or ``{debtor}``."""
    name = kind.kind.name

    @router.post(path, **written(kind.verb(), kind.__doc__))
    async def change(
        number: Annotated[str, Path(alias=name, description=A_NUMBER)],
        body: Annotated[Body[C], FieldsOf(kind, {name})],
        writer: CollectorWriter,
    ) -> Response:
        found = await book_number(writer.app, writer.key, kind.kind, number)
        return await writer.execute([body.command(kind, **{name: found})])


async def book_number(app: AppState, key: Key, kind: BookKind[Any], given: str) -> str:
    """Return the number of the book with this number or id (for numbers with a slash)."""
    try:
        id_ = UUID(given)
    except ValueError:
        return given
    state = await visible_book(app, key, kind, id_)
    return str(state.number) if state else given


async def visible_book(app: AppState, key: Key, kind: BookKind[S], id_: UUID) -> S | None:
    """Return the state of a book by its id; None also when the key may not see it."""
    session = app.session(key.tenant_id)
    entries = await app.run_in_thread(lambda: session.ledger.history(id_))
    if not entries or kind_of_event(entries[0].event) is not kind:
        return None
    state = replay(kind, id_, entries).state
    lookups = session.context(key.name).lookups
    return state if await app.run_in_thread(lambda: is_visible(key.scope, state, lookups)) else None
