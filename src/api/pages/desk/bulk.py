"""``/bulk``: the same act on many tasks. Each is recorded for itself: a refusal stops no other."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from api.http.kit.command_routes import visible_book
from api.http.kit.task_ids import decode
from api.http.server.middleware import current
from api.pages.desk.acts import Act, Unfit, checked
from api.pages.desk.book_acts import ACTS, Book, closure, snooze
from api.pages.desk.frame import desk_page
from api.pages.kit.page_route import PageRoute
from api.pages.kit.posted import Posted
from api.pages.kit.site import local, see_other
from api.pages.kit.visitor import Worker, WritingVisitor
from commands.execute import execute
from ledger.facts.books import DEBTOR, INVOICE
from ledger.facts.debtor import Debtor
from ledger.policy.refusal import NotFound, Refused

router = APIRouter(include_in_schema=False, route_class=PageRoute)
MOST = 200  # tasks at once
KINDS = ("snoozes", "holds", "closure")


@dataclass(frozen=True)
class Item:
    """A chosen task, and the book that it stands in."""

    id: str
    item: str
    book: Book

    @property
    def name(self) -> str:
        book = self.book
        return (book.name or book.number) if isinstance(book, Debtor) else book.number


@dataclass(frozen=True)
class Result:
    """What came of an item: done, nothing to do, or why not."""

    name: str
    done: bool
    why: str = ""


@router.post("/bulk")
async def begin(visitor: Worker) -> Response:
    """Show the form of an act for the chosen tasks."""
    noun = visitor.form.get("act", "")
    items = await _chosen(visitor)
    if noun not in KINDS or not items:
        return see_other(local(visitor.form.get("back", "")))
    act = _act(noun, items[0].item)
    given = dict(act.first(items[0].book, visitor.today()))
    return await _form(visitor, act, items, given, {}, 200)


@router.post("/bulk/{noun}")
async def record(visitor: Worker, noun: str) -> Response:
    """Record the act for each task, and show what came of each."""
    items = await _chosen(visitor)
    if noun not in KINDS or not items:
        raise NotFound("no-agenda-item", item=noun)
    act = _act(noun, items[0].item)
    try:
        checked(act, items[0].book, visitor.form, visitor.words)
    except Unfit as unfit:
        return await _form(visitor, act, items, visitor.form, dict(unfit.faults), 422)
    results = await visitor.app.run_in_thread(
        lambda: [_record_item(visitor, noun, item) for item in items]
    )
    facts = {
        "act": act,
        "results": results,
        "leads_back": local(visitor.form.get("back", "")),
    }
    return await desk_page(visitor, "desk/bulk_done.html", "today", facts)


def _act(noun: str, item: str) -> Act:
    makers = {"snoozes": snooze, "closure": closure}
    return makers[noun](item) if noun in makers else ACTS[noun]


async def _chosen(visitor: WritingVisitor) -> list[Item]:
    """Return the chosen tasks that the visitor may see, each once."""
    found = []
    for id_ in [*dict.fromkeys(visitor.form.several.get("item", []))][:MOST]:
        book_id, item = decode(id_)
        book: Book | None = await visible_book(visitor.app, visitor.key, INVOICE, book_id)
        book = book or await visible_book(visitor.app, visitor.key, DEBTOR, book_id)
        if book:
            found.append(Item(id_, item, book))
    return found


def _record_item(visitor: WritingVisitor, noun: str, item: Item) -> Result:
    words, key = visitor.words, visitor.key
    try:
        act = _act(noun, item.item)
        commands = checked(act, item.book, visitor.form, words)
        context = visitor.tenant.context(
            key.name, correlation=current().id, via=str(key.key_id), scope=key.scope
        )
        receipt = execute(visitor.tenant.ledger, commands, context)
    except Unfit as unfit:
        return Result(item.name, False, next(iter(unfit.faults.values())))
    except (Refused, NotFound) as error:
        return Result(item.name, False, words.refused(error))
    return Result(item.name, True, "" if receipt.entries else words("It was so already."))


async def _form(
    visitor: WritingVisitor,
    act: Act,
    items: Sequence[Item],
    given: Posted | dict[str, str],
    faults: dict[str, str],
    status: int,
) -> Response:
    facts = {
        "act": act,
        "title": visitor.words("{count} tasks", count=str(len(items))),
        "address": f"/bulk/{act.noun}",
        "given": given,
        "faults": faults,
        "effects": (),
        "leads_back": local(visitor.form.get("back", "")),
        "open": None,
        "quote": "",
        "items": items,
    }
    return await desk_page(visitor, "desk/act.html", "today", facts, status)
