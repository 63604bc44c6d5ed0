"""Parameters, pages and lookups that the reading routes share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, TypeVar
from uuid import UUID

from fastapi import Depends, Path, Query, Request
from starlette.responses import Response

from api.http.auth.authentication import TheApp
from api.http.auth.keys import Key
from api.http.kit.openapi_errors import READS
from api.http.kit.openapi_examples import JSON, as_example
from api.http.server.middleware import current
from api.http.server.problems import Problem
from api.http.server.responses import as_json, next_page, unwrap, wrap
from api.http.server.state import AppState
from commands.fields import BusinessDate, Reference, Text
from ledger.database.query import Query as Question
from ledger.engine.fold import Model
from ledger.facts.books import DEBTOR, INVOICE, BookKind, book_id, kind_of_event, replay
from ledger.facts.invoice.state import Invoice
from ledger.policy.refusal import NotFound
from ledger.store.entry_queries import Line, of_book
from projections.matching import Match, debtors_of, match_of, weigh
from projections.words import WORDS

T = TypeVar("T")
R = TypeVar("R")
S = TypeVar("S")
Name = Annotated[Text | None, Query(max_length=200)]
OnDay = Annotated[BusinessDate | None, Query(description="Business date; today when omitted.")]
InvoiceNumber = Annotated[Reference, Path(description="Number of the invoice, or its id.")]
DebtorNumber = Annotated[Reference, Path(description="Number of the debtor, or its id.")]
Search = Annotated[
    Text | None,
    Query(max_length=100, description="Starts of words in numbers and the debtor's name."),
]
AtLeast = Annotated[
    int, Query(ge=0, le=2**63 - 1, description="A position from a write, which the answer shows.")
]
NEXT = {"Link": {"description": "The next page.", "schema": {"type": "string"}}}
ETAG = {
    "ETag": {
        "description": "The last line of the book, for If-Match.",
        "schema": {"type": "string"},
    }
}


@dataclass(frozen=True)
class ReadRequest:
    """A read of data that is at least as new as the position ``at_least``."""

    request: Request
    app: AppState
    at_least: int = 0

    async def rows(
        self, key: Key, query: Question[R], *models: Model, hot: bool = False
    ) -> list[R]:
        """Return the rows. Raises ``Problem`` when the models do not reach ``at_least``."""
        if self.at_least:
            names = [model.name for model in models]
            await self.app.wait_for(key.tenant_id, names, self.at_least)
        return await self.app.query(query, hot)

    async def match(self, key: Key, q: str | None) -> Match | None:
        """Return what ``q`` searches for; None without it."""
        if q is None:
            return None
        match = match_of(q, await self.rows(key, weigh(key.tenant_id, q), WORDS))
        if match.is_rare:
            return match
        return replace(match, found=await self.rows(key, debtors_of(key.tenant_id, match), WORDS))

    def today(self, key: Key) -> date:
        return self.app.session(key.tenant_id).ledger.today(self.app.clock())


@dataclass(frozen=True)
class Page(ReadRequest):
    """A read of the page that follows a cursor."""

    cursor: str | None = None
    limit: int = 50

    def after(self, kind: type[T]) -> T | None:
        """Return the cursor. Raises ``Problem`` when it is not the cursor of a page."""
        position = unwrap(self.cursor, kind)
        parts = position if isinstance(position, tuple) else (position,)
        if any(isinstance(part, str) and "\0" in part for part in parts):
            raise Problem("invalid", "cursor: not the cursor of a page", "/cursor")
        return position

    def page(
        self,
        rows: Sequence[R],
        cursor: Callable[[R], Any],
        content: Any = None,
        full: int | None = None,
    ) -> Response:
        """Return the rows, or ``content`` instead, with a link to the page after the last row.

        ``full`` is what counts towards the limit when it is not the number of rows.
        """
        headers = self.link(rows, cursor, len(rows) if full is None else full)
        return as_json(rows if content is None else content, headers=headers)

    def link(self, rows: Sequence[R], cursor: Callable[[R], Any], count: int) -> dict[str, str]:
        """Return the link to the next page; none when this page is not full."""
        if count < self.limit:
            return {}
        return next_page(self.request, cursor=wrap(cursor(rows[-1])))


async def reading(request: Request, app: TheApp, at_least: AtLeast = 0) -> ReadRequest:
    return ReadRequest(request, app, at_least)


async def paging(
    request: Request,
    app: TheApp,
    at_least: AtLeast = 0,
    cursor: Annotated[str | None, Query(max_length=2000)] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 50,
) -> Page:
    return Page(request, app, at_least, cursor, limit)


# Async functions: FastAPI calls a class in a thread, which takes longer than many queries.
Reading = Annotated[ReadRequest, Depends(reading)]
Paging = Annotated[Page, Depends(paging)]


async def visible_invoice(read: ReadRequest, key: Key, given: str) -> tuple[Invoice, list[Line]]:
    """Find an invoice by number or id. Raises ``NotFound`` also when the key may not see it."""
    lines = await entries_of(read, key, INVOICE, given)
    if lines:
        invoice = replay(INVOICE, lines[0].entry.book_id, [line.entry for line in lines]).state
        if key.scope.sees(invoice):
            current().about = invoice.number
            return invoice, lines
    raise NotFound("no-invoice", invoice=given)


async def entries_of(read: ReadRequest, key: Key, kind: BookKind[Any], given: str) -> list[Line]:
    """Return the lines of the book with this number or id; empty when there is none."""
    for id_ in [book_id(key.tenant_id, kind.name, given), *_as_id(given)]:
        lines = await read.app.query(of_book(key.tenant_id, id_))
        if lines and kind_of_event(lines[0].entry.event) is kind:
            return lines
    return []


async def debtor_number(read: ReadRequest, key: Key, given: str) -> tuple[str, list[Line]]:
    """Return the debtor's number, and the lines of their book, if any."""
    lines = await entries_of(read, key, DEBTOR, given)
    if not lines:
        return given, []
    state = replay(DEBTOR, lines[0].entry.book_id, [line.entry for line in lines]).state
    return state.number or given, lines


def _as_id(given: str) -> list[UUID]:
    try:
        return [UUID(given)]
    except ValueError:
        return []


def documented(
    model: Any,
    headers: dict[str, Any] | None = None,
    other: dict[str, Any] | None = None,
    media_type: str = JSON,
) -> dict[int | str, dict[str, Any]]:
    content = as_example(model, media_type) | (other or {})
    return {200: {"model": model, "headers": headers or {}, "content": content}, **READS}
