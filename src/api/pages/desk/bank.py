"""``/bank``: transactions by where they stand, each with why, and the statements they came in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.bank.import_ import FileReport, import_bank_file
from api.bank.proposing import Proposed, proposed
from api.bank.statement import UnreadableFile
from api.http.auth.keys import Role
from api.http.kit.read_endpoint import AtLeast, ReadRequest
from api.http.server.responses import unwrap, wrap
from api.pages.desk.act_routes import context_of
from api.pages.desk.bank_words import problem, why_unread
from api.pages.desk.frame import desk_page
from api.pages.kit.page_route import PageRoute
from api.pages.kit.site import local
from api.pages.kit.visitor import FilingVisitor, Visitor, filing, visitor
from ledger.facts.bank import BankTransactionAllocated
from ledger.facts.books import DEBTOR, INVOICE, book_id
from ledger.policy.refusal import NotFound
from ledger.store.entry_queries import of_books
from projections import bank, bank_statements, invoices
from projections.bank import BANK, BankRow
from projections.bank_statements import STATEMENTS
from projections.invoices import INVOICES, InvoiceRow

router = APIRouter(include_in_schema=False, route_class=PageRoute)
Teller = Annotated[Visitor, visitor(Role.COLLECTOR, Role.AUDITOR, all_units=True)]
ROWS, WAITING, FOUND, LISTED, FILES = 20, 10, 10, 50, 20
FilingTeller = Annotated[FilingVisitor, filing(Role.COLLECTOR, all_units=True, most_files=FILES)]
Cursor = Annotated[str | None, Query(max_length=2000)]
Only = Literal["", "in", "out"]


@dataclass
class Waiting:
    """The transactions that wait, a page of them; ``ids`` leads to the invoices they may be for."""

    found: Sequence[Proposed] = ()
    next: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    ids: dict[str, UUID] = field(default_factory=dict)


async def waiting(visitor: Visitor, read: ReadRequest, cursor: str | None, only: Only) -> Waiting:
    """Return what waits, the oldest first; nothing for who does not see everything."""
    key = visitor.key
    if not key.scope.is_everything:
        return Waiting()
    after = unwrap(cursor, bank.Cursor)
    query = bank.in_status(key.tenant_id, "waiting", after, WAITING + 1, only)
    rows = await read.rows(key, query, BANK, INVOICES)
    following = ""
    if len(rows) > WAITING:
        following = f"/money?only={only}&bank={wrap(bank.behind(rows[WAITING - 1]))}"
    found = await _proposed(visitor, rows[:WAITING])
    return Waiting(
        found,
        following,
        await counts(visitor),
        _ids(visitor, [s.invoice for each in found for p in each.proposals for s in p.shares]),
    )


async def counts(visitor: Visitor) -> dict[str, int]:
    """Return how many transactions stand so."""
    found = dict[str, int]()
    for row in await visitor.app.query(bank.counted(visitor.person.tenant_id)):
        found[row.status] = found.get(row.status, 0) + row.transactions
    return found


@router.get("/bank")
async def list_transactions(
    visitor: Teller,
    status: Literal["allocated", "returned", "matched", "set aside"] = "allocated",
    cursor: Cursor = None,
    at_least: AtLeast = 0,
) -> Response:
    """Show what was dealt with, the oldest first: for what, why, and by whom."""
    key, read = visitor.key, ReadRequest(visitor.request, visitor.app, at_least)
    query = bank.in_status(key.tenant_id, status, unwrap(cursor, bank.Cursor), ROWS + 1)
    rows = await read.rows(key, query, BANK)
    following = ""
    if len(rows) > ROWS:
        following = f"/bank?status={status}&cursor={wrap(bank.behind(rows[ROWS - 1]))}"
    shown = rows[:ROWS]
    facts = {
        "tab": status,
        "rows": shown,
        "who": await _who(visitor, shown),
        "ids": _ids(visitor, [number for row in shown for number in row.invoices]),
        "debtors": _debtors(visitor, [row.debtor for row in shown]),
        "next": following,
        "counts": await counts(visitor),
        "may_act": visitor.may_act,
    }
    return await desk_page(visitor, "desk/bank.html", "money", facts)


@router.get("/bank/statements")
async def list_statements(visitor: Teller, at_least: AtLeast = 0) -> Response:
    """Show the last statements, and where to drop a file."""
    return await _statements(visitor, at_least)


@router.post("/bank/statements")
async def take_files(visitor: FilingTeller) -> Response:
    """Import the files, and show what became of each. The same files again record nothing."""
    words, reports, unread = visitor.words, list[FileReport](), list[tuple[str, str]]()
    for name, content in visitor.filled.files:
        try:
            report = await visitor.app.run_in_thread(partial(_import, visitor, name, content))
        except UnreadableFile as error:
            unread.append((name, why_unread(error, name, words)))
        else:
            reports.append(report)
    fault = "" if reports or unread else words("Choose a file.")
    return await _statements(visitor, 0, reports, unread, fault)


@router.get("/bank/{transaction}")
async def show_transaction(
    visitor: Teller,
    transaction: UUID,
    q: Annotated[str, Query(max_length=100)] = "",
    back: Annotated[str, Query(max_length=2000)] = "/money",
    at_least: AtLeast = 0,
) -> Response:
    """Show a transaction, what it may be for, and all that speaks for and against."""
    key, read = visitor.key, ReadRequest(visitor.request, visitor.app, at_least)
    rows = await read.rows(key, bank.get(key.tenant_id, transaction), BANK, INVOICES)
    if not rows:
        raise NotFound("no-bank-transaction", transaction=transaction)
    [found] = await _proposed(visitor, rows)
    row, clues = rows[0], found.clues
    named = [claim.invoice for claims in (clues.by_reference, clues.by_number) for claim in claims]
    facts = {
        "found": found,
        "row": row,
        "who": (await _who(visitor, rows)).get(row.id, ""),
        "ids": _ids(
            visitor,
            [*row.invoices, *clues.settled, *named]
            + [claim.invoice for claim in (*clues.by_order, *clues.of_payers, *clues.by_amount)]
            + [share.invoice for p in found.proposals for share in p.shares],
        ),
        "debtors": _debtors(visitor, [row.debtor, *clues.payers]),
        "q": q,
        "hits": await _open_ones(visitor, read, q, row.currency),
        "leads_back": local(back),
        "may_act": visitor.may_act,
    }
    return await desk_page(visitor, "desk/bank_why.html", "money", facts)


async def _statements(
    visitor: Visitor,
    at_least: int,
    reports: Sequence[FileReport] = (),
    unread: Sequence[tuple[str, str]] = (),
    fault: str = "",
) -> Response:
    read = ReadRequest(visitor.request, visitor.app, at_least)
    day = visitor.today()
    query = bank_statements.newest(visitor.person.tenant_id, LISTED)
    facts = {
        "tab": "statements",
        "rows": await read.rows(visitor.key, query, STATEMENTS),
        "reports": reports,
        "unread": unread,
        "fault": fault,
        "problem": lambda text, currency: problem(text, currency, visitor.words, day),
        "counts": await counts(visitor),
        "may_act": visitor.may_act,
    }
    status = 422 if fault or (unread and not reports) else 200
    return await desk_page(visitor, "desk/bank_statements.html", "money", facts, status)


def _import(visitor: Visitor, name: str, content: bytes) -> FileReport:
    context = context_of(visitor)
    return import_bank_file(visitor.tenant, context, name, content, lambda count: None)


async def _proposed(visitor: Visitor, rows: Sequence[BankRow]) -> list[Proposed]:
    def found() -> list[Proposed]:
        with visitor.app.pool.connection() as conn:
            return proposed(conn, visitor.tenant.tenant, rows)

    return await visitor.app.run_in_thread(found) if rows else []


async def _open_ones(
    visitor: Visitor, read: ReadRequest, q: str, currency: str
) -> list[InvoiceRow]:
    """Return open invoices in this currency that a search finds."""
    match = await read.match(visitor.key, q.strip()) if q.strip() else None
    if match is None:
        return []
    tenant, scope = visitor.person.tenant_id, visitor.key.scope
    filters = {"currency": currency}
    return await visitor.app.query(
        invoices.find(tenant, filters, limit=FOUND, only_open=True, match=match, scope=scope)
    )


async def _who(visitor: Visitor, rows: Sequence[BankRow]) -> dict[UUID, str]:
    """Return who allocated each transaction last."""
    ids = [row.id for row in rows]
    query = of_books(visitor.person.tenant_id, ids, BankTransactionAllocated.topic)
    return {line.entry.book_id: line.entry.by for line in await visitor.app.query(query)}


def _ids(visitor: Visitor, numbers: Sequence[str]) -> dict[str, UUID]:
    return {number: book_id(visitor.person.tenant_id, INVOICE.name, number) for number in numbers}


def _debtors(visitor: Visitor, numbers: Sequence[str]) -> dict[str, UUID]:
    return {number: book_id(visitor.person.tenant_id, DEBTOR.name, number) for number in numbers}
