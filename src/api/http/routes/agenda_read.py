"""The agenda: what to do, for whom and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.http.auth.authentication import allow
from api.http.auth.keys import Key, Role
from api.http.kit.fast_route import FastRoute
from api.http.kit.read_endpoint import NEXT, Name, OnDay, Paging, documented
from api.http.kit.task_ids import encode
from api.http.server.responses import select_as_text
from ledger.facts.codes import Reason, Status, TaskKind
from projections import agenda
from projections.agenda import AGENDA, Cursor
from projections.debtors import DEBTORS

router = APIRouter(prefix="/v1", tags=["agenda"], route_class=FastRoute)
Busy = Annotated[Key, allow(Role.COLLECTOR, Role.AUDITOR, Role.RESOLVER)]


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One thing to do, how urgent it is and why. All of it rests when its debtor is held."""

    id: str  # for `done` and `postpone`
    priority: int
    book_id: UUID
    item: str
    action: str
    invoice: str
    status: str  # of the invoice
    debtor: str
    debtor_name: str
    collector: str
    business_unit: str
    resolver: str
    case_id: UUID | None
    reason: str
    amount: Decimal
    currency: str
    due_on: date
    invoice_due_on: date | None
    why: list[str]
    held: bool
    held_until: date | None


@dataclass(frozen=True, slots=True)
class DebtorWork:
    """What there is to do on this page about one debtor."""

    debtor: str
    debtor_name: str
    items: list[AgendaRow]


@router.get("/agenda", responses=documented(list[AgendaRow] | list[DebtorWork], NEXT))
async def due(
    key: Busy,
    page: Paging,
    on: OnDay = None,
    collector: Name = None,
    resolver: Name = None,
    business_unit: Name = None,
    debtor: Name = None,
    status: Annotated[Status | None, Query(description="Of the invoice.")] = None,
    reason: Reason | None = None,
    action: TaskKind | None = None,
    held: Annotated[bool, Query(description="What rests with its debtor, and only that.")] = False,
    group: Annotated[
        Literal["debtor"] | None, Query(description="The page's rows, debtor by debtor.")
    ] = None,
) -> Response:
    """What is due on that day, the most urgent first, a page at a time."""
    filters = {
        "collector": collector,
        "resolver": resolver,
        "business_unit": business_unit,
        "debtor": debtor,
        "status": status and status.value,
        "reason": reason and reason.value,
        "action": action and action.value,
    }
    day, after = on or page.today(key), page.after(Cursor)
    query = agenda.list_due(key.tenant_id, day, filters, after, page.limit, held, key.scope)
    told = select_as_text(query, AgendaRow, id="item", priority="-rank")
    rows = await page.rows(key, told, AGENDA, DEBTORS, hot=True)
    for row in rows:
        row.id = encode(row.book_id, row.item)
    return page.page(rows, _behind, _by_debtor(rows) if group else None)


def _behind(row: Any) -> Cursor:
    return Cursor(-row.priority, row.due_on, row.book_id, row.item)


def _by_debtor(rows: Sequence[Any]) -> list[DebtorWork]:
    """In the order of each debtor's most urgent item."""
    found: dict[str, DebtorWork] = {}
    for row in rows:
        work = found.setdefault(row.debtor, DebtorWork(row.debtor, row.debtor_name, []))
        work.items.append(row)
    return list(found.values())
