"""``/calendar/{token}.ics``: what a resolver has to do, as tasks in Outlook or any other calendar.

One task a case. Its UID stays the same while its date moves, so that a calendar moves it too.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from uuid import UUID

from fastapi import APIRouter, Request
from icalendar import Calendar, Todo
from starlette.responses import Response

from api.http.auth.authentication import TheOffice
from api.http.server.state import AppState
from api.i18n.translate import translation_for
from api.links.tokens import ForCalendar, NoSuchLink, calendar_of
from api.links.urls import answer_url, public_url
from api.pages.kit.html import notice_page
from api.session import TenantSession
from ledger.facts.books import INVOICE
from ledger.facts.invoice.dispute import Dispute
from ledger.facts.invoice.state import Invoice
from ledger.policy.visibility import assigned_to
from projections.disputes import DisputeRow, find

router = APIRouter(include_in_schema=False)
MAX_ROWS = 1000  # rows of one feed
TaskPart = tuple[Invoice, Dispute]


@router.get("/calendar/{token}.ics")
async def feed(token: str, request: Request, app: TheOffice) -> Response:
    at = app.clock()
    try:
        link = await app.run_in_thread(lambda: calendar_of(app.pool, token, at))
    except NoSuchLink:
        _ = translation_for(request)
        told = _("There is no such calendar"), _("Is the link whole?")
        return notice_page(*told, status=404, lang=_.language)
    base = public_url() or str(request.base_url).rstrip("/")
    rows = await _open_rows(app, link)
    session = await app.run_in_thread(lambda: app.session(link.tenant))
    made = await app.run_in_thread(lambda: calendar(session, link, rows, at, base))
    headers = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, nofollow"}
    return Response(made, 200, headers, "text/calendar; charset=utf-8")


async def _open_rows(app: AppState, link: ForCalendar) -> list[DisputeRow]:
    wanted = {"resolver": link.resolver, "status": "open"}
    return await app.query(find(link.tenant, wanted, limit=MAX_ROWS))


def calendar(
    session: TenantSession, link: ForCalendar, rows: Sequence[DisputeRow], at: datetime, base: str
) -> bytes:
    made = Calendar()
    made.add("prodid", "-//Dossier//Disputes//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", f"Disputes of {link.resolver}")
    for case, parts in _cases(session, link, rows):
        made.add_component(_task(case, parts, at, _answer_at(session, link, case, at, base)))
    return bytes(made.to_ical())


def _cases(
    session: TenantSession, link: ForCalendar, rows: Sequence[DisputeRow]
) -> Iterator[tuple[UUID, list[TaskPart]]]:
    """As their books say now."""
    found = dict[UUID, list[TaskPart]]()
    for row in rows:
        invoice = session.ledger.book(INVOICE, row.invoice).state
        dispute = invoice.disputes[row.case_id]
        if assigned_to(invoice, dispute, link.resolver):
            found.setdefault(row.case_id, []).append((invoice, dispute))
    yield from found.items()


def _answer_at(
    session: TenantSession, link: ForCalendar, case: UUID, at: datetime, base: str
) -> str:
    return answer_url(session.pool, link.tenant, case, link.resolver, at, base)


def _task(case: UUID, parts: Sequence[TaskPart], at: datetime, url: str) -> Todo:
    first, answered = parts[0][1], all(one.answer for _, one in parts)
    numbers = ", ".join(invoice.number for invoice, _ in parts)
    task = Todo()
    task.add("uid", f"{case}@dossier")
    task.add("dtstamp", at)
    task.add("summary", f"Dispute over invoice {numbers}: {first.reason.replace('_', ' ')}")
    task.add("description", "\n".join(filter(None, [first.expected, first.comment])))
    task.add("url", url)
    task.add("status", "COMPLETED" if answered else "NEEDS-ACTION")
    if answered:
        task.add("percent-complete", 100)
    if due := _due(parts):
        task.add("due", due)
    return task


def _due(parts: Sequence[TaskPart]) -> date | None:
    return min((one.follow_up_on for _, one in parts if one.follow_up_on), default=None)
