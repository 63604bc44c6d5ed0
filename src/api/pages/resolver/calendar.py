"""``/calendar/{token}.ics``: the cases of a resolver in their calendar.

Each is a task (VTODO), and on its day an event (VEVENT), as Outlook and Google show no tasks of a
feed. The UIDs of a case stay the same while its date moves, so that a calendar moves them, too.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from fastapi import APIRouter, Request
from icalendar import Calendar, Event, Todo
from starlette.responses import Response

from api.firm import creditor_of
from api.http.auth.authentication import TheApp
from api.http.server.problems import Problem
from api.i18n.translate import Translation, translation_for
from api.links.link import Expired, ForCalendar, NoSuchLink
from api.links.tokens import calendar_of
from api.pages.kit.html import notice_page
from api.pages.kit.limits import TOO_OFTEN
from api.session import TenantSession
from ledger.facts.books import INVOICE
from ledger.facts.invoice.state import Dispute, Invoice
from ledger.policy.messages.languages import language_in
from ledger.policy.visibility import EVERYTHING, assigned_to
from projections.asked import WAITING
from projections.dispute_queries import find
from projections.disputes import DisputeRow

router = APIRouter(include_in_schema=False)
MAX_ROWS = 1000
C = TypeVar("C", Todo, Event)
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
    language = creditor_of(session).language or language_in(session.playbook()[1].calendar.country)
    for case, parts in _cases(session, link, rows).items():
        for component in _components(case, parts, at, Translation(language)):
            feed.add_component(component)
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


def _components(
    case: UUID, parts: Sequence[TaskPart], at: datetime, _: Translation
) -> Iterator[Todo | Event]:
    """Yield the task, and the event of its day until it is answered."""
    first = parts[0][1]
    numbers = ", ".join(invoice.number for invoice, _dispute in parts)
    title = _("Dispute over invoice {invoices}", invoices=numbers)
    asked = "\n".join(filter(None, [_.question(first.expected), first.comment]))
    days = [dispute.follow_up_on for _invoice, dispute in parts if dispute.follow_up_on]
    answered = all(dispute.answer not in WAITING for _invoice, dispute in parts)
    summary = f"{title}: {_.code(first.reason)}"
    task = _described(Todo(), f"{case}@dossier", at, summary, asked)
    task.add("status", "COMPLETED" if answered else "NEEDS-ACTION")
    if answered:
        task.add("percent-complete", 100)
    if days:
        task.add("due", min(days))
    yield task
    if days and not answered:
        event = _described(Event(), f"{case}.day@dossier", at, summary, asked)
        event.add("dtstart", min(days))  # all day
        event.add("transp", "TRANSPARENT")  # and nobody is busy for it
        yield event


def _described(component: C, uid: str, at: datetime, summary: str, description: str) -> C:
    component.add("uid", uid)
    component.add("dtstamp", at)
    component.add("summary", summary)
    component.add("description", description)
    return component
