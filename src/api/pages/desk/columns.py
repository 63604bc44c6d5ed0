"""The columns of the list of today: a person chooses them, and their order."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from api.http.auth import settings
from api.pages.desk.frame import Amount, Reader
from api.pages.desk.views import Keeper
from api.pages.kit.page_route import PageRoute
from api.pages.kit.site import local, see_other
from projections.agenda import AgendaItem

router = APIRouter(include_in_schema=False, route_class=PageRoute)
USUAL = ("amount", "since")
PLACES = 6
LABELS = {
    "amount": "Amount",
    "since": "Since",
    "due": "Due",
    "late": "Days late",
    "contact": "Last contact",
    "collector": "Collector",
    "business_unit": "Business unit",
    "status": "Status",
    "reason": "Reason",
    "resolver": "Resolver",
}


class Cell(NamedTuple):
    """What a task has in a column: words, an amount, or a day in words."""

    label: str
    words: str = ""
    amount: Amount | None = None
    day: date | None = None
    is_number: bool = False


Contacts = Mapping[UUID, date]
OF: dict[str, Callable[[AgendaItem, Reader, Contacts], Cell]] = {
    "amount": lambda item, r, _: _amount(item, r),
    "since": lambda item, r, _: Cell(LABELS["since"], r.age(item.due_on).words, day=item.due_on),
    "due": lambda item, r, _: _day("due", item.invoice_due_on, r),
    "late": lambda item, r, _: _late(item, r),
    "contact": lambda item, r, contacts: _day("contact", contacts.get(item.book_id), r),
    "collector": lambda item, r, _: Cell(LABELS["collector"], item.collector),
    "business_unit": lambda item, r, _: Cell(LABELS["business_unit"], item.business_unit),
    "status": lambda item, r, _: Cell(LABELS["status"], r.words(item.status)),
    "reason": lambda item, r, _: Cell(LABELS["reason"], r.words.code(item.reason)),
    "resolver": lambda item, r, _: Cell(LABELS["resolver"], item.resolver),
}


def _amount(item: AgendaItem, r: Reader) -> Cell:
    amount = r.amount(item.amount, item.currency) if item.currency else None
    return Cell(LABELS["amount"], amount=amount, is_number=True)


def _day(name: str, day: date | None, r: Reader) -> Cell:
    return Cell(LABELS[name], r.day(day) if day else "", day=day)


def _late(item: AgendaItem, r: Reader) -> Cell:
    days = (r.today - item.invoice_due_on).days if item.invoice_due_on else 0
    return Cell(LABELS["late"], str(days) if days > 0 else "", is_number=True)


def chosen(columns: Sequence[str]) -> tuple[str, ...]:
    """Return the columns that there are, each once; the usual ones if there is none."""
    known = (name for name in columns if name in LABELS)
    return tuple(dict.fromkeys(known))[:PLACES] or USUAL


def cells(
    item: AgendaItem, columns: Sequence[str], r: Reader, contacts: Contacts
) -> tuple[Cell, ...]:
    return tuple(OF[name](item, r, contacts) for name in columns)


@router.post("/today/columns")
async def choose(visitor: Keeper) -> Response:
    """Keep the columns that a person chose; of one that is there twice the first place counts."""
    form = visitor.form
    given = [form.get(f"column-{nth}", "") for nth in range(PLACES)]
    columns = chosen([] if form.get("usual") else given)
    kept = () if columns == USUAL else columns
    await visitor.app.query(settings.choose_columns(visitor.person, kept))
    return see_other(local(form.get("back", "")))
