"""The addresses of acts: GET shows the form, POST checks it or records it once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.http.auth.keys import Role
from api.http.kit.cases import rows_of_case
from api.http.kit.command_routes import visible_book
from api.http.kit.task_ids import decode
from api.http.server.middleware import current
from api.pages.desk.acts import Act, Commands, Unfit, checked
from api.pages.desk.book_acts import ACTS, OF_DEBTORS, closure, snooze
from api.pages.desk.case_acts import CASE_ACTS, Case
from api.pages.desk.frame import desk_page, reader
from api.pages.desk.inbox_acts import INBOX_ACTS, Waiting
from api.pages.kit.page_route import PageRoute
from api.pages.kit.posted import Posted
from api.pages.kit.site import local, see_other
from api.pages.kit.visitor import Visitor, Worker, visitor
from commands.conditions import KeyReused
from commands.context import Context, Once
from commands.execute import UnitOfWork, execute, preview
from ledger.facts.books import DEBTOR, INVOICE, kind_of_event
from ledger.facts.debtor import Debtor
from ledger.facts.invoice.state import Invoice
from ledger.policy.refusal import NotFound, Refused
from projections import inbox
from projections.contact_log.log import show

router = APIRouter(include_in_schema=False, route_class=PageRoute)
Actor = Annotated[Visitor, visitor(Role.COLLECTOR)]
Back = Annotated[str, Query(max_length=2000)]
TASKS = {"snoozes": snooze, "closure": closure}


@dataclass(frozen=True)
class Place:
    """An act, what it is about, and its address."""

    act: Act
    about: Any
    address: str
    here: str  # in the navigation


@router.get("/{kind}/{about}/{noun}")
async def ask(visitor: Actor, kind: str, about: str, noun: str, back: Back = "") -> Response:
    """Show the form of an act."""
    place = await _place(visitor, kind, about, noun)
    given = dict(place.act.first(place.about, visitor.today()))
    given |= {
        part.name: value
        for part in place.act.fields
        if (value := visitor.request.query_params.get(part.name))
    }
    return await _form(visitor, place, given, local(back))


@router.post("/{kind}/{about}/{noun}")
async def act(visitor: Worker, kind: str, about: str, noun: str) -> Response:
    """Record the form, or show what it would record. Its own id makes a second tap harmless."""
    place, form, words = await _place(visitor, kind, about, noun), visitor.form, visitor.words
    back, checks = local(form.pop("back", "")), form.pop("check", "")
    once = _once(visitor, place, form)
    try:
        commands = checked(place.act, place.about, form, words)
        if checks:
            effects = await visitor.app.run_in_thread(lambda: _preview(visitor, place, commands))
            return await _form(visitor, place, form, back, effects=effects)
        position = await visitor.app.run_in_thread(lambda: _record(visitor, place, commands, once))
    except Unfit as unfit:
        return await _form(visitor, place, form, back, unfit.faults, status=422)
    except (Refused, NotFound) as error:
        named = error.field in {part.name for part in place.act.fields}
        faults = {error.field if named and error.field else "": words.refused(error)}
        return await _form(visitor, place, form, back, faults, status=409)
    except KeyReused:
        text = words("This form was sent already. Look at the file before you send it again.")
        return await _form(visitor, place, form, back, {"": text}, status=409)
    sign = "&" if "?" in back else "?"
    return see_other(f"{back}{sign}did={position}&at_least={position}" if position else back)


async def _place(visitor: Visitor, kind: str, about: str, noun: str) -> Place:
    """Return what an address names. Raises ``NotFound`` also for what the visitor may not see."""
    app, key, address = visitor.app, visitor.key, f"/{kind}/{about}"
    missing = NotFound("no-agenda-item", item=about)
    if kind == "tasks" and noun in TASKS:
        id_, item = decode(about)
        book: Any = await visible_book(app, key, INVOICE, id_)
        book = book or await visible_book(app, key, DEBTOR, id_)
        if book is None:
            raise missing
        return Place(TASKS[noun](item), book, address, "today")
    try:
        id_ = UUID(about)
    except ValueError:
        raise missing from None
    if kind == "invoices" and noun in ACTS:
        book = await visible_book(app, key, INVOICE, id_)
        found = Place(ACTS[noun], book, address, "invoices") if book else None
    elif kind == "debtors" and noun in OF_DEBTORS:
        book = await visible_book(app, key, DEBTOR, id_)
        found = Place(ACTS[noun], book, address, "debtors") if book else None
    elif kind == "disputes" and noun in CASE_ACTS:
        rows = await rows_of_case(app, key, id_, None)
        found = Place(CASE_ACTS[noun], Case(id_, rows), address, "disputes")
    elif kind == "inbox" and noun in INBOX_ACTS and key.scope.is_everything:
        mails = await app.query(inbox.get(key.tenant_id, id_))
        found = None
        if mails:
            message = Waiting(visitor.tenant, mails[0])
            found = Place(INBOX_ACTS[noun], message, address, "inbox")
    else:
        found = None
    if found is None:
        raise missing
    return found


def _once(visitor: Visitor, place: Place, form: Posted) -> Once | None:
    """Return the condition that this form, by its own id, is recorded once."""
    try:
        id_ = UUID(form.pop("form", ""))
    except ValueError:
        return None
    content = repr((place.address, place.act.noun, sorted(form.items())))

    def answer(work: UnitOfWork) -> tuple[int, str]:
        return 303, ""

    key = f"{visitor.key.key_id}/{id_}"
    return Once(key, sha256(content.encode()).hexdigest(), answer)


def _preview(visitor: Visitor, place: Place, commands: Commands) -> list[str]:
    """Return the sentences of the entries that the commands would write."""
    entries = preview(visitor.tenant.ledger, commands, _context(visitor, place))
    shown = (entry for entry in entries if kind_of_event(entry.event) in (INVOICE, DEBTOR))
    return [show(entry).what for entry in shown]


def _record(visitor: Visitor, place: Place, commands: Commands, once: Once | None) -> int:
    """Record the commands. Return the position of the first entry; 0 if nothing changes."""
    receipt = execute(visitor.tenant.ledger, commands, _context(visitor, place, once))
    return receipt.entries[0].position if receipt.entries else receipt.position


def _context(visitor: Visitor, place: Place, once: Once | None = None) -> Context:
    key = visitor.key
    return visitor.tenant.context(
        key.name,
        correlation=current().id,
        via=str(key.key_id),
        scope=key.scope,
        reactions=place.act.reactions,
        once=once,
    )


async def _form(
    visitor: Visitor,
    place: Place,
    given: Mapping[str, str],
    back: str,
    faults: Mapping[str, str] | None = None,
    effects: Sequence[str] = (),
    status: int = 200,
) -> Response:
    about, words = place.about, visitor.words
    title, amount = about.number, None
    if isinstance(about, Invoice):
        title = words("Invoice {number}", number=about.number)
        amount = reader(visitor).amount(about.open_amount, about.currency)
    elif isinstance(about, Debtor):
        title = about.name or about.number
    facts = {
        "act": place.act,
        "title": title,
        "address": f"{place.address}/{place.act.noun}",
        "given": given,
        "faults": faults or {},
        "effects": effects,
        "leads_back": back,
        "open": amount,
        "quote": _words_of(about),
        "items": (),
    }
    return await desk_page(visitor, "desk/act.html", place.here, facts, status)


def _words_of(about: Any) -> str:
    """Return the debtor's own words that the act is about, if it is about any."""
    if isinstance(about, Case):
        return about.first.comment
    return about.row.text if isinstance(about, Waiting) else ""
