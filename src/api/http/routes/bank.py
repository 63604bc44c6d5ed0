"""Bank statements, and what their transactions are for. They have no business unit: only for keys
of all units."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.bank.import_ import FileReport, import_bank_file
from api.bank.proposing import Proposed, proposed
from api.bank.statement import UnreadableFile
from api.http.auth.authentication import Registrar, TheApp, allow
from api.http.auth.keys import Key, Role
from api.http.kit.bodies import Body, FieldsOf
from api.http.kit.command_endpoint import Writer, writer_for
from api.http.kit.command_routes import visible_book, written
from api.http.kit.openapi_errors import READS, refusal
from api.http.kit.openapi_examples import as_example
from api.http.kit.read_endpoint import NEXT, Paging, Reading, documented
from api.http.kit.route import Route
from api.http.kit.uploads import MAX_BYTES, read_limited
from api.http.server.middleware import current
from api.http.server.problems import Problem
from api.http.server.responses import as_json
from api.http.server.state import AppState
from api.session import TenantSession
from commands.bank import allocation
from commands.bank.transactions import SetBankTransactionAside
from commands.fields import PositiveAmount, Reference, RequiredText, Text
from ledger.facts.books import BANK_TRANSACTION
from ledger.policy.payments.matching import Proposal
from ledger.policy.refusal import NotFound
from projections import bank, bank_statements
from projections.bank import BANK, BankRow
from projections.bank_statements import STATEMENTS, StatementRow

router = APIRouter(prefix="/v1/bank", tags=["bank"], route_class=Route)
BankReader = Annotated[Key, allow(Role.COLLECTOR, Role.AUDITOR, all_units=True)]
BankWriter = Annotated[Writer, writer_for(Role.COLLECTOR, all_units=True)]
TheTransaction = Annotated[UUID, Path(alias="transaction", description="The `id` of its row.")]
Status = Literal["waiting", "allocated", "returned", "matched", "set aside"]
FILE = {"type": "string", "format": "binary", "description": "camt or MT940, plain, gzip or zip"}
BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": FILE, "example": "(statement.xml)"}},
    }
}
IMPORTED: dict[int | str, dict[str, Any]] = {
    **{status: answer for status, answer in READS.items() if status != 404},
    201: {"model": FileReport, "description": "Imported", "content": as_example(FileReport)},
    413: refusal("too-large", f"At most {MAX_BYTES:,} bytes."),
    422: refusal("invalid", "march.sta: line 12: the amount cannot be read", pointer=""),
}


@dataclass(frozen=True, slots=True)
class ProposedShare:
    """What an invoice would get."""

    invoice: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class BankProposal:
    """What a transaction may be for, and why; ``rest`` would wait with the debtor."""

    debtor: str
    name: str
    shares: list[ProposedShare]
    rest: Decimal
    score: int
    is_certain: bool
    evidence: list[str]


@dataclass(frozen=True, slots=True)
class BankClues:
    """What our books know of the names in a transaction: invoices, unless it says otherwise."""

    by_reference: list[str]
    by_number: list[str]
    by_order: list[str]
    by_amount: list[str]
    payers: list[str]  # debtors
    settled: list[str]  # named, and nothing is open
    unknown: list[str]  # references that are none of ours


@dataclass(frozen=True, slots=True)
class BankTransactionFile:
    """A transaction with what it may be for; ``returns`` are those that money out may return."""

    transaction: BankRow
    proposals: list[BankProposal]
    returns: list[BankRow]
    clues: BankClues


class InvoiceShare(BaseModel, frozen=True, extra="forbid"):
    """An invoice, and what it gets of the transaction."""

    invoice: Reference
    amount: PositiveAmount


class BankAllocation(BaseModel):
    """Shares as stated, or invoices of which the oldest due date is met first; what is left waits
    with the debtor."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        json_schema_extra={"example": {"shares": [{"invoice": "2026-001", "amount": "100.00"}]}},
    )
    shares: tuple[InvoiceShare, ...] = Field((), max_length=100)
    invoices: tuple[Reference, ...] = Field((), max_length=100)
    debtor: Reference | None = Field(None, description="that of the invoices when left out")


class WhyUndone(BaseModel):
    """Why the allocation is undone."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        json_schema_extra={"example": {"why": "Another customer paid."}},
    )
    why: RequiredText


class ReturnOf(BaseModel):
    """The transaction that came back."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        json_schema_extra={"example": {"original": "00000000-0000-4000-8000-000000000001"}},
    )
    original: UUID


@router.post(
    "/statements",
    status_code=201,
    response_class=Response,
    responses=IMPORTED,
    openapi_extra=BODY,
    operation_id="import-bank-file",
)
async def import_statements(
    request: Request,
    key: Registrar,
    app: TheApp,
    name: Annotated[Text, Query(min_length=1, max_length=200, description="Of the file.")] = "file",
) -> Response:
    """Import the bank file in the body, and allocate what is certain.

    It needs no Idempotency-Key: each transaction is recorded once, whatever file it comes in.
    """
    content = b"".join([piece async for piece in read_limited(request, MAX_BYTES)])
    session = app.session(key.tenant_id)
    context = session.context(
        key.name, correlation=current().id, via=str(key.key_id), scope=key.scope
    )
    try:
        report = await app.run_in_thread(
            lambda: import_bank_file(session, context, name, content, lambda _: None)
        )
    except UnreadableFile as error:
        where = "" if error.where in ("", name) else f"{error.where}: "
        raise Problem("invalid", f"{name}: {where}{error.why}", "") from None
    return as_json(report, 201, {"Cache-Control": "no-store"})


