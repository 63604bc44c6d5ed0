"""The addresses of acts: GET shows the form, POST checks it or records it once."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
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
from api.i18n.refusals import refusal_text
from api.pages.desk.acts import Act, Commands, Unfit, checked
from api.pages.desk.bank_acts import BANK_ACTS, OfBank
from api.pages.desk.book_acts import ACTS, OF_DEBTORS, Book, closure, snooze, taking_up
from api.pages.desk.case_acts import CASE_ACTS, Case
from api.pages.desk.frame import desk_page, reader
from api.pages.desk.inbox_acts import INBOX_ACTS, Waiting
from api.pages.desk.money_acts import MONEY_ACTS, OF_CREDITS, WaitingMoney
from api.pages.desk.outbox_acts import OUTBOX_ACTS, Outgoing, waiting_message
from api.pages.kit.page_route import PageRoute
from api.pages.kit.posted import Posted
from api.pages.kit.site import local, see_other
from api.pages.kit.visitor import Visitor, Worker, WritingVisitor, visitor
from commands.conditions import KeyReused
from commands.context import Context, Once
from commands.execute import UnitOfWork, execute, preview
from ledger.facts.books import BANK_TRANSACTION, DEBTOR, INVOICE
from ledger.facts.codes import MoneyKind
from ledger.facts.debtor import Debtor
from ledger.facts.invoice.state import Invoice
from ledger.policy.refusal import NotFound, Refused
from projections import inbox

router = APIRouter(include_in_schema=False, route_class=PageRoute)
Actor = Annotated[Visitor, visitor(Role.COLLECTOR)]
Back = Annotated[str, Query(max_length=2000)]
SENT_ALREADY = "This form was sent already. Look at the file before you send it again."
TASKS = {"snoozes": snooze, "closure": closure, "return": taking_up}


@dataclass(frozen=True)
class Place:
    """An act, what it is about, and its address."""

    act: Act
    about: Any
    address: str
    here: str  # in the navigation


Finder = Callable[[Visitor, str, str], Awaitable[Place | None]]


def add_acts(kind: str, find: Finder) -> None:
    """Add the addresses of the acts on things of a kind: ``/invoices/{about}/{noun}``."""

    async def place_of(visitor: Visitor, about: str, noun: str) -> Place:
        """Return what an address names. Raises ``NotFound`` also for what is not visible."""
        place = await find(visitor, about, noun)
        if place is None:
            raise NotFound("no-agenda-item", item=about)
        return place

    @router.get(f"/{kind}/{{about}}/{{noun}}")
    async def ask(visitor: Actor, about: str, noun: str, back: Back = "") -> Response:
        place = await place_of(visitor, about, noun)
        asked = visitor.request.query_params
        given = dict(place.act.first(place.about, visitor.today()))
        given |= {part.name: asked[part.name] for part in place.act.fields if part.name in asked}
        return await _form(visitor, place, given, local(back))

    @router.post(f"/{kind}/{{about}}/{{noun}}")
    async def act(visitor: Worker, about: str, noun: str) -> Response:
        return await _carry_out(visitor, await place_of(visitor, about, noun))


async def _on_invoice(visitor: Visitor, about: str, noun: str) -> Place | None:
    id_, act = as_id(about), ACTS.get(noun)
    book = await visible_book(visitor.app, visitor.key, INVOICE, id_) if id_ and act else None
    return Place(act, book, f"/invoices/{id_}", "invoices") if act and book else None


async def _on_debtor(visitor: Visitor, about: str, noun: str) -> Place | None:
    id_, act = as_id(about), ACTS.get(noun) if noun in OF_DEBTORS else None
    book = await visible_book(visitor.app, visitor.key, DEBTOR, id_) if id_ and act else None
    return Place(act, book, f"/debtors/{id_}", "debtors") if act and book else None


async def _on_task(visitor: Visitor, about: str, noun: str) -> Place | None:
    id_, item = decode(about)
    book: Book | None = await visible_book(visitor.app, visitor.key, INVOICE, id_)
    book = book or await visible_book(visitor.app, visitor.key, DEBTOR, id_)
    make = TASKS.get(noun)
    return Place(make(item), book, f"/tasks/{about}", "today") if make and book else None


async def _on_case(visitor: Visitor, about: str, noun: str) -> Place | None:
    id_, act = as_id(about), CASE_ACTS.get(noun)
    if not id_ or not act:
        return None
    rows = await rows_of_case(visitor.app, visitor.key, id_, None)
    return Place(act, Case(id_, rows), f"/disputes/{id_}", "disputes")


async def _on_message(visitor: Visitor, about: str, noun: str) -> Place | None:
    id_, act, key = as_id(about), INBOX_ACTS.get(noun), visitor.key
    if not id_ or not act or not key.scope.is_everything:
        return None
    mails = await visitor.app.query(inbox.get(key.tenant_id, id_))
    message = Waiting(visitor.tenant, mails[0]) if mails else None
    return Place(act, message, f"/inbox/{id_}", "inbox") if message else None


async def _on_outgoing(visitor: Visitor, about: str, noun: str) -> Place | None:
    id_, act = as_id(about), OUTBOX_ACTS.get(noun)
    if not id_ or not act:
        return None
    pending = await visitor.app.run_in_thread(lambda: waiting_message(visitor, id_))
    return Place(act, Outgoing(pending), f"/outbox/{id_}", "outbox")


async def _on_money(visitor: Visitor, about: str, noun: str) -> Place | None:
    id_, reference = decode(about)
    act, key = MONEY_ACTS.get(noun), visitor.key
    book = await visible_book(visitor.app, key, DEBTOR, id_) if key.scope.is_everything else None
    money = book.money.get(reference) if book else None
    if not act or not book or not money:
        return None
    if money.kind is MoneyKind.CREDIT_NOTE and noun not in OF_CREDITS:
        return None
    return Place(act, WaitingMoney(book, reference), f"/money/{about}", "money")


async def _on_bank(visitor: Visitor, about: str, noun: str) -> Place | None:
    id_, act, key = as_id(about), BANK_ACTS.get(noun), visitor.key
    if not id_ or not act or not key.scope.is_everything:
        return None
    book = await visible_book(visitor.app, key, BANK_TRANSACTION, id_)
    return Place(act, OfBank(visitor.tenant, book), f"/bank/{id_}", "money") if book else None


FINDERS: dict[str, Finder] = {
    "invoices": _on_invoice,
    "debtors": _on_debtor,
    "tasks": _on_task,
    "disputes": _on_case,
    "inbox": _on_message,
    "outbox": _on_outgoing,
    "money": _on_money,
    "bank": _on_bank,
}
for kind, find in FINDERS.items():
    add_acts(kind, find)


def as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


async def _carry_out(visitor: WritingVisitor, place: Place) -> Response:
    """Record the form, or show what it would record. Its own id makes a second tap harmless."""
    form, words = visitor.form, visitor.words
    back, checks = local(form.pop("back", "")), form.pop("check", "")
    once = once_of(visitor, place.address + place.act.noun, form)
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
        faults = {error.field if named and error.field else "": refusal_text(error, words)}
        return await _form(visitor, place, form, back, faults, status=409)
    except KeyReused:
        return await _form(visitor, place, form, back, {"": words(SENT_ALREADY)}, status=409)
    sign = "&" if "?" in back else "?"
    return see_other(f"{back}{sign}did={position}&at_least={position}")


def once_of(visitor: Visitor, address: str, form: Posted, item: str = "") -> Once | None:
    """Return the condition that this form, by its own id, is recorded once; for each item, if it is
    about several."""
    try:
        id_ = UUID(form.get("form", ""))
    except ValueError:
        return None
    content = repr((address, sorted(form.items())))

    def answer(work: UnitOfWork) -> tuple[int, str]:
        return 303, ""

    key = f"{visitor.key.key_id}/{id_}{item and '/'}{item}"
    return Once(key, sha256(content.encode()).hexdigest(), answer)


def _preview(visitor: Visitor, place: Place, commands: Commands) -> list[str]:
    """Return the sentences of the entries that the commands would write."""
    entries = preview(
        visitor.tenant.ledger, commands, context_of(visitor, reactions=place.act.reactions)
    )
    deeds = (reader(visitor).deed(entry.event) for entry in entries)
    return [deed for deed in deeds if deed]


def _record(visitor: Visitor, place: Place, commands: Commands, once: Once | None) -> int:
    """Record the commands. Return the position of the first entry; 0 if nothing changes."""
    receipt = execute(
        visitor.tenant.ledger,
        commands,
        context_of(visitor, reactions=place.act.reactions, once=once),
    )
    return receipt.entries[0].position if receipt.entries else receipt.position


def context_of(visitor: Visitor, **more: Any) -> Context:
    """Return the context of a person's act; ``more`` are its other fields."""
    key = visitor.key
    return visitor.tenant.context(
        key.name, correlation=current().id, via=str(key.key_id), scope=key.scope, **more
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
    elif isinstance(about, WaitingMoney):
        title, amount = about.number, reader(visitor).amount(about.money.left, about.money.currency)
    elif isinstance(about, OfBank):
        t = about.recorded
        title, amount = t.name or t.iban, reader(visitor).amount(t.amount, t.currency)
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
    if isinstance(about, OfBank):
        return about.recorded.remittance
    return about.row.text if isinstance(about, Waiting) else ""
