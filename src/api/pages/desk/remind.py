"""``…/reminder``: the next step of the ladder, seen as it would be sent and sent before its day."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.http.auth.keys import Role
from api.http.kit.command_routes import visible_book
from api.http.kit.read_endpoint import ReadRequest
from api.pages.desk.act_routes import context_of
from api.pages.desk.frame import desk_page
from api.pages.desk.messages import MOST, as_sent, mark_of, why_unsent
from api.pages.kit.page_route import PageRoute
from api.pages.kit.site import local, see_other
from api.pages.kit.visitor import Visitor, WritingVisitor, visitor, writing
from api.postman.dry_run import EmailText
from api.postman.templates import BadTemplate
from commands.execute import UnitOfWork, execute, preview
from commands.follow_up.reminding import remind_now
from ledger.facts.books import DEBTOR, INVOICE
from ledger.facts.invoice.follow_up import StepTaken
from ledger.facts.outbound import MessageAsked
from ledger.policy.refusal import NotFound, Refused
from projections import invoices
from projections.invoices import INVOICES

router = APIRouter(include_in_schema=False, route_class=PageRoute)
Reminding = Annotated[Visitor, visitor(Role.COLLECTOR, all_units=True)]
RemindingForm = Annotated[WritingVisitor, writing(Role.COLLECTOR, all_units=True)]
Back = Annotated[str, Query(max_length=2000)]


@dataclass(frozen=True)
class Reminded:
    """Whom to remind, of what, and the address of the page."""

    debtor: str
    numbers: tuple[str, ...]
    title: str
    address: str
    here: str

    def plan(self, work: UnitOfWork) -> Any:
        return remind_now(work, self.debtor, self.numbers)


@dataclass(frozen=True)
class Preview:
    """The message, its language, and the steps that it takes."""

    message: EmailText
    language: str
    steps: tuple[StepTaken, ...]


@router.get("/invoices/{invoice}/reminder")
async def preview_of_invoice(visitor: Reminding, invoice: UUID, back: Back = "") -> Response:
    return await _show(visitor, await _of_invoice(visitor, invoice), back)


@router.get("/debtors/{debtor}/reminder")
async def preview_of_debtor(visitor: Reminding, debtor: UUID, back: Back = "") -> Response:
    return await _show(visitor, await _of_debtor(visitor, debtor), back)


@router.post("/invoices/{invoice}/reminder")
async def remind_of_invoice(visitor: RemindingForm, invoice: UUID) -> Response:
    return await _send(visitor, await _of_invoice(visitor, invoice))


@router.post("/debtors/{debtor}/reminder")
async def remind_debtor(visitor: RemindingForm, debtor: UUID) -> Response:
    return await _send(visitor, await _of_debtor(visitor, debtor))


async def _of_invoice(visitor: Visitor, id_: UUID) -> Reminded:
    found = await visible_book(visitor.app, visitor.key, INVOICE, id_)
    if found is None:
        raise NotFound("no-invoice", invoice=id_)
    title = visitor.words("Invoice {number}", number=found.number)
    return Reminded(found.debtor, (found.number,), title, f"/invoices/{id_}", "invoices")


async def _of_debtor(visitor: Visitor, id_: UUID) -> Reminded:
    key = visitor.key
    found = await visible_book(visitor.app, key, DEBTOR, id_)
    if found is None:
        raise NotFound("no-debtor", debtor=id_)
    query = invoices.find(
        key.tenant_id, {"debtor": found.number}, limit=MOST, only_open=True, scope=key.scope
    )
    rows = await ReadRequest(visitor.request, visitor.app).rows(key, query, INVOICES)
    numbers = tuple(row.number for row in rows)
    title = found.name or found.number
    return Reminded(found.number, numbers, title, f"/debtors/{id_}", "debtors")


async def _show(visitor: Visitor, about: Reminded, back: str) -> Response:
    """Show the message as it would be sent now, or why it would not."""
    try:
        shown = await visitor.app.run_in_thread(lambda: _preview(visitor, about))
    except (Refused, BadTemplate) as error:
        return await _page(visitor, about, back, fault=why_unsent(visitor, error))
    return await _page(visitor, about, back, shown)


async def _send(visitor: WritingVisitor, about: Reminded) -> Response:
    """Send the message, if it is what was shown."""
    back, run = visitor.form.get("back", ""), visitor.app.run_in_thread
    try:
        shown = await run(lambda: _preview(visitor, about))
        if visitor.form.get("seen") != mark_of(shown.message):
            changed = visitor.words("It has changed since you saw it. Look at it again.")
            return await _page(visitor, about, back, shown, changed, 409)
        receipt = await run(lambda: execute(visitor.tenant.ledger, about.plan, context_of(visitor)))
    except (Refused, BadTemplate) as error:
        return await _page(visitor, about, back, fault=why_unsent(visitor, error), status=409)
    taken = [entry.position for entry in receipt.entries if isinstance(entry.event, StepTaken)]
    back = local(back or about.address)
    sign = "&" if "?" in back else "?"
    return see_other(f"{back}{sign}did={taken[0]}&at_least={receipt.position}")


def _preview(visitor: Visitor, about: Reminded) -> Preview:
    entries = preview(visitor.tenant.ledger, about.plan, context_of(visitor))
    steps = [entry.event for entry in entries if isinstance(entry.event, StepTaken)]
    [asked] = [entry.event for entry in entries if isinstance(entry.event, MessageAsked)]
    return Preview(as_sent(visitor, entries), asked.language, tuple(steps))


async def _page(
    visitor: Visitor,
    about: Reminded,
    back: str,
    shown: Preview | None = None,
    fault: str = "",
    status: int = 200,
) -> Response:
    facts: Mapping[str, Any] = {
        "about": about,
        "shown": shown,
        "seen": mark_of(shown.message) if shown else "",
        "fault": fault,
        "leads_back": local(back or about.address),
    }
    return await desk_page(visitor, "desk/remind.html", about.here, facts, status)
