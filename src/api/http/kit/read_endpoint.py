"""What the reading routes share: how fresh, which page, whose, and whether it is there at all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, TypeVar
from uuid import UUID

from fastapi import Depends, Path, Query, Request
from starlette.responses import Response

from api.http.auth.authentication import TheOffice
from api.http.auth.keys import Key
from api.http.kit.openapi_errors import READS
from api.http.kit.openapi_examples import JSON, as_example
from api.http.server.problems import Problem
from api.http.server.responses import as_csv, as_json, next_page, unwrap, wants_csv, wrap
from api.http.server.state import AppState
from commands.fields import BusinessDate, Reference, Text
from ledger.database.query import Query as Question
from ledger.engine.fold import Model
from ledger.facts.books import DEBTOR, INVOICE, BookKind, book_id, kind_of_event, replay
from ledger.facts.invoice.state import Invoice
from ledger.policy.refusal import NotFound
from ledger.store.entry_queries import Line, of_book

T = TypeVar("T")
R = TypeVar("R")
S = TypeVar("S")
Name = Annotated[Text | None, Query(max_length=200)]
OnDay = Annotated[BusinessDate | None, Query(description="Business date; today if left out.")]
InvoiceNumber = Annotated[Reference, Path(description="Number of the invoice, or its id.")]
DebtorNumber = Annotated[Reference, Path(description="Number of the debtor, or his id.")]
AtLeast = Annotated[
    int, Query(ge=0, le=2**63 - 1, description="A position that a write answered: it is shown.")
]
CSV = {"text/csv": {"schema": {"type": "string"}}}
NEXT = {"Link": {"description": "The next page.", "schema": {"type": "string"}}}
ETAG = {"ETag": {"description": "The book's line, for If-Match.", "schema": {"type": "string"}}}


@dataclass(frozen=True)
class ReadRequest:
    """One read, of what is at least as new as the reader says."""

    request: Request
    app: AppState
    at_least: int = 0

    async def rows(
        self, key: Key, query: Question[R], *models: Model, hot: bool = False
    ) -> list[R]:
        """Raises ``Problem`` when the models have not seen ``at_least`` in time."""
        if self.at_least:
            names = [model.name for model in models]
            await self.app.wait_for(key.tenant_id, names, self.at_least)
        return await self.app.query(query, hot)

    def today(self, key: Key) -> date:
        """The business date in the tenant's zone."""
        return self.app.session(key.tenant_id).ledger.today(self.app.clock())

    def table(self, rows: Sequence[Any], row: type[Any]) -> Response:
        """All of it, as JSON or as CSV."""
        answer = as_csv(rows, row) if wants_csv(self.request) else as_json(rows)
        answer.headers["Vary"] = "Accept"
        return answer


@dataclass(frozen=True)
class Page(ReadRequest):
    """A read of a page, behind the cursor that the page before gave."""

    cursor: str | None = None
    limit: int = 50

    def after(self, kind: type[T]) -> T | None:
        """Raises ``Problem`` for what is no cursor of ours."""
        found = unwrap(self.cursor, kind)
        parts = found if isinstance(found, tuple) else (found,)
        if any(isinstance(part, str) and "\0" in part for part in parts):
            raise Problem("invalid", "cursor: not one that a page gave", "/cursor")
        return found

    def page(
        self,
        rows: Sequence[R],
        cursor: Callable[[R], Any],
        told: Any = None,
        full: int | None = None,
    ) -> Response:
        """``cursor`` says of the last row where the next page begins; ``told`` is what to answer
        and ``full`` what to count when it is not the rows."""
        headers = self.link(rows, cursor, len(rows) if full is None else full)
        return as_json(rows if told is None else told, headers=headers)

    def link(self, rows: Sequence[R], cursor: Callable[[R], Any], count: int) -> dict[str, str]:
        """A page that is full has a next one."""
        if count < self.limit:
            return {}
        return next_page(self.request, cursor=wrap(cursor(rows[-1])))

    def table_page(self, rows: Sequence[R], row: type[R], cursor: Callable[[R], Any]) -> Response:
        """The page, as JSON or as CSV."""
        answer = self.table(rows, row)
        answer.headers.update(self.link(rows, cursor, len(rows)))
        return answer


async def reading(request: Request, app: TheOffice, at_least: AtLeast = 0) -> ReadRequest:
    return ReadRequest(request, app, at_least)


async def paging(
    request: Request,
    app: TheOffice,
    at_least: AtLeast = 0,
    cursor: Annotated[str | None, Query(max_length=2000)] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 50,
) -> Page:
    return Page(request, app, at_least, cursor, limit)


# Async functions, as FastAPI calls a class in a thread: that takes longer than many a query.
Reading = Annotated[ReadRequest, Depends(reading)]
Paging = Annotated[Page, Depends(paging)]


async def visible_invoice(read: ReadRequest, key: Key, given: str) -> tuple[Invoice, list[Line]]:
    """By number, or by the book's id. Raises ``NotFound`` also for what the key does not see."""
    lines = await entries_of(read, key, INVOICE, given)
    if lines:
        invoice = replay(INVOICE, lines[0].entry.book_id, [line.entry for line in lines]).state
        if key.scope.sees(invoice):
            return invoice, lines
    raise NotFound("no-invoice", invoice=given)


async def entries_of(read: ReadRequest, key: Key, kind: BookKind[Any], given: str) -> list[Line]:
    """The lines of the tenant's book of that number or id; empty when there is none."""
    ids = [book_id(key.tenant_id, kind.name, given), *_as_id(given)]
    for id_ in ids:
        lines = await read.app.query(of_book(key.tenant_id, id_))
        if lines and kind_of_event(lines[0].entry.event) is kind:
            return lines
    return []


async def debtor_number(read: ReadRequest, key: Key, given: str) -> tuple[str, list[Line]]:
    """The number, and the lines of his book, if he has one."""
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
    """What a read answers, for the OpenAPI document."""
    content = as_example(model, media_type) | (other or {})
    return {200: {"model": model, "headers": headers or {}, "content": content}, **READS}
