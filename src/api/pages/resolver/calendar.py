"""``/calendar/{token}.ics``: the cases of a resolver as tasks in Outlook or any other calendar.

The UID of a case stays the same while its date moves, so that a calendar moves the task, too.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Request
from icalendar import Calendar, Todo
from starlette.responses import Response

from api.http.auth.authentication import TheApp
from api.http.server.problems import Problem
from api.i18n.translate import translation_for
from api.links.tokens import Expired, ForCalendar, NoSuchLink, calendar_of
from api.pages.kit.html import notice_page
from api.pages.kit.limits import TOO_OFTEN
from api.session import TenantSession
from ledger.facts.books import INVOICE
from ledger.facts.invoice.state import Dispute, Invoice
from ledger.policy.visibility import EVERYTHING, assigned_to
from projections.dispute_queries import find
from projections.disputes import DisputeRow

router = APIRouter(include_in_schema=False)
MAX_ROWS = 1000
TaskPart = tuple[Invoice, Dispute]


@router.get("/calendar/{token}.ics")
async def feed(token: str, request: Request, app: TheApp) -> Response:
    at = app.clock()
    _ = translation_for(request)
    try:
        link = await app.run_in_thread(lambda: calendar_of(app.pool, token, at))
        request.app.state.links.take(link)
    except NoSuchLink:
        lines = _("There is no such calendar"), _("Is the link complete?")
        return notice_page(*lines, status=404, lang=_.language)
    except Problem:
        return notice_page(_(TOO_OFTEN), status=429, lang=_.language)
    except Expired:
        return notice_page(_("This link is too old"), status=410, lang=_.language)
    filters = {"resolver": link.resolver, "status": "open"}
    rows = await app.query(find(link.tenant, filters, limit=MAX_ROWS, scope=EVERYTHING))
    session = await app.run_in_thread(lambda: app.session(link.tenant))
    content = await app.run_in_thread(lambda: calendar(session, link, rows, at))
    headers = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, nofollow"}
    return Response(content, 200, headers, "text/calendar; charset=utf-8")


def calendar(
    session: TenantSession, link: ForCalendar, rows: Sequence[DisputeRow], at: datetime
) -> bytes:
    """Return the tasks, without links to answer by: calendars keep and share what they fetch."""
    feed = Calendar()
    feed.add("prodid", "-//Dossier//Disputes//EN")
    feed.add("version", "2.0")
    feed.add("x-wr-calname", f"Disputes of {link.resolver}")
    for case, parts in _cases(session, link, rows).items():
        feed.add_component(_task(case, parts, at))
    return bytes(feed.to_ical())


def _cases(
    session: TenantSession, link: ForCalendar, rows: Sequence[DisputeRow]
) -> dict[UUID, list[TaskPart]]:
    """Return the cases that are still the resolver's by their books: the read model lags."""
    found = dict[UUID, list[TaskPart]]()
    for row in rows:
        invoice = session.ledger.book(INVOICE, row.invoice).state
        dispute = invoice.disputes[row.case_id]
        if assigned_to(invoice, dispute, link.resolver):
            found.setdefault(row.case_id, []).append((invoice, dispute))
    return found


def _task(case: UUID, parts: Sequence[TaskPart], at: datetime) -> Todo:
    first, answered = parts[0][1], all(dispute.answer for _, dispute in parts)
    numbers = ", ".join(invoice.number for invoice, _ in parts)
    task = Todo()
    task.add("uid", f"{case}@dossier")
    task.add("dtstamp", at)
    task.add("summary", f"Dispute over invoice {numbers}: {first.reason.replace('_', ' ')}")
    task.add("description", "\n".join(filter(None, [first.expected, first.comment])))
    task.add("status", "COMPLETED" if answered else "NEEDS-ACTION")
    if answered:
        task.add("percent-complete", 100)
    if days := [dispute.follow_up_on for _, dispute in parts if dispute.follow_up_on]:
        task.add("due", min(days))
    return task