@router.get("/statements", responses=documented(list[StatementRow]))
async def list_bank_statements(
    key: BankReader, read: Reading, limit: Annotated[int, Query(ge=1, le=1000)] = 50
) -> Response:
    """Return the statements that were imported last, with their balances and what does not
    chain."""
    return as_json(await read.rows(key, bank_statements.newest(key.tenant_id, limit), STATEMENTS))


@router.get("/transactions", responses=documented(list[BankRow], NEXT))
async def list_bank_transactions(
    key: BankReader, page: Paging, status: Status = "waiting"
) -> Response:
    """Return the transactions that stand so, the oldest first."""
    query = bank.in_status(key.tenant_id, status, page.after(bank.Cursor), page.limit)
    return page.page(await page.rows(key, query, BANK), bank.behind)


@router.get("/transactions/{transaction}", responses=documented(BankTransactionFile))
async def show_bank_transaction(
    transaction: TheTransaction, key: BankReader, read: Reading
) -> Response:
    """Return a transaction, what it may be for and why, and what speaks against it."""
    rows = await read.rows(key, bank.get(key.tenant_id, transaction), BANK)
    if not rows:
        raise NotFound("no-bank-transaction", transaction=transaction)
    found = await _proposed(read.app, read.app.session(key.tenant_id), rows)
    made = [*map(_proposal, found.proposals)]
    return as_json(BankTransactionFile(found.row, made, [*found.returns], _clues(found)))


@router.post("/transactions/{transaction}/allocations", **written("allocate-bank-transaction"))
async def allocate(
    transaction: TheTransaction, body: BankAllocation, writer: BankWriter
) -> Response:
    """Allocate the transaction as stated, else to the oldest due date of these invoices first; with
    a debtor alone all of it waits with them."""
    number = await _number(writer, transaction)
    stated = {share.invoice: share.amount for share in body.shares}
    numbers = [*stated, *body.invoices]
    rows = await writer.app.query(bank.get(writer.key.tenant_id, transaction)) if stated else []
    found = await _proposed(writer.app, writer.session, rows) if rows else None
    evidence = found.evidence(stated) if found else ()
    return await writer.execute(
        lambda work: allocation.allocation(work, number, numbers, stated, body.debtor, evidence)
    )


@router.post("/transactions/{transaction}/undo", **written("undo-bank-transaction"))
async def undo(transaction: TheTransaction, body: WhyUndone, writer: BankWriter) -> Response:
    """Undo the allocation of the transaction with all its payments, or that it was set aside."""
    number = await _number(writer, transaction)
    return await writer.execute(lambda work: allocation.undone(work, number, body.why))


@router.post(
    "/transactions/{transaction}/set-aside",
    **written("set-bank-transaction-aside", SetBankTransactionAside.__doc__),
)
async def set_aside(
    transaction: TheTransaction,
    body: Annotated[
        Body[SetBankTransactionAside], FieldsOf(SetBankTransactionAside, {"transaction"})
    ],
    writer: BankWriter,
) -> Response:
    number = await _number(writer, transaction)
    return await writer.execute([body.command(SetBankTransactionAside, transaction=number)])


@router.post("/transactions/{transaction}/returns", **written("return-bank-transaction"))
async def return_(transaction: TheTransaction, body: ReturnOf, writer: BankWriter) -> Response:
    """Match money that went out with the payment that it returns, which is then reversed."""
    number, original = await _number(writer, transaction), await _number(writer, body.original)
    return await writer.execute(lambda work: allocation.returned(work, number, original))


async def _number(writer: Writer, id_: UUID) -> str:
    """Return the number of a transaction. Raises ``NotFound``."""
    found = await visible_book(writer.app, writer.key, BANK_TRANSACTION, id_)
    if found is None or found.recorded is None:
        raise NotFound("no-bank-transaction", transaction=id_)
    return found.recorded.transaction


async def _proposed(app: AppState, session: TenantSession, rows: Sequence[BankRow]) -> Proposed:
    def found() -> Proposed:
        with session.pool.connection() as conn:
            return proposed(conn, session.tenant, rows)[0]

    return await app.run_in_thread(found)


def _proposal(proposal: Proposal) -> BankProposal:
    return BankProposal(
        debtor=proposal.debtor,
        name=proposal.name,
        shares=[ProposedShare(share.invoice, share.amount) for share in proposal.shares],
        rest=proposal.rest,
        score=proposal.score,
        is_certain=proposal.is_certain,
        evidence=[reason.value for reason in proposal.evidence],
    )


def _clues(found: Proposed) -> BankClues:
    clues = found.clues
    return BankClues(
        by_reference=[claim.invoice for claim in clues.by_reference],
        by_number=[claim.invoice for claim in clues.by_number],
        by_order=[claim.invoice for claim in clues.by_order],
        by_amount=[claim.invoice for claim in clues.by_amount],
        payers=[*clues.payers],
        settled=[*clues.settled],
        unknown=[*clues.unknown],
    )
