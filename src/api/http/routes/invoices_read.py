"""Invoices: the list, one as it stands, every entry of its book, and the file in sentences."""

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
    documented,
    visible_invoice,
)
from api.http.server.responses import as_json
from commands.fields import BusinessDate, Text
from ledger.facts.codes import Reason, Status
from ledger.policy.refusal import NotFound
from ledger.store.entry_queries import Line
from projections import agenda, disputes, invoices
from projections.contact_log import log

router = APIRouter(prefix="/v1", tags=["invoices"], route_class=FastRoute)
Examiner = Annotated[Key, allow(Role.COLLECTOR, Role.AUDITOR, Role.AGENCY)]


@dataclass(frozen=True, slots=True)
class InvoiceFile:
    """An invoice as it stands at ``line`` of its book, its disputes, and all there is to do."""

    line: int
    invoice: invoices.InvoiceRow
    disputes: list[disputes.DisputeRow]
    to_do: list[agenda.AgendaItem]


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One entry as it was written. ``on`` is when it was true, ``recorded`` when we learned it."""

    position: int
    line: int
    on: date
    recorded: datetime
    by: str
    via: str | None
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
    number: Annotated[Text, Query(max_length=100, description="How it begins.")] = "",
) -> Response:
    """Invoices by number, a page at a time; reason and resolver are those of an open dispute."""
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
        scope=key.scope,
    )
    rows = await page.rows(key, query, invoices.INVOICES, disputes.DISPUTES)
    return page.page(rows, lambda row: row.number)


@router.get("/invoices/{invoice}", responses=documented(InvoiceFile, ETAG))
async def one_invoice(key: CaseReader, read: Reading, invoice: InvoiceNumber) -> Response:
    """As its book says now, what comes next included."""
    state, _ = await visible_invoice(read, key, invoice)
    row = next(invoices.show(state), None)
    if row is None:
        raise NotFound("no-invoice", invoice=invoice)
    file = InvoiceFile(state.line, row, [*disputes.show(state)], [*agenda.show(state)])
    return as_json(file, headers={"ETag": f'"{state.line}"'})


@router.get("/invoices/{invoice}/history", responses=documented(list[HistoryLine], ETAG))
async def history(
    key: Examiner,
    read: Reading,
    invoice: InvoiceNumber,
    upto: Annotated[int | None, Query(ge=0, description="Up to this line.")] = None,
    as_of: Annotated[BusinessDate | None, Query(description="What was true by that day.")] = None,
) -> Response:
    """Every entry of the book as it was written, content hash and all."""
    state, lines = await visible_invoice(read, key, invoice)
    told = [
        _as_written(line)
        for line in lines
        if (upto is None or line.entry.line <= upto)
        and (as_of is None or line.entry.event.on <= as_of)
    ]
    return as_json(told, headers={"ETag": f'"{state.line}"'})


@router.get("/invoices/{invoice}/contact-log", responses=documented(list[log.LogEntry]))
async def invoice_contact_log(key: CaseReader, read: Reading, invoice: InvoiceNumber) -> Response:
    """All that was asked, answered, promised and paid, in plain sentences."""
    _, lines = await visible_invoice(read, key, invoice)
    told = [log.show(line.entry) for line in lines]
    return as_json(told, headers={"Content-Language": "en"})


def _as_written(line: Line) -> HistoryLine:
    entry = line.entry
    return HistoryLine(
        position=entry.position,
        line=entry.line,
        on=entry.event.on,
        recorded=entry.at,
        by=entry.by,
        via=entry.via,
        topic=entry.event.topic,
        data={name: value for name, value in asdict(entry.event).items() if name != "on"},
        flags=list(entry.flags),
        correlation=entry.correlation,
        causation=entry.causation,
        content_hash=line.hashed.hex(),
    )
