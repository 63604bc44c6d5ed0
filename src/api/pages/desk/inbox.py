"""The inbox: the messages that wait for a person, and the open message beside its suggestions."""

from datetime import date
from typing import Annotated, NamedTuple
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.http.auth.keys import Role
from api.http.kit.read_endpoint import AtLeast, ReadRequest
from api.http.server.responses import unwrap, wrap
from api.pages.desk.frame import desk_page
from api.pages.kit.page_route import PageRoute
from api.pages.kit.visitor import Visitor, visitor
from ledger.policy.disputes.detection import Detection, detect
from ledger.policy.playbook.in_force import together, wording
from projections import inbox
from projections.inbox import INBOX, InboxRow

router = APIRouter(include_in_schema=False, route_class=PageRoute)
Sorter = Annotated[Visitor, visitor(Role.COLLECTOR)]
Cursor = Annotated[str | None, Query(max_length=2000)]
ROWS = 20
MOST_HINTS = 4


class Hint(NamedTuple):
    """A suggestion: what a message may be about, and why."""

    invoice: str
    debtor: str
    reason: str  # of a dispute, or empty
    why: str


class Marked(NamedTuple):
    """A text with the sentence that may be a dispute between its two other parts."""

    before: str
    sentence: str
    after: str


@router.get("/inbox")
async def show_inbox(
    visitor: Sorter, message: UUID | None = None, cursor: Cursor = None, at_least: AtLeast = 0
) -> Response:
    """Show the messages, the oldest first, and one of them; the first if none is named."""
    key, read = visitor.key, ReadRequest(visitor.request, visitor.app, at_least)
    after = unwrap(cursor, tuple[date, UUID])
    query = inbox.waiting(key.tenant_id, None, after, ROWS + 1)
    found = await read.rows(key, query, INBOX) if key.scope.is_everything else []
    rows = found[:ROWS]
    shown = next((row for row in rows if row.id == message), next(iter(rows), None))
    sign = await visitor.app.run_in_thread(lambda: _sign(visitor, shown)) if shown else None
    facts = {
        "rows": rows,
        "next": "/inbox?cursor=" + wrap((rows[-1].received_on, rows[-1].id))
        if len(found) > ROWS
        else "",
        "shown": shown,
        "is_chosen": shown is not None and shown.id == message,
        "sign": sign,
        "text": _marked(shown.text, sign) if shown else None,
        "hints": _hints(shown) if shown else (),
    }
    return await desk_page(visitor, "desk/inbox.html", "inbox", facts)


def _sign(visitor: Visitor, row: InboxRow) -> Detection | None:
    """Return what smells of a dispute in a message, by the rules in force."""
    _, rules = visitor.tenant.playbook()
    return detect(row.text, wording(rules), together(rules))


def _marked(text: str, sign: Detection | None) -> Marked:
    if sign is None or sign.sentence not in text:
        return Marked(text, "", "")
    return Marked(*text.partition(sign.sentence))


def _hints(row: InboxRow) -> list[Hint]:
    """Return the suggestions: those of a dispute first, each invoice or debtor once."""
    columns = (row.suggested_invoices, row.suggested_debtors, row.suggested_reasons)
    every = [Hint(*parts) for parts in zip(*columns, row.suggestions, strict=True)]
    every += [Hint(invoice, row.debtor, "", "") for invoice in row.invoices]
    every.sort(key=lambda hint: not hint.reason)
    first = {(hint.invoice or hint.debtor): hint for hint in reversed(every)}
    return [hint for hint in every if first[hint.invoice or hint.debtor] is hint][:MOST_HINTS]
