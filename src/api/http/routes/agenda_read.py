"""The agenda: the tasks of collectors, with their reasons."""

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
from api.http.kit.read_endpoint import NEXT, Name, OnDay, Paging, Search, documented
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
    """A task, its priority and its reason. It pauses while its debtor is on hold."""

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
    """The tasks of a debtor on this page."""

    debtor: str
    debtor_name: str
    items: list[AgendaRow]


@router.get("/agenda", responses=documented(list[AgendaRow] | list[DebtorWork], NEXT))
async def list_agenda(
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
    q: Search = None,
    held: Annotated[bool, Query(description="Only tasks that pause with their debtor.")] = False,
    group: Annotated[
        Literal["debtor"] | None, Query(description="Group the page by debtor.")
    ] = None,
) -> Response:
    """Return the tasks due on that day, the most urgent first, page by page."""
    filters = {
        "collector": collector,
        "resolver": resolver,
        "business_unit": business_unit,
        "debtor": debtor,
        "status": status and status.value,
        "reason": reason and reason.value,
        "action": action and action.value,
    }
    day, after, match = on or page.today(key), page.after(Cursor), await page.match(key, q)
    query = agenda.list_due(
        key.tenant_id, day, filters, after, page.limit, held, match, scope=key.scope
    )
    as_text = select_as_text(query, AgendaRow, id="item", priority="-rank")
    rows = await page.rows(key, as_text, AGENDA, DEBTORS, hot=True)
    for row in rows:
        row.id = encode(row.book_id, row.item)
    return page.page(
        rows,
        lambda row: Cursor(-row.priority, row.due_on, row.book_id, row.item),
        _by_debtor(rows) if group else None,
    )


def _by_debtor(rows: Sequence[Any]) -> list[DebtorWork]:
    found: dict[str, DebtorWork] = {}
    for row in rows:
        work = found.setdefault(row.debtor, DebtorWork(row.debtor, row.debtor_name, []))
        work.items.append(row)
    return list(found.values())
