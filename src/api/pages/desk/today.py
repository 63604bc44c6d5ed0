"""``/today``: what is to do, for whom, worth how much, since when, and why."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from itertools import groupby
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from markupsafe import Markup
from starlette.responses import Response

from api.http.auth.keys import Role
from api.http.kit.read_endpoint import AtLeast
from api.http.kit.task_ids import encode
from api.http.server.responses import unwrap, wrap
from api.i18n.translate import Translation
from api.pages.desk.columns import LABELS, PLACES, USUAL, Cell, cells, chosen
from api.pages.desk.frame import FACES, Amount, Reader, desk_page, reader
from api.pages.desk.since import news_for
from api.pages.desk.views import address_of, views_of
from api.pages.kit.page_route import PageRoute
from api.pages.kit.site import part
from api.pages.kit.visitor import Visitor, visitor
from api.postman.how_to_pay import in_fours
from ledger.facts.books import CREDITOR
from ledger.facts.codes import TaskKind
from ledger.facts.creditor import NUMBER, Creditor
from ledger.policy.payments.payable import recent_change
from projections import agenda
from projections.agenda import AGENDA, AgendaItemView, Cursor
from projections.desk import MOST, last_contacts, owed

router = APIRouter(include_in_schema=False, route_class=PageRoute)
Busy = Annotated[Visitor, visitor(Role.COLLECTOR, Role.AUDITOR, Role.RESOLVER)]
Name = Annotated[str, Query(max_length=200)]
ROWS = 50


@dataclass(frozen=True)
class Row:
    """A task on the list."""

    id: str
    task: str
    number: str  # of the invoice, or the name of the task in the debtor's file
    address: str  # of its file
    book: UUID
    of_invoice: bool
    why: str
    amount: Amount | None
    since: Any
    cells: tuple[Cell, ...]  # of own columns; empty for the usual ones


@dataclass(frozen=True)
class Group:
    """The tasks of a debtor that follow each other in the list."""

    debtor: str
    name: str
    owes: tuple[Amount, ...]
    rows: tuple[Row, ...]


@router.get("/today")
async def today(
    visitor: Busy,
    collector: Name = "",
    business_unit: Name = "",
    action: Name = "",
    debtor: Name = "",
    by: Name = "debtor",
    cursor: Annotated[str | None, Query(max_length=2000)] = None,
    at_least: AtLeast = 0,
) -> Response:
    """Show the agenda of today, the most urgent first; grouped, a debtor's tasks stand together."""
    app, key, day, r = visitor.app, visitor.key, visitor.today(), reader(visitor)
    given = {
        "collector": collector, "business_unit": business_unit, "action": action, "debtor": debtor
    }  # fmt: skip
    filters = {name: value or None for name, value in given.items()}
    if at_least:
        await app.wait_for(key.tenant_id, [AGENDA.name], at_least)
    after = unwrap(cursor, Cursor)
    query = agenda.list_due(key.tenant_id, day, filters, after, ROWS + 1, scope=key.scope)
    found, mine = await asyncio.gather(app.query(query), visitor.settings())
    rows, more = found[:ROWS], found[ROWS:]
    columns = chosen(mine.columns)
    contacts = await _contacts(visitor, rows) if "contact" in columns else {}
    worth = await app.query(agenda.workload(key.tenant_id, day, filters, MOST, scope=key.scope))
    count = sum(part.items for part in worth)
    debtors = sorted({view.item.debtor for view in rows if view.item.debtor})
    balances = await app.query(owed(key.tenant_id, debtors, scope=key.scope)) if debtors else []
    owes: dict[str, list[Amount]] = {}
    for balance in balances:
        owes.setdefault(balance.debtor, []).append(r.amount(balance.amount, balance.currency))
    in_order = _together(rows) if by == "debtor" else rows
    own = columns if columns != USUAL else ()
    made = [(view, _row(view, r, cells(view.item, own, r, contacts))) for view in in_order]
    facts = {
        "day": visitor.words.weekday(day, day),
        "count": f"{MOST - 1}+" if count == MOST else str(count),
        "counted": MOST if count == MOST else None,
        "several": count > 1,
        "worth": _sums(worth, r),
        "groups": [*_groups(made, owes)],
        "columns": columns,
        "own_columns": own,
        "labels": LABELS,
        "places": PLACES,
        "shown": partial(_shown, visitor.words, visitor.may_act, visitor.may_write, by),
        "by": by,
        "views": await views_of(visitor, given),
        "news": await news_for(visitor),
        "change": await app.run_in_thread(lambda: _account_change(visitor, day)),
        "filters": {name: value for name, value in given.items() if value},
        "without": {name: address_of(given | {name: ""}, by) for name in given},
        "orders": {order: address_of(given, order) for order in ("debtor", "urgency")},
        "actions": [kind.value for kind in TaskKind],
        "may_act": visitor.may_act,
        "sees_aside": visitor.sees_why,
        "next": address_of(given, by, wrap(rows[-1].cursor)) if more else "",
    }
    return await desk_page(visitor, "desk/today.html", "today", facts)


