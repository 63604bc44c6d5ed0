"""``/undo``: takes back what a person just recorded, by the command that compensates it."""

from collections.abc import Sequence

from fastapi import APIRouter
from starlette.responses import Response

from api.http.kit.command_routes import visible_book
from api.http.server.problems import Problem
from api.i18n.refusals import refusal_text
from api.pages.desk.act_routes import context_of, once_of
from api.pages.desk.book_acts import Book
from api.pages.desk.bulk import NOT_DONE, Result, summary_of, why_not
from api.pages.desk.frame import desk_page
from api.pages.desk.undoing import AT_BANK, WHY, has_moved_on, undo
from api.pages.kit.page_route import PageRoute
from api.pages.kit.site import local, see_other
from api.pages.kit.visitor import Worker, WritingVisitor
from commands.bank.allocation import undone
from commands.command import Command
from commands.conditions import KeyReused
from commands.context import Once
from commands.execute import Plan, UnitOfWork, execute
from ledger.facts.books import BANK_TRANSACTION, DEBTOR, INVOICE
from ledger.facts.entry import Entry
from ledger.policy.refusal import NotFound, Refused
from ledger.store.entry_queries import at_positions

router = APIRouter(include_in_schema=False, route_class=PageRoute)
MOST = 500  # entries at once
TOO_LATE = "This cannot be undone any more: {why}"
CHANGED = "It has changed since you saw it. Look at it again."


class MovedOn(Exception):
    """The task was put aside or done again since."""


@router.post("/undo")
async def take_back(visitor: Worker) -> Response:
    """Undo entries of one's own. Of several, show what came of each."""
    words, back = visitor.words, local(visitor.form.get("back", ""))
    positions = visitor.form.several.get("position", [])[:MOST]
    if len(positions) == 1:
        _, plan = await _found(visitor, positions[0])
        once = once_of(visitor, "/undo", visitor.form)
        try:
            position = await visitor.app.run_in_thread(lambda: _record(visitor, plan, once))
        except KeyReused:
            return see_other(back)
        except (Refused, NotFound, MovedOn) as error:
            why = words(CHANGED) if isinstance(error, MovedOn) else refusal_text(error, words)
            raise Problem("refused", words(TOO_LATE, why=why)) from error
        sign = "&" if "?" in back else "?"
        return see_other(f"{back}{sign}did={position}&at_least={position}" if position else back)
    results = [await _result(visitor, position) for position in positions]
    facts = {
        "act": {"title": "Undo"},
        "results": results,
        "summary": summary_of(results, words),
        "positions": [],
        "leads_back": back,
    }
    return await desk_page(visitor, "desk/bulk_done.html", "today", facts)


async def _found(visitor: WritingVisitor, given: str) -> tuple[str, Plan]:
    """Return the book's number and the plan. Raises ``NotFound`` for what is not theirs."""
    known = given.isascii() and given.isdigit() and len(given) < 19
    tenant = visitor.person.tenant_id
    for line in await visitor.app.query(at_positions(tenant, [int(given)])) if known else []:
        entry = line.entry
        if entry.by == visitor.person.name and entry.via == str(visitor.key.key_id):
            app, key, id_ = visitor.app, visitor.key, entry.book_id
            if isinstance(entry.event, AT_BANK):
                there = await visible_book(app, key, BANK_TRANSACTION, id_)
                if there and there.recorded:
                    number = there.recorded.transaction
                    return number, _bank_plan(entry, number)
            book: Book | None = await visible_book(app, key, INVOICE, id_)
            book = book or await visible_book(app, key, DEBTOR, id_)
            if book and (command := undo(book, entry.event)):
                return book.number, _plan(entry, command)
    raise NotFound("no-agenda-item", item=given)


def _plan(entry: Entry, command: Command) -> Plan:
    """Return the plan of an undo. Carried out, it raises ``MovedOn``."""

    def plan(work: UnitOfWork) -> Sequence[Command]:
        if has_moved_on(entry, work.history(entry.book_id)):
            raise MovedOn
        return [command]

    return plan


def _bank_plan(entry: Entry, number: str) -> Plan:
    """Return the plan that undoes an act on a bank transaction, if it is the last one there."""

    def plan(work: UnitOfWork) -> Sequence[Command]:
        if work.history(entry.book_id)[-1].position != entry.position:
            raise MovedOn
        return undone(work, number, WHY)

    return plan


async def _result(visitor: WritingVisitor, position: str) -> Result:
    words, number = visitor.words, position
    try:
        number, plan = await _found(visitor, position)
        done = await visitor.app.run_in_thread(lambda: _record(visitor, plan))
    except MovedOn:
        return Result(number, False, words(CHANGED))
    except NOT_DONE as error:
        return Result(number, False, why_not(error, words))
    if not done:
        return Result(number, True, words("It was so already."))
    return Result(number, True, "", None)


def _record(visitor: WritingVisitor, plan: Plan, once: Once | None = None) -> int:
    """Record the undo. Return the position of the entry; 0 if nothing changes."""
    receipt = execute(visitor.tenant.ledger, plan, context_of(visitor, once=once))
    return receipt.entries[0].position if receipt.entries else receipt.position
