"""The agenda: the tasks of a day, the most urgent first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from ledger.database.query import Query
from ledger.engine.fold import Fold
from ledger.engine.table import Key
from ledger.facts.books import DEBTOR, INVOICE
from ledger.facts.codes import TaskKind
from ledger.facts.debtor import Debtor
from ledger.facts.invoice.state import Invoice
from ledger.policy.status import status
from ledger.policy.tasks.debtor import debtor_tasks
from ledger.policy.tasks.invoice import tasks_for
from ledger.policy.tasks.task import CHASING
from ledger.policy.visibility import EVERYTHING, Scope
from projections.matching import Match, invoices_match, match_parameters
from projections.scope import scope_parameters, tasks_seen


@dataclass(slots=True)  # not frozen: a frozen row takes three times as long to make
class AgendaItem:
    """A task, shown from ``due_on`` on. A task about the debtor as a whole names no invoice."""

    book_id: Key[UUID]
    item: Key[str]  # the case, hold or payment, or a word for the kind of task
    rank: int  # the priority, negated: a keyset page needs one direction
    action: str
    invoice: str
    status: str  # of the invoice
    debtor: str
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


def show(state: Invoice | Debtor) -> Iterator[AgendaItem]:
    return _of_invoice(state) if isinstance(state, Invoice) else _of_debtor(state)


def _of_invoice(invoice: Invoice) -> Iterator[AgendaItem]:
    invoice_status = status(invoice)
    for task in tasks_for(invoice):
        dispute = task.dispute
        yield AgendaItem(
            book_id=invoice.id,
            item=task.item,
            rank=-task.priority,
            action=task.action,
            invoice=invoice.number,
            status=invoice_status,
            debtor=invoice.debtor,
            collector=invoice.collector,
            business_unit=invoice.business_unit,
            resolver=dispute.resolver if dispute and task.action is TaskKind.CHASE_RESOLVER else "",
            case_id=dispute.case_id if dispute else None,
            reason=dispute.reason if dispute else "",
            amount=task.amount,
            currency=invoice.currency,
            due_on=task.on,
            invoice_due_on=invoice.due_on,
            why=task.why,
        )


def _of_debtor(debtor: Debtor) -> Iterator[AgendaItem]:
    for task in debtor_tasks(debtor):
        yield AgendaItem(
            book_id=debtor.id,
            item=task.item,
            rank=-task.priority,
            action=task.action,
            invoice="",
            status="",
            debtor=debtor.number,
            collector=debtor.collector or "",
            business_unit="",
            resolver="",
            case_id=None,
            reason="",
            amount=task.amount,
            currency=debtor.money[task.item].currency if task.item in debtor.money else "",
            due_on=task.on,
            invoice_due_on=None,
            why=task.why,
        )


AGENDA = Fold(
    "agenda",
    AgendaItem,
    (INVOICE, DEBTOR),
    show,
    indexes=(
        ("rank", "due_on", "book_id", "item"),
        ("collector", "rank", "due_on", "book_id", "item"),
        ("resolver", "rank", "due_on", "book_id", "item"),
        ("reason", "rank", "due_on", "book_id", "item"),
        ("status", "rank", "due_on", "book_id", "item"),
        ("business_unit", "rank", "due_on", "book_id", "item"),
    ),
)


class Cursor(NamedTuple):
    """The last row of a page, after which the next page begins."""

    rank: int
    due_on: date
    book_id: UUID
    item: str


@dataclass(frozen=True, slots=True)
class AgendaItemView:
    """A task with the debtor's name and whether it waits for a hold of the debtor."""

    item: AgendaItem
    debtor_name: str
    held_until: date | None
    held: bool

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.item.rank, self.item.due_on, self.item.book_id, self.item.item)


COLUMNS = ", ".join(f"a.{name}" for name in AGENDA.table.hints)
PAUSED = ", ".join(f"'{action}'" for action in CHASING)
WAITS = (  # tasks that request payment wait while the debtor is held
    f"coalesce(d.held and a.action in ({PAUSED})"
    " and (d.held_until is null or d.held_until > %(on)s), false)"
)
WITH_DEBTOR = (
    " from agenda a left join debtors d on d.tenant_id = a.tenant_id and d.number = a.debtor"
)
FILTERS = (
    *("collector", "resolver", "business_unit", "debtor"),
    *("status", "reason", "action", "invoice"),
)


def list_due(
    tenant: str,
    on: date,
    filters: Mapping[str, str | None] | None = None,
    after: Cursor | None = None,
    limit: int = 50,
    held: bool = False,
    match: Match | None = None,
    *,
    scope: Scope,
) -> Query[AgendaItemView]:
    """Find the tasks due on a day; with ``held``, only those that wait for a hold of the debtor.

    Raises ``ValueError`` for a filter that is none of ``FILTERS``.
    """
    where, chosen = _narrowed(filters)
    where += tasks_seen(scope, "a.") + invoices_match(match, "a")
    chosen |= match_parameters(match)
    if after:
        where += (
            " and (a.rank, a.due_on, a.book_id, a.item)"
            " > (%(rank)s, %(after_due_on)s, %(book_id)s, %(item)s)"
        )
        chosen |= after._asdict() | {"after_due_on": after.due_on}
    return Query(
        f"select {COLUMNS},"
        f" coalesce(d.name, '') as debtor_name, d.held_until, {WAITS} as held"
        f"{WITH_DEBTOR} where a.tenant_id = %(tenant)s and a.due_on <= %(on)s{where}"
        f" and {'' if held else 'not '}{WAITS}"
        f" order by a.rank, a.due_on, a.book_id, a.item limit {limit:d}",
        {"tenant": tenant, "on": on, **chosen, **scope_parameters(scope)},
        _row,
        by_name=False,
        depends_on_values=match is not None,
    )


def _row(*columns: Any) -> AgendaItemView:
    *item, debtor_name, held_until, held = columns
    return AgendaItemView(AgendaItem(*item), debtor_name, held_until, held)


@dataclass(frozen=True, slots=True)
class Workload:
    """The number of tasks of a kind on a day, and their amount."""

    action: str
    currency: str
    items: int
    amount: Decimal


def workload(
    tenant: str,
    on: date,
    filters: Mapping[str, str | None] | None = None,
    most: int | None = None,
    *,
    scope: Scope = EVERYTHING,
) -> Query[Workload]:
    """Count the tasks that ``list_due`` shows with these filters and without ``held``; with
    ``most``, only so many of them, the most urgent."""
    where, chosen = _narrowed(filters)
    where += tasks_seen(scope, "a.")
    first = "" if most is None else f" order by a.rank, a.due_on, a.book_id, a.item limit {most:d}"
    return Query(
        "select action, currency, count(*) as items, sum(amount) as amount"
        f" from (select a.action, a.currency, a.amount, a.rank{WITH_DEBTOR}"
        f" where a.tenant_id = %(tenant)s and a.due_on <= %(on)s{where} and not {WAITS}{first})"
        " counted group by action, currency order by min(rank), currency",
        {"tenant": tenant, "on": on, **chosen, **scope_parameters(scope)},
        Workload,
    )


def _narrowed(filters: Mapping[str, str | None] | None) -> tuple[str, dict[str, Any]]:
    """Return the condition of the filters that are given, and its parameters."""
    given = (filters or {}).items()
    chosen: dict[str, Any] = {name: value for name, value in given if value is not None}
    if unknown := set(chosen) - set(FILTERS):
        raise ValueError(f"no such filter: {', '.join(sorted(unknown))}")
    return "".join(f" and a.{name} = %({name})s" for name in chosen), chosen
