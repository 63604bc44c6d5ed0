"""Invoices: the list, an invoice, its history and its contact log."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from msgspec.structs import asdict
from starlette.responses import Response

from api.http.auth.authentication import CaseReader, allow
from api.http.auth.keys import Key, Role
from api.http.kit.fast_route import FastRoute
from api.http.kit.read_endpoint import (
    ETAG,
    NEXT,
    InvoiceNumber,
    Name,
    OnDay,
    Paging,
    Reading,
    Search,
    documented,
    visible_invoice,
)
from api.http.server.responses import as_json
from commands.fields import BusinessDate, Text
from ledger.facts.codes import Reason, Status
from ledger.policy.refusal import NotFound
from ledger.policy.visibility import Scope
from ledger.store.entry_queries import Line
from projections import agenda, disputes, invoices
from projections.contact_log import log

router = APIRouter(prefix="/v1", tags=["invoices"], route_class=FastRoute)
Examiner = Annotated[Key, allow(Role.COLLECTOR, Role.AUDITOR, Role.AGENCY)]


@dataclass(frozen=True, slots=True)
class InvoiceFile:
    """An invoice at ``line`` of its book, its disputes and its tasks."""

    line: int
    invoice: invoices.InvoiceRow
    disputes: list[disputes.DisputeRow]
    to_do: list[agenda.AgendaItem]


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """An entry: ``on`` is its business date, ``recorded`` the time of recording."""

    position: int
    line: int
    on: date
    recorded: datetime
    by: str
    via: str | None  # the API key, or the user who typed it
    topic: str
    data: dict[str, Any]
    flags: list[str]
    correlation: str | None
    causation: str | None
    content_hash: str


@router.get("/invoices", responses=documented(list[invoices.InvoiceRow], NEXT))
async def list_invoices(
    key: CaseReader,
    page: Paging,
    debtor: Name = None,
    collector: Name = None,
    business_unit: Name = None,
    status: Status | None = None,
    currency: Name = None,
    reason: Reason | None = None,
    resolver: Name = None,
    overdue: bool = False,
    on: OnDay = None,
    q: Search = None,
    number: Annotated[Text, Query(max_length=100, description="Its first characters.")] = "",
) -> Response:
    """Return invoices by number, page by page; reason and resolver are of an open dispute."""
    filters = {
        "debtor": debtor,
        "collector": collector,
        "business_unit": business_unit,
        "status": status and status.value,
        "currency": currency,
        "reason": reason and reason.value,
        "resolver": resolver,
    }
    query = invoices.find(
        key.tenant_id,
        filters,
        (on or page.today(key)) if overdue else None,
        page.after(str) or "",
        page.limit,
        prefix=number,
        match=await page.match(key, q),
        scope=key.scope,
    )
    rows = await page.rows(key, query, invoices.INVOICES, disputes.DISPUTES)
    return page.page(rows, lambda row: row.number)


@router.get("/invoices/{invoice}", responses=documented(InvoiceFile, ETAG))
async def show_invoice(key: CaseReader, read: Reading, invoice: InvoiceNumber) -> Response:
    """Return the invoice, its disputes and its tasks; a resolver sees those of their own cases."""
    state, _ = await visible_invoice(read, key, invoice)
    row = next(invoices.show(state), None)
    if row is None:
        raise NotFound("no-invoice", invoice=invoice)
    cases = [case for case in disputes.show(state) if key.scope.sees_case(state, case.case_id)]
    tasks = [task for task in agenda.show(state) if key.scope.sees_case(state, task.case_id)]
    file = InvoiceFile(state.line, row, cases, tasks)
    return as_json(file, headers={"ETag": f'"{state.line}"'})


@router.get("/invoices/{invoice}/history", responses=documented(list[HistoryLine], ETAG))
async def list_invoice_entries(
    key: Examiner,
    read: Reading,
    invoice: InvoiceNumber,
    upto: Annotated[int | None, Query(ge=0, description="Up to this line.")] = None,
    as_of: Annotated[
        BusinessDate | None, Query(description="Business dates up to this day.")
    ] = None,
) -> Response:
    """Return every entry of the book, with its content hash.

    The manifest of a hand-off is about other invoices too, so `GET /v1/handoffs/{handoff}` has it.
    """
    state, lines = await visible_invoice(read, key, invoice)
    entries = [
        _as_written(line, key.scope)
        for line in lines
        if (upto is None or line.entry.line <= upto)
        and (as_of is None or line.entry.event.on <= as_of)
    ]
    return as_json(entries, headers={"ETag": f'"{state.line}"'})


@router.get("/invoices/{invoice}/contact-log", responses=documented(list[log.LogEntry]))
async def list_invoice_contacts(key: CaseReader, read: Reading, invoice: InvoiceNumber) -> Response:
    """Return the contact log of the invoice, in English sentences.

    A resolver sees their own cases and the contacts about the invoice, and no notes.
    """
    state, lines = await visible_invoice(read, key, invoice)
    entries = (line.entry for line in lines)
    sentences = [log.show(entry) for entry in entries if key.scope.sees_event(state, entry.event)]
    return as_json(sentences, headers={"Content-Language": "en"})


def _as_written(line: Line, scope: Scope) -> HistoryLine:
    entry = line.entry
    hidden = {"on"} if scope.is_everything else {"on", "manifest_sha256"}
    return HistoryLine(
        position=entry.position,
        line=entry.line,
        on=entry.event.on,
        recorded=entry.at,
        by=entry.by,
        via=entry.via,
        topic=entry.event.topic,
        data={name: value for name, value in asdict(entry.event).items() if name not in hidden},
        flags=list(entry.flags),
        correlation=entry.correlation,
        causation=entry.causation,
        content_hash=line.hashed.hex(),
    )
