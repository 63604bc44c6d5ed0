"""Writes over HTTP: a handler passes commands to its ``Writer`` and returns its answer.

With an ``Idempotency-Key`` the answer is an entry in the request's own book, in the same append as
the commands' entries: no crash can separate them, and a concurrent repeat finds the first answer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from fastapi import Depends, Request
from starlette.responses import Response

from api.http.auth.authentication import TheApp, allow
from api.http.auth.keys import Key, Role
from api.http.kit.write_conditions import IdempotencyKey, IfMatch, WriteConditions, conditions_of
from api.http.server.middleware import current
from api.http.server.problems import Problem
from api.http.server.state import AppState
from api.session import TenantSession
from commands.command import Command
from commands.conditions import KeyReused, Moved
from commands.context import NO_OVERRIDES, Once, Overrides, Reactions
from commands.execute import Plan, Receipt, UnitOfWork, execute
from ledger.facts.entry import Entry

ExtraFields = Callable[[Sequence[Entry]], dict[str, Any]]


@dataclass(frozen=True)
class Writer:
    """The writer for the caller of a request."""

    app: AppState
    key: Key
    conditions: WriteConditions

    @property
    def session(self) -> TenantSession:
        return self.app.session(self.key.tenant_id)

    async def execute(
        self,
        commands: Sequence[Command] | Plan,
        *,
        reactions: Reactions | None = None,
        overrides: Overrides = NO_OVERRIDES,
        extra: ExtraFields = lambda _: {},
    ) -> Response:
        """Execute the commands. Return the position, the entries and the fields of ``extra``."""
        session, key, conditions = self.session, self.key, self.conditions

        def answer(work: UnitOfWork) -> tuple[int, str]:
            return 201, _body(work, extra)

        def run() -> Response:
            given = conditions.idempotency_key
            once = Once(f"{key.key_id}/{given}", conditions.fingerprint, answer)
            context = session.context(
                key.name,
                correlation=current().id,
                via=str(key.key_id),
                scope=key.scope,
                reactions=reactions,
                overrides=overrides,
                once=once if given else None,
                expected_line=conditions.line,
            )
            try:
                receipt = execute(session.ledger, commands, context)
            except KeyReused:
                why = f"Idempotency-Key {given} came with another request."
                raise Problem("key-reused", why) from None
            except Moved as moved:
                etag, line = {"ETag": f'"{moved.line}"'}, {"line": moved.line}
                raise Problem("moved", str(moved), more=line, headers=etag) from None
            return _answer(receipt, answer)

        return await self.app.run_in_thread(run)


def writer_for(*roles: Role) -> Any:
    """Return the dependency of a route that these roles may write with."""

    async def writer(
        request: Request,
        key: Annotated[Key, allow(*roles)],
        app: TheApp,
        idempotency_key: IdempotencyKey = None,
        if_match: IfMatch = None,
    ) -> Writer:
        body = await request.body()
        return Writer(app, key, conditions_of(request, idempotency_key, if_match, body))

    return Depends(writer)


CollectorWriter = Annotated[Writer, writer_for(Role.COLLECTOR)]


def _body(work: UnitOfWork, extra: ExtraFields) -> str:
    """Return the answer without its position, which is unknown before the append."""
    first = work.state(work.commands[0].kind, work.commands[0].number)
    entries = [
        {
            "book_id": entry.book_id,
            "line": entry.line,
            "topic": entry.event.topic,
            "flags": entry.flags,
            "data": entry.event,
        }
        for entry in work.entries
    ]
    body = {"id": first.id, "line": first.line, "entries": entries}
    return msgspec.json.encode(body | extra(work.entries)).decode()


def _answer(receipt: Receipt, answer: Callable[[UnitOfWork], tuple[int, str]]) -> Response:
    headers = {"Cache-Control": "no-store"}
    if before := receipt.replayed:
        status, text = before.status, before.answer
        headers["Idempotency-Replayed"] = "true"
    else:
        status, text = answer(receipt.work)
    body = msgspec.json.decode(text)
    headers["ETag"] = f'"{body["line"]}"'
    content = msgspec.json.encode({"position": receipt.position, **body})
    return Response(content, status, headers, "application/json")
