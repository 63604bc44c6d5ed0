"""Hand-offs to a collection agency, and the download of their file sets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response, StreamingResponse

from api.handoff import file_set
from api.handoff.manifest import Counts, Manifest, counts
from api.handoff.zip_stream import zipped
from api.http.auth.authentication import allow
from api.http.auth.keys import Key, Role
from api.http.kit.bodies import Body, FieldsOf
from api.http.kit.command_endpoint import CollectorWriter
from api.http.kit.openapi_errors import READS, REFUSALS, Written, refusal
from api.http.kit.openapi_examples import as_example
from api.http.kit.read_endpoint import NEXT, Paging, Reading, ReadRequest, documented
from api.http.kit.route import Route
from api.http.server.problems import Problem
from api.http.server.responses import as_json
from commands.fields import Reference
from commands.handoffs import HandOff
from ledger.facts.entry import Entry
from ledger.facts.invoice.handoff import HandedOff
from ledger.policy.refusal import NotFound
from ledger.store.entry_queries import Line, of_books
from ledger.store.ledger import Ledger
from projections.handoffs import (
    HANDOFFS,
    Cursor,
    HandOffRow,
    HandOffSummary,
    of_handoff,
    summaries,
)

router = APIRouter(prefix="/v1", tags=["hand-offs"], route_class=Route)
Handed = Annotated[Key, allow(Role.COLLECTOR, Role.AUDITOR, Role.AGENCY)]


@FieldsOf(HandOff, without={"invoice", "manifest_sha256", "handoff_id"})
class NewHandOff(Body[HandOff]):
    """The invoices of a hand-off, and the agency."""

    invoices: tuple[Reference, ...] = Field(min_length=1, max_length=100, exclude=True)


class WrittenHandOff(Written):
    """What was written, with the id and checksum of the file set."""

    handoff_id: UUID
    manifest_sha256: str


@dataclass(frozen=True, slots=True)
class HandedInvoice:
    """An invoice as handed off at ``line`` of its book; ``agency`` has it now."""

    id: UUID
    invoice: str
    claim: Decimal
    line: int
    agency: str


@dataclass(frozen=True, slots=True)
class HandOffFile:
    """A hand-off: ``on`` is its business date, ``recorded`` the time of recording."""

    handoff_id: UUID
    agency: str
    on: date
    recorded: datetime
    by: str
    position: int
    manifest_sha256: str | None
    counts: Counts | None  # of the file set; none when another system created it
    invoices: list[HandedInvoice]


DAMAGED = refusal("damaged", "document 9f86d081… is not what was kept: its content was changed")
ZIP = {"application/zip": {"schema": {"type": "string", "format": "binary"}}}
MADE = {"model": WrittenHandOff, "description": "Written", "content": as_example(WrittenHandOff)}


@router.post(
    "/handoffs",
    status_code=201,
    response_class=Response,
    responses={201: MADE, **REFUSALS, 500: DAMAGED},
    operation_id="hand-off",
)
async def hand_off(body: NewHandOff, writer: CollectorWriter) -> Response:
    """Hand off the invoices: the agency collects them, and our own follow-up stops.

    Their files are stored as they are now, and never change.
    """
    handoff, numbers = uuid4(), dict.fromkeys(body.invoices)
    commands = [body.command(HandOff, invoice=number, handoff_id=handoff) for number in numbers]
    ledger = writer.session.ledger
    return await writer.execute(lambda work: file_set.create(ledger, commands, work), extra=_proof)


def _proof(entries: Sequence[Entry]) -> dict[str, Any]:
    event: HandedOff = entries[0].event
    return {"handoff_id": event.handoff_id, "manifest_sha256": event.manifest_sha256}


@router.get("/handoffs", responses=documented(list[HandOffSummary], NEXT))
async def list_handoffs(key: Handed, page: Paging) -> Response:
    """Return the hand-offs, the latest first; an agency sees those of which it still has some."""
    query = summaries(key.tenant_id, page.after(Cursor), page.limit, scope=key.scope)
    rows = await page.rows(key, query, HANDOFFS)
    return page.page(rows, lambda row: Cursor(row.on, row.handoff_id))


@router.get("/handoffs/{handoff}", responses=documented(HandOffFile))
async def show_handoff(key: Handed, read: Reading, handoff: UUID) -> Response:
    """Return a hand-off. An agency sees the invoices that it still has."""
    rows, lines = await _found(key, read, handoff)
    manifest = await _manifest(key, read, handoff, lines)
    by_book = {line.entry.book_id: line.entry for line in lines}
    first, numbers = lines[0].entry, {row.invoice for row in rows}
    file = HandOffFile(
        handoff_id=handoff,
        agency=first.event.agency,
        on=first.event.on,
        recorded=first.at,
        by=first.by,
        position=lines[-1].entry.position,
        manifest_sha256=first.event.manifest_sha256 if _may_have_files(manifest, rows) else None,
        counts=counts([part for part in manifest.invoices if part.invoice in numbers])
        if manifest
        else None,
        invoices=[
            HandedInvoice(row.book_id, row.invoice, entry.event.claim, entry.line, row.agency)
            for row, entry in ((row, by_book[row.book_id]) for row in rows)
        ],
    )
    return as_json(file)


@router.get(
    "/handoffs/{handoff}/files",
    response_class=Response,
    responses={200: {"content": ZIP, "description": "The file set"}, **READS, 500: DAMAGED},
    operation_id="download-handoff",
)
async def files(key: Handed, read: Reading, handoff: UUID) -> Response:
    """Return the files of the manifest as a zip, which has the same bytes each time.

    The book of each invoice and `ETag` have the SHA-256 of its `manifest.json`.
    """
    rows, lines = await _found(key, read, handoff)
    manifest = await _manifest(key, read, handoff, lines)
    if manifest is None:
        raise NotFound("no-file-set", handoff=handoff)
    if not _may_have_files(manifest, rows):
        raise Problem("not-allowed", "It has files of invoices that your key may not see.")
    ledger = await _ledger(key, read)
    await read.app.run_in_thread(lambda: file_set.verify(ledger, manifest))
    summed = lines[0].entry.event.manifest_sha256
    headers = {
        "Content-Disposition": f'attachment; filename="handoff-{handoff}.zip"',
        "ETag": f'"{summed}"',
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    sent = zipped(file_set.contents(ledger, summed), manifest.made_at)
    return StreamingResponse(sent, 200, headers, "application/zip")


async def _found(key: Key, read: ReadRequest, handoff: UUID) -> tuple[list[HandOffRow], list[Line]]:
    """Return the invoices that the key may see, and their entries. Raises ``NotFound``."""
    rows = await read.rows(key, of_handoff(key.tenant_id, handoff, scope=key.scope), HANDOFFS)
    if not rows:
        raise NotFound("no-hand-off", handoff=handoff)
    books = [row.book_id for row in rows]
    lines = await read.app.query(of_books(key.tenant_id, books, HandedOff.topic))
    return rows, [line for line in lines if line.entry.event.handoff_id == handoff]


def _may_have_files(manifest: Manifest | None, rows: Sequence[HandOffRow]) -> bool:
    """Return whether all invoices of the file set are seen; none was made of it elsewhere."""
    return manifest is None or {part.invoice for part in manifest.invoices} == {
        row.invoice for row in rows
    }


async def _manifest(
    key: Key, read: ReadRequest, handoff: UUID, lines: list[Line]
) -> Manifest | None:
    """Return the manifest; None unless all lines name it and Dossier created it."""
    sums = {line.entry.event.manifest_sha256 for line in lines}
    if len(sums) > 1 or None in sums:
        return None
    ledger = await _ledger(key, read)
    found = await read.app.run_in_thread(lambda: file_set.find(ledger, *sums))
    return found if found and found.handoff_id == handoff else None


async def _ledger(key: Key, read: ReadRequest) -> Ledger:
    return (await read.app.run_in_thread(lambda: read.app.session(key.tenant_id))).ledger
