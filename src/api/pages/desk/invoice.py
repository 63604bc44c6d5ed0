"""``/invoices/{id}``: what an invoice stands at, what happens next and why, and what happened."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from fastapi import APIRouter, Query
from msgspec.structs import asdict
from starlette.responses import Response

from api.http.auth.keys import Role
from api.http.kit.read_endpoint import AtLeast, ReadRequest, entries_of, visible_invoice
from api.pages.desk.bank_links import bank_links
from api.pages.desk.debtor_link import has_link
from api.pages.desk.files import attached, readable
from api.pages.desk.frame import Amount, Reader, desk_page, reader
from api.pages.desk.timeline import ICONS, SHOWN, by_day, face
from api.pages.kit.page_route import PageRoute
from api.pages.kit.site import local
from api.pages.kit.visitor import Visitor, visitor
from ledger.facts.books import DEBTOR, INVOICE, replay
from ledger.facts.codes import ZERO
from ledger.facts.debtor import Debtor
from ledger.facts.invoice.state import Invoice
from ledger.policy.status import status
from ledger.policy.visibility import Scope
from ledger.store.entry_queries import Line
from projections.contact_log.log import LogEntry, show
from projections.disputes import DisputeRow
from projections.disputes import show as disputes_of
from projections.explain.why import Explanation, why

router = APIRouter(include_in_schema=False, route_class=PageRoute)
FileReader = Annotated[Visitor, visitor(Role.COLLECTOR, Role.AUDITOR, Role.RESOLVER, Role.AGENCY)]


@dataclass(frozen=True)
class Entry:
    """A line of the time line."""

    position: int
    line: int
    icon: str
    tone: str
    what: str
    by: str
    time: str
    at: datetime
    topic: str
    raw: str
    hashed: str
    flags: list[str]
    documents: list[str]


@dataclass(frozen=True)
class Part:
    """A part of the bar: what is disputed, promised, on hold, or simply open."""

    kind: str
    word: str
    amount: Amount
    x: float
    width: float


@router.get("/invoices/{invoice}")
async def invoice_file(
    visitor: FileReader,
    invoice: UUID,
    channel: Annotated[str, Query(max_length=20)] = "",
    upto: Annotated[int | None, Query(ge=1)] = None,
    first: Annotated[int, Query(ge=0)] = 0,
    back: Annotated[str, Query(max_length=2000)] = "/today",
    at_least: AtLeast = 0,
) -> Response:
    """Show the file of an invoice, now or as it was after its line ``upto``."""
    key, app, r = visitor.key, visitor.app, reader(visitor)
    read = ReadRequest(visitor.request, app, at_least)
    state, lines = await visible_invoice(read, key, str(invoice))
    last = lines[-1].entry.line
    if upto is not None and upto < last:
        lines = [line for line in lines if line.entry.line <= upto]
        state = replay_of(lines)
    seen = [line for line in lines if key.scope.sees_event(state, line.entry.event)]
    explanation = await _explained(visitor, lines) if visitor.sees_why else None
    debtor = await debtor_of(read, visitor, state) if visitor.sees_why else None
    newest = [line for line in reversed(seen) if channel in ("", _channel(line))]
    on_page = newest[first : first + SHOWN]
    page = [_entry(line, r) for line in on_page]
    facts = {
        "invoice": state,
        "status": status(state),
        "debtor": debtor,
        "figures": _figures(state, r),
        "parts": [*_parts(state, r)],
        "explanation": explanation,
        "days": [*by_day(page, r)],
        "bank": await bank_links(visitor, (line.entry for line in on_page)),
        "count": len(seen),
        "channels": _channels(seen),
        "channel": channel,
        "first": first,
        "older": first + SHOWN if first + SHOWN < len(newest) else 0,
        "upto": lines[-1].entry.line,
        "last": last,
        "past": lines[-1].entry.line < last,
        "began": r.day(lines[0].entry.event.on),
        "disputes": _disputes(state, key.scope),
        "documents": attached(seen),
        "due": r.age(state.due_on),
        "late": state.open_amount > 0 and state.due_on < visitor.today(),
        "leads_back": local(back),
        "may_act": visitor.may_act and lines[-1].entry.line == last,
        "has_link": has_link(visitor, debtor),
        "may_write": visitor.may_write and debtor is not None and state.collectable,
    }
    return await desk_page(visitor, "desk/invoice.html", "invoices", facts)


def replay_of(lines: Sequence[Line]) -> Invoice:
    return replay(INVOICE, lines[0].entry.book_id, [line.entry for line in lines]).state


async def debtor_of(read: ReadRequest, visitor: Visitor, invoice: Invoice) -> Debtor | None:
    """Return the debtor of an invoice that the visitor sees; None when they are not registered."""
    if not invoice.debtor:
        return None
    lines = await entries_of(read, visitor.key, DEBTOR, invoice.debtor)
    if not lines:
        return None
    return replay(DEBTOR, lines[0].entry.book_id, [line.entry for line in lines]).state


async def _explained(visitor: Visitor, lines: Sequence[Line]) -> Explanation:
    ledger, now = visitor.tenant.ledger, visitor.app.clock()
    book = [line.entry for line in lines]
    return await visitor.app.run_in_thread(lambda: why(ledger, book, now))


def _figures(invoice: Invoice, r: Reader) -> list[tuple[str, str, Amount]]:
    """Return at most five figures: a glyph, a word and an amount."""
    code = invoice.currency
    found = [("", "Amount", invoice.amount)]
    if invoice.charges:
        found.append(("", "Costs and interest", invoice.charges))
    if paid := invoice.received:
        found.append(("paid", "Paid", paid))
    if invoice.credited:
        found.append(("paid", "Credited", invoice.credited))
    found.append(("open", "Open", invoice.open_amount))
    if invoice.disputed_amount:
        found.append(("disputed", "Disputed", invoice.disputed_amount))
        found.append(("", "Undisputed", invoice.undisputed_amount))
    return [(glyph, word, r.amount(value, code)) for glyph, word, value in found[-5:]]


def _parts(invoice: Invoice, r: Reader) -> Iterator[Part]:
    """Yield the parts of what is open; each is counted once, disputed money first."""
    whole = invoice.open_amount
    if whole <= 0:
        return
    disputed = min(invoice.disputed_amount, whole)
    promise = invoice.open_promise
    promised = min(promise.amount, whole - disputed) if promise else ZERO
    rest = whole - disputed - promised
    x = 0.0
    for kind, word, amount in (
        ("disputed", "Disputed", disputed),
        ("promised", "Promised", promised),
        ("open", "Open", rest),
    ):
        if amount:
            width = round(float(amount / whole * 100), 1)
            yield Part(kind, word, r.amount(amount, invoice.currency), round(x, 1), width)
            x += width


def _entry(line: Line, r: Reader) -> Entry:
    entry = line.entry
    shown: LogEntry = show(entry)
    look = face(shown)
    data = {name: value for name, value in asdict(entry.event).items() if value not in (None, ())}
    raw = msgspec.json.format(msgspec.json.encode(data), indent=1).decode()
    return Entry(
        position=entry.position,
        line=entry.line,
        icon=look.icon,
        tone=look.tone,
        what=r.sentence(entry.event),
        by=entry.by,
        time=f"{r.local(entry.at):%H:%M}",
        at=r.local(entry.at),
        topic=entry.event.topic,
        raw=raw,
        hashed=line.hashed.hex(),
        flags=list(entry.flags),
        documents=readable(entry.event),
    )


def _channel(line: Line) -> str | None:
    return getattr(line.entry.event, "channel", None)


def _channels(lines: Sequence[Line]) -> list[tuple[str, str, int]]:
    """Return each channel of the file, its icon, and how many entries it has."""
    counted: dict[str, int] = {}
    for line in lines:
        if channel := _channel(line):
            counted[channel] = counted.get(channel, 0) + 1
    return [(name, ICONS.get(name, "clock"), count) for name, count in sorted(counted.items())]


def _disputes(invoice: Invoice, scope: Scope) -> list[DisputeRow]:
    return [row for row in disputes_of(invoice) if scope.sees_case(invoice, row.case_id)]
