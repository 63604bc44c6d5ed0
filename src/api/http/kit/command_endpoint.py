"""The one way to write over HTTP: once for each idempotency key, and only on what was read.

With an ``Idempotency-Key`` the answer is an entry too, in a book of the request's own, in the same
append as what it tells of: a crash between the two is impossible, and of two requests that come
at once the second finds the first one's answer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Any

import msgspec
from fastapi import Depends, Header, Request
from starlette.responses import Response

from api.http.auth.keys import Key
from api.http.server.middleware import current
from api.http.server.problems import Problem
from api.http.server.state import AppState
from api.session import TenantSession
from commands.command import Command
from commands.context import NO_OVERRIDES, Context, Once, Overrides, Reactions
from commands.execute import KeyReused, Moved, execute
from commands.unit_of_work import Plan, UnitOfWork
from ledger.facts.entry import Entry

ExtraFields = Callable[[Sequence[Entry]], dict[str, Any]]


@dataclass(frozen=True)
class WriteConditions:
    """On what terms something is to be written."""

    key: str | None  # Idempotency-Key
    line: int | None  # If-Match: the line at which the first command's book must still end
    body: str  # SHA-256 of method, path and body


async def terms(
    request: Request,
    idempotency_key: Annotated[str | None, Header(max_length=200, min_length=1)] = None,
    if_match: Annotated[str | None, Header()] = None,
) -> WriteConditions:
    return terms_for(request, idempotency_key, if_match, await request.body())


def terms_for(
    request: Request, key: str | None, if_match: str | None, body: bytes
) -> WriteConditions:
    """``body``: what was said, or what stands for it."""
    said = f"{request.method} {request.url.path}\n".encode() + body
    return WriteConditions(key, _line(if_match), sha256(said).hexdigest())


OnTerms = Annotated[WriteConditions, Depends(terms)]


def _line(if_match: str | None) -> int | None:
    """Of an ETag of ours, ``"7"``. Raises ``Problem``."""
    if if_match is None or if_match == "*":
        return None
    plain = if_match.removeprefix("W/").strip('"')
    if not plain.isascii() or not plain.isdigit():
        raise Problem("invalid", 'If-Match: an ETag of ours, such as "7"', "/If-Match")
    return int(plain)


def nothing(entries: Sequence[Entry]) -> dict[str, Any]:
    """What most answers say besides."""
    return {}


async def write(
    app: AppState,
    key: Key,
    on: WriteConditions,
    commands: Sequence[Command] | Plan,
    *,
    reactions: Reactions | None = None,
    overrides: Overrides = NO_OVERRIDES,
    more: ExtraFields = nothing,
) -> Response:
    """Execute the commands for the key. Answers the position, the entries, and the books' ids.

    ``more`` is what the answer says of the entries besides.
    """

    def answer(work: UnitOfWork) -> tuple[int, str]:
        return 201, _body(work, more)

    def run() -> Response:
        session = app.session(key.tenant_id)
        context = session.context(
            key.name,
            correlation=current().id,
            via=str(key.key_id),
            scope=key.scope,
            reactions=reactions,
            overrides=overrides,
            once=Once(f"{key.key_id}/{on.key}", on.body, answer) if on.key else None,
            expected_line=on.line,
        )
        return _executed(session, on, commands, context, answer)

    return await app.run_in_thread(run)


def _executed(
    session: TenantSession,
    on: WriteConditions,
    commands: Sequence[Command] | Plan,
    context: Context,
    answer: Callable[[UnitOfWork], tuple[int, str]],
) -> Response:
    """Raises ``Problem``."""
    try:
        receipt = execute(session.ledger, commands, context)
    except KeyReused:
        why = f"Idempotency-Key {on.key} came with another request."
        raise Problem("key-reused", why) from None
    except Moved as moved:
        headers = {"ETag": f'"{moved.line}"'}
        raise Problem("moved", str(moved), more={"line": moved.line}, headers=headers) from None
    if before := receipt.replayed:
        headers = {"Idempotency-Replayed": "true"}
        return _answer(before.status, before.answer, receipt.position, headers)
    return _answer(*answer(receipt.work), receipt.position, {})


def _body(work: UnitOfWork, more: ExtraFields) -> str:
    """The body of the answer, but for the position, which it has once it is written."""
    first = work.state(work.commands[0].kind, work.commands[0].number)
    body = {
        "id": first.id,
        "line": first.line,
        "entries": [
            {
                "book_id": entry.book_id,
                "line": entry.line,
                "topic": entry.event.topic,
                "flags": entry.flags,
                "data": entry.event,
            }
            for entry in work.entries
        ],
    }
    return msgspec.json.encode(body | more(work.entries)).decode()


def _answer(status: int, answer: str, position: int, headers: dict[str, str]) -> Response:
    """``answer`` with the position in front."""
    told = msgspec.json.decode(answer)
    return Response(
        msgspec.json.encode({"position": position, **told}),
        status,
        {"ETag": f'"{told["line"]}"', "Cache-Control": "no-store", **headers},
        "application/json",
    )