def _account_change(visitor: Visitor, day: date) -> str:
    """Return that debtors pay to another account now, so that colleagues notice it."""
    creditor: Creditor = visitor.tenant.ledger.book(CREDITOR, NUMBER).state
    change, account = recent_change(creditor, day), creditor.account
    if change is None or account is None:
        return ""
    return visitor.words(
        "Since {day} debtors pay to account {iban}; the one before ended in {ending}. Call an "
        "administrator if you do not know why.",
        day=visitor.words.short_day(change.on, day),
        iban=in_fours(account.iban),
        ending=change.before[-4:],
    )


def _sums(worth: Sequence[agenda.Workload], r: Reader) -> list[Amount]:
    """Sum what the tasks are worth, by currency: two currencies are never added."""
    sums: dict[str, Decimal] = {}
    for load in worth:
        if load.currency:
            sums[load.currency] = sums.get(load.currency, Decimal(0)) + load.amount
    return [r.amount(total, code) for code, total in sums.items()]


def _together(rows: Sequence[AgendaItemView]) -> list[AgendaItemView]:
    """Return the rows with those of a debtor together, at the place of their most urgent."""
    first: dict[str, int] = {}
    for nth, view in enumerate(rows):
        first.setdefault(view.item.debtor, nth)
    return sorted(rows, key=lambda view: first[view.item.debtor])


def _groups(
    rows: Sequence[tuple[AgendaItemView, Row]], owes: dict[str, list[Amount]]
) -> Iterator[Group]:
    for number, several in groupby(rows, key=lambda row: row[0].item.debtor):
        views, rows_of = zip(*several, strict=True)
        name = views[0].debtor_name or number
        yield Group(number, name, tuple(owes.get(number, ())), rows_of)


async def _contacts(visitor: Visitor, rows: Sequence[AgendaItemView]) -> dict[UUID, date]:
    """Return the day of the last contact about the books of these tasks."""
    key, books = visitor.key, [view.item.book_id for view in rows]
    found = await visitor.app.query(last_contacts(key.tenant_id, books, scope=key.scope))
    return {contact.book_id: contact.day for contact in found}


def _row(view: AgendaItemView, r: Reader, cells: tuple[Cell, ...]) -> Row:
    item = view.item
    return Row(
        id=encode(item.book_id, item.item),
        task=item.action,
        number=item.invoice or r.words(item.item),
        address=f"/invoices/{item.book_id}" if item.invoice else f"/debtors/{item.book_id}",
        book=item.book_id,
        of_invoice=bool(item.invoice),
        why=". ".join(_sentence(r.reason(reason)) for reason in item.why),
        amount=r.amount(item.amount, item.currency) if item.currency else None,
        since=r.age(item.due_on),
        cells=cells,
    )


@lru_cache(maxsize=8192)
def _shown(
    words: Translation, may_act: bool, may_write: bool, by: str, back: str, group: Group
) -> Markup:
    """Return the HTML of a group, which is the same until one of these changes: it is most of what
    the page costs."""
    may = {"may_act": may_act, "may_write": may_write}
    facts = {**may, "by": by, "back": back, "group": group, "faces": FACES}
    return part("desk/today_group.html", words, **facts)


def _sentence(text: str) -> str:
    """Return the text with a capital first letter, unless it begins with an address."""
    return text if "@" in text.partition(" ")[0] else text[:1].upper() + text[1:]
