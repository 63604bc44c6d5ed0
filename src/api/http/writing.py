"""The one way to write over HTTP: once for each idempotency key, and only on what was read.

With an ``Idempotency-Key`` the answer is an entry too, in a book of the request's own, in the same
append as what it tells of: a crash between the two is impossible, and of two requests that come
at once the second finds the first one's answer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Annotated, Any

import msgspec
from fastapi import Depends, Header, Request
from starlette.responses import Response

from api.http.context import asked
from api.http.keys import Key
from api.http.office import Office
from api.http.problems import Problem
from api.registering import flagged
from api.wiring import Desk
from commands.authorise import authorise
from commands.command import Command
from commands.context import Context
from commands.handling import decide_all, persist, rest_on_rules
from ledger.books import REQUEST
from ledger.events import Entry
from ledger.request import RequestAnswered
from ledger.store import Ledger

How = Callable[[Ledger, Sequence[Command], Context], list[Entry]]
More = Callable[[Sequence[Entry]], dict[str, Any]]
KEPT = timedelta(days=30)  # an answer is given again


@dataclass(frozen=True)
class Terms:
    """On what terms something is to be written."""

    key: str | None  # Idempotency-Key
    line: int | None  # If-Match: the line at which the first command's book must still end
    body: str  # SHA-256 of method, path and body


async def terms(
    request: Request,
    idempotency_key: Annotated[str | None, Header(max_length=200, min_length=1)] = None,
    if_match: Annotated[str | None, Header()] = None,
) -> Terms:
    return terms_for(request, idempotency_key, if_match, await request.body())


def terms_for(request: Request, key: str | None, if_match: str | None, body: bytes) -> Terms:
    """``body``: what was said, or what stands for it."""
    said = f"{request.method} {request.url.path}\n".encode() + body
    return Terms(key, _line(if_match), sha256(said).hexdigest())


OnTerms = Annotated[Terms, Depends(terms)]


def _line(if_match: str | None) -> int | None:
    """Of an ETag of ours, ``"7"``. Raises ``Problem``."""
    if if_match is None or if_match == "*":
        return None
    plain = if_match.removeprefix("W/").strip('"')
    if not plain.isascii() or not plain.isdigit():
        raise Problem("invalid", 'If-Match: an ETag of ours, such as "7"', "/If-Match")
    return int(plain)


class _Replayed(Exception):
    """This was answered before."""

    def __init__(self, answered: RequestAnswered, position: int) -> None:
        self.answered, self.position = answered, position


def nothing(entries: Sequence[Entry]) -> dict[str, Any]:
    """What most answers tell besides."""
    return {}


async def write(
    office: Office,
    key: Key,
    on: Terms,
    *commands: Command,
    status: int = 201,
    how: How = decide_all,
    more: More = nothing,
) -> Response:
    """All of the commands or none. Answers the position, the lines, and the books' ids.

    ``how`` the commands become lines; ``more`` is what the answer tells of them besides.
    """
    return await office.in_thread(
        lambda: _write(office.desk(key.tenant_id), key, on, commands, status, how, more)
    )


def _write(
    desk: Desk,
    key: Key,
    on: Terms,
    commands: Sequence[Command],
    status: int,
    how: How,
    more: More,
) -> Response:
    context = Context(key.name, desk.clock(), asked().id, None, str(key.key_id))

    def attempt() -> list[Entry]:
        seal = _unless_answered(desk, key, on, context)
        authorise(lambda kind, number: desk.ledger.book(kind, number).state, key.scope, commands)
        entries = flagged(desk.ledger, how(desk.ledger, commands, context))
        _still_there(desk, on, commands[0], entries)
        if on.key:
            entries.append(seal(status, _told(desk, commands, entries, more)))
        return entries

    try:
        written = persist(desk.ledger, attempt, by_rules=rest_on_rules(commands))
    except _Replayed as replayed:
        return _answer(replayed.answered, replayed.position, {"Idempotency-Replayed": "true"})
    entries = [e for e in written if not isinstance(e.event, RequestAnswered)]
    told = _told(desk, commands, entries, more)
    position = written[-1].position if written else 0
    return _answer(
        RequestAnswered(on=context.at.date(), body_sha256="", status=status, answer=told),
        position,
        {},
    )


def _unless_answered(desk: Desk, key: Key, on: Terms, context: Context) -> Any:
    """How to write the answer down. Raises ``_Replayed`` or ``Problem``."""
    book = desk.ledger.id_of(REQUEST, f"{key.key_id}/{on.key}")
    there = desk.ledger.history(book) if on.key else []
    if there and context.at - there[-1].at < KEPT:
        if there[-1].event.body_sha256 != on.body:
            raise Problem("key-reused", f"Idempotency-Key {on.key} came with another request.")
        raise _Replayed(there[-1].event, there[-1].position)

    def seal(status: int, told: str) -> Entry:
        event = RequestAnswered(
            on=desk.ledger.today(context.at), body_sha256=on.body, status=status, answer=told
        )
        return Entry(
            book,
            len(there) + 1,
            context.at,
            context.by,
            event,
            0,
            context.correlation,
            None,
            (),
            context.via,
        )

    return seal


def _still_there(desk: Desk, on: Terms, first: Command, entries: Sequence[Entry]) -> None:
    """That the rules saw the book at the line that was read. Raises ``Problem``."""
    if on.line is None:
        return
    book = desk.ledger.id_of(first.kind, first.number)
    lines = [entry.line - 1 for entry in entries if entry.book_id == book]
    line = lines[0] if lines else desk.ledger.book(first.kind, first.number).state.line
    if line != on.line:
        raise Problem(
            "moved",
            f"The book is at line {line}, not {on.line}. Read it again.",
            more={"line": line},
            headers={"ETag": f'"{line}"'},
        )


def _told(desk: Desk, commands: Sequence[Command], entries: Sequence[Entry], more: More) -> str:
    """The body, but for the position."""
    first = desk.ledger.id_of(commands[0].kind, commands[0].number)
    lines = [entry.line for entry in entries if entry.book_id == first]
    told = {
        "id": first,
        "line": lines[-1]
        if lines
        else desk.ledger.book(commands[0].kind, commands[0].number).state.line,
        "entries": [
            {
                "book_id": entry.book_id,
                "line": entry.line,
                "topic": entry.event.topic,
                "flags": entry.flags,
                "data": entry.event,
            }
            for entry in entries
        ],
    }
    return msgspec.json.encode(told | more(entries)).decode()


def _answer(answered: RequestAnswered, position: int, headers: dict[str, str]) -> Response:
    told = msgspec.json.decode(answered.answer)
    body = {"position": position, **told}
    return Response(
        msgspec.json.encode(body),
        answered.status,
        {"ETag": f'"{told["line"]}"', "Cache-Control": "no-store", **headers},
        "application/json",
    )
