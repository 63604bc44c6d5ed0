"""``/bulk``: the same act on many tasks. Each is recorded for itself: a refusal stops no other."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from api.http.kit.command_routes import visible_book
from api.http.kit.task_ids import decode, encode
from api.i18n.refusals import refusal_text
from api.i18n.translate import Translation
from api.pages.desk.act_routes import SENT_ALREADY, context_of, once_of
from api.pages.desk.acts import Act, Unfit, checked
from api.pages.desk.book_acts import ACTS, Book, closure, snooze
from api.pages.desk.frame import desk_page, reader
from api.pages.desk.undoing import undoable
from api.pages.desk.views import filters_of
from api.pages.kit.page_route import PageRoute
from api.pages.kit.posted import Posted
from api.pages.kit.site import local, see_other
from api.pages.kit.visitor import Worker, WritingVisitor
from commands.conditions import KeyReused
from commands.execute import execute, preview
from ledger.facts.books import DEBTOR, INVOICE, kind_of_event
from ledger.facts.debtor import Debtor
from ledger.facts.entry import Entry
from ledger.policy.refusal import NotFound, Refused
from ledger.store.errors import Stale
from projections import agenda

router = APIRouter(include_in_schema=False, route_class=PageRoute)
MOST = 500  # tasks at once
NAMED = 20  # entries of a preview
KINDS = ("snoozes", "holds", "closure")
WRITING = "Somebody else is writing there. Try again."
NOT_DONE = (Refused, NotFound, KeyReused, Stale)
COUNTED = {
    "done": "{count} recorded",
    "same": "{count} unchanged",
    "refused": "{count} not recorded",
}


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
    """What came of an item: done, nothing to do, or why not. ``undo`` are positions of entries that
    can be undone; None if one of them cannot."""

    name: str
    done: bool
    why: str = ""
    undo: Sequence[int] | None = ()


@router.post("/bulk")
async def begin(visitor: Worker) -> Response:
    """Show the form of an act for the chosen tasks, or for all that the list has."""
    noun, given = visitor.form.get("act", ""), visitor.form.get("back", "")
    whole = await _matching(visitor, given) if visitor.form.get("all") else None
    items = await _books(visitor, whole or visitor.form.several.get("item", []))
    if noun not in KINDS or not items:
        return see_other(local(given))
    act = _act(noun, items[0].item)
    first = dict(act.first(items[0].book, visitor.today()))
    return await _form(visitor, act, items, first, {}, 200)


@router.post("/bulk/{noun}")
async def record(visitor: Worker, noun: str) -> Response:
    """Record the act for each task, or show what it would record, and what came of each."""
    items = await _books(visitor, visitor.form.several.get("item", []))
    if noun not in KINDS or not items:
        raise NotFound("no-agenda-item", item=noun)
    act, checks = _act(noun, items[0].item), visitor.form.pop("check", "")
    try:
        checked(act, items[0].book, visitor.form, visitor.words)
    except Unfit as unfit:
        return await _form(visitor, act, items, visitor.form, dict(unfit.faults), 422)
    results = await visitor.app.run_in_thread(
        lambda: [_outcome(visitor, noun, item, bool(checks)) for item in items]
    )
    if checks:
        effects = _effects(results, visitor.words)
        return await _form(visitor, act, items, visitor.form, {}, 200, effects)
    can = all(result.undo is not None for result in results)
    facts = {
        "act": act,
        "results": results,
        "summary": summary_of(results, visitor.words),
        "positions": [at for result in results for at in result.undo or ()] if can else [],
        "leads_back": local(visitor.form.get("back", "")),
    }
    return await desk_page(visitor, "desk/bulk_done.html", "today", facts)


def _act(noun: str, item: str) -> Act:
    makers = {"snoozes": snooze, "closure": closure}
    return makers[noun](item) if noun in makers else ACTS[noun]


async def _matching(visitor: WritingVisitor, back: str) -> list[str]:
    """Return the ids of all tasks that the list has with its filters, the most urgent first."""
    key, filters = visitor.key, filters_of(back)
    query = agenda.list_due(key.tenant_id, visitor.today(), filters, limit=MOST, scope=key.scope)
    views = await visitor.app.query(query)
    return [encode(view.item.book_id, view.item.item) for view in views]


async def _books(visitor: WritingVisitor, ids: Sequence[str]) -> list[Item]:
    """Return the chosen tasks that the visitor may see, each once."""
    found = []
    for id_ in [*dict.fromkeys(ids)][:MOST]:
        book_id, item = decode(id_)
        book: Book | None = await visible_book(visitor.app, visitor.key, INVOICE, book_id)
        book = book or await visible_book(visitor.app, visitor.key, DEBTOR, book_id)
        if book:
            found.append(Item(id_, item, book))
    return found


def _outcome(visitor: WritingVisitor, noun: str, item: Item, only_shown: bool) -> Result:
    """Return what came of an item, or would come of it."""
    words, ledger = visitor.words, visitor.tenant.ledger
    try:
        commands = checked(_act(noun, item.item), item.book, visitor.form, words)
        if only_shown:
            entries: Sequence[Entry] = preview(ledger, commands, context_of(visitor))
        else:
            once = once_of(visitor, f"/bulk/{noun}", visitor.form, item.id)
            entries = execute(ledger, commands, context_of(visitor, once=once)).entries
    except Unfit as unfit:
        return Result(item.name, False, next(iter(unfit.faults.values())))
    except NOT_DONE as error:
        return Result(item.name, False, why_not(error, words))
    if not entries:
        return Result(item.name, True, words("It was so already."))
    if only_shown:
        ours = [entry for entry in entries if kind_of_event(entry.event) in (INVOICE, DEBTOR)]
        effect = " ".join(reader(visitor).sentence(entry.event) for entry in ours)
        return Result(item.name, True, effect, None)
    return Result(item.name, True, "", undoable(entries) or None)


def why_not(error: Exception, words: Translation) -> str:
    """Return why an act on an item was not recorded."""
    if isinstance(error, Refused | NotFound):
        return refusal_text(error, words)
    return words(SENT_ALREADY if isinstance(error, KeyReused) else WRITING)


def summary_of(results: Sequence[Result], words: Translation) -> str:
    """Return how many were recorded, were so already, and were not recorded, without zeros."""
    kinds = Counter(
        "refused" if not result.done else "same" if result.undo == () else "done"
        for result in results
    )
    return ", ".join(
        words(text, count=str(kinds[kind])) for kind, text in COUNTED.items() if kinds[kind]
    )


def _effects(results: Sequence[Result], words: Translation) -> list[str]:
    """Return what would be recorded: the sum, each refusal, and the first entries."""
    refused = [f"{result.name}: {result.why}" for result in results if not result.done]
    would = [f"{result.name}: {result.why}" for result in results if result.done]
    more = len(would) - NAMED
    rest = [words("and {count} more", count=str(more))] if more > 0 else []
    return [summary_of(results, words), *refused, *would[:NAMED], *rest]


async def _form(
    visitor: WritingVisitor,
    act: Act,
    items: Sequence[Item],
    given: Posted | dict[str, str],
    faults: dict[str, str],
    status: int,
    effects: Sequence[str] = (),
) -> Response:
    facts = {
        "act": act,
        "title": visitor.words("{count} tasks", count=str(len(items))),
        "address": f"/bulk/{act.noun}",
        "given": given,
        "faults": faults,
        "effects": effects,
        "leads_back": local(visitor.form.get("back", "")),
        "open": None,
        "quote": "",
        "items": items,
    }
    return await desk_page(visitor, "desk/act.html", "today", facts, status)
