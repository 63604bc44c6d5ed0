"""Tasks that were put aside: a row for each, until its day or until it is taken up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from ledger.database.query import Query
from ledger.engine.fold import Fold
from ledger.engine.table import Key
from ledger.facts.books import DEBTOR, INVOICE
from ledger.facts.debtor import Debtor
from ledger.facts.invoice.state import Invoice
from ledger.policy.tasks.debtor import debtor_tasks
from ledger.policy.tasks.invoice import tasks_for
from ledger.policy.tasks.task import Task
from ledger.policy.visibility import Scope
from projections.scope import scope_parameters, units_seen


@dataclass(frozen=True, slots=True)
class AsideRow:
    """A task that is not shown before the day ``until``. One about a debtor names no invoice."""

    book_id: Key[UUID]
    item: Key[str]
    action: str
    invoice: str
    debtor: str
    collector: str
    business_unit: str
    amount: Decimal
    currency: str
    until: date
    why: str


def show(book: Invoice | Debtor) -> Iterator[AsideRow]:
    if not book.postponed:
        return
    for task in tasks_for(book) if isinstance(book, Invoice) else debtor_tasks(book):
        waits = book.postponed.get(task.item)
        if waits and waits.action is task.action and waits.until == task.on:
            yield _row(book, task, waits.why)


def _row(book: Invoice | Debtor, task: Task, why: str) -> AsideRow:
    invoice = book if isinstance(book, Invoice) else None
    money = None if isinstance(book, Invoice) else book.money.get(task.item)
    return AsideRow(
        book_id=book.id,
        item=task.item,
        action=task.action,
        invoice=invoice.number if invoice else "",
        debtor=invoice.debtor if invoice else book.number,
        collector=book.collector or "",
        business_unit=invoice.business_unit if invoice else "",
        amount=task.amount,
        currency=invoice.currency if invoice else money.currency if money else "",
        until=task.on,
        why=why,
    )


ASIDE = Fold("aside", AsideRow, (INVOICE, DEBTOR), show, indexes=(("until", "book_id", "item"),))


class Cursor(NamedTuple):
    """The last row of a page, after which the next page begins."""

    until: date
    book_id: UUID
    item: str


def behind(row: AsideRow) -> Cursor:
    return Cursor(row.until, row.book_id, row.item)


def waiting(
    tenant: str,
    on: date,
    collector: str | None = None,
    after: Cursor | None = None,
    limit: int = 50,
    *,
    scope: Scope,
) -> Query[AsideRow]:
    """Find what is put aside on a day, by the day it returns."""
    where = "" if collector is None else " and collector = %(collector)s"
    if after:
        where += " and (until, book_id, item) > (%(until)s, %(book_id)s, %(item)s)"
    return Query(
        f"select {ASIDE.table.columns} from aside where tenant_id = %(tenant)s"
        f" and until > %(on)s{where}{units_seen(scope)}"
        f" order by until, book_id, item limit {limit:d}",
        {
            "tenant": tenant,
            "on": on,
            "collector": collector,
            **(after._asdict() if after else {}),
            **scope_parameters(scope),
        },
        AsideRow,
    )
