"""``/undo``: takes back what a person just recorded, by the command that compensates it."""

from hashlib import sha256
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from api.http.kit.command_routes import visible_book
from api.http.server.middleware import current
from api.http.server.problems import Problem
from api.pages.desk.book_acts import Book
from api.pages.desk.bulk import Result, summary_of
from api.pages.desk.frame import desk_page
from api.pages.desk.undoing import undo
from api.pages.kit.page_route import PageRoute
from api.pages.kit.site import local, see_other
from api.pages.kit.visitor import Worker, WritingVisitor
from commands.command import Command
from commands.conditions import KeyReused
from commands.context import Once
from commands.execute import UnitOfWork, execute
from ledger.facts.books import DEBTOR, INVOICE
from ledger.policy.refusal import NotFound, Refused
from ledger.store.entry_queries import at_position

router = APIRouter(include_in_schema=False, route_class=PageRoute)
MOST = 500  # entries at once
TOO_LATE = "This cannot be undone any more: {why}"


@router.post("/undo")
async def take_back(visitor: Worker) -> Response:
    """Undo entries of one's own. Of several, show what came of each."""
    back = local(visitor.form.get("back", ""))
    positions = visitor.form.several.get("position", [])[:MOST]
    if len(positions) == 1:
        _, command = await _found(visitor, positions[0])
        once = _once(visitor, positions)
        try:
            position = await visitor.app.run_in_thread(lambda: _record(visitor, command, once))
        except (Refused, NotFound) as error:
            why = visitor.words.refused(error)
            raise Problem("refused", visitor.words(TOO_LATE, why=why)) from error
        sign = "&" if "?" in back else "?"
        return see_other(f"{back}{sign}did={position}&at_least={position}" if position else back)
    results = [await _result(visitor, position) for position in positions]
    facts = {
        "act": {"title": "Undo"},
        "results": results,
        "summary": summary_of(results, visitor.words),
        "positions": [],
        "leads_back": back,
    }
    return await desk_page(visitor, "desk/bulk_done.html", "today", facts)


async def _found(visitor: WritingVisitor, given: str) -> tuple[str, Command]:
    """Return the book's number and the command. Raises ``NotFound`` for what is not theirs."""
    known = given.isascii() and given.isdigit() and len(given) < 19
    tenant = visitor.person.tenant_id
    for line in await visitor.app.query(at_position(tenant, int(given))) if known else []:
        entry = line.entry
        if entry.by == visitor.person.name and entry.via == str(visitor.key.key_id):
            app, key, id_ = visitor.app, visitor.key, entry.book_id
            book: Book | None = await visible_book(app, key, INVOICE, id_)
            book = book or await visible_book(app, key, DEBTOR, id_)
            if book and (command := undo(book, entry.event)):
                return book.number, command
    raise NotFound("no-agenda-item", item=given)


async def _result(visitor: WritingVisitor, position: str) -> Result:
    words, number = visitor.words, position
    try:
        number, command = await _found(visitor, position)
        done = await visitor.app.run_in_thread(lambda: _record(visitor, command, None))
    except (Refused, NotFound) as error:
        return Result(number, False, words.refused(error))
    return (
        Result(number, True, "", None)
        if done
        else Result(number, True, words("It was so already."))
    )


def _record(visitor: WritingVisitor, command: Command, once: Once | None) -> int:
    """Record the command. Return the position of the entry; 0 if nothing changes."""
    key = visitor.key
    context = visitor.tenant.context(
        key.name, correlation=current().id, via=str(key.key_id), scope=key.scope, once=once
    )
    try:
        receipt = execute(visitor.tenant.ledger, [command], context)
    except KeyReused:
        return 0
    return receipt.entries[0].position if receipt.entries else receipt.position


def _once(visitor: WritingVisitor, positions: list[str]) -> Once | None:
    """Return the condition that this form, by its own id, is recorded once."""
    try:
        id_ = UUID(visitor.form.get("form", ""))
    except ValueError:
        return None

    def answer(work: UnitOfWork) -> tuple[int, str]:
        return 303, ""

    content = sha256(repr(positions).encode()).hexdigest()
    return Once(f"{visitor.key.key_id}/{id_}", content, answer)
