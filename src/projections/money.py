"""Money and credit notes that wait with a debtor to be allocated, and invoices that fit them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from ledger.database.query import Query
from ledger.engine.fold import Fold
from ledger.engine.table import Key
from ledger.facts.books import DEBTOR
from ledger.facts.debtor import Debtor
from ledger.policy.visibility import Scope
from projections.scope import invoices_seen, scope_parameters

FITTING = 3  # invoices that are suggested for one payment


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """A payment or credit note of which something is not allocated."""

    debtor_id: Key[UUID]
    reference: Key[str]
    debtor: str
    name: str
    kind: str
    amount: Decimal
    left_over: Decimal
    currency: str
    received_on: date
    listed: bool  # by the ERP as an open item


def show(debtor: Debtor) -> Iterator[MoneyRow]:
    for reference, money in debtor.money.items():
        if money.left > 0:
            yield MoneyRow(
                debtor_id=debtor.id,
                reference=reference,
                debtor=debtor.number,
                name=debtor.name,
                kind=money.kind,
                amount=money.amount,
                left_over=money.left,
                currency=money.currency,
                received_on=money.received_on,
                listed=money.listed,
            )


MONEY = Fold(  # a type of PostgreSQL is called money
    "waiting_money", MoneyRow, (DEBTOR,), show, indexes=(("received_on", "debtor_id"),)
)


class Cursor(NamedTuple):
    """The last row of a page, after which the next page begins."""

    received_on: date
    debtor_id: UUID
    reference: str


def behind(row: MoneyRow) -> Cursor:
    return Cursor(row.received_on, row.debtor_id, row.reference)


def waiting(tenant: str, after: Cursor | None = None, limit: int = 50) -> Query[MoneyRow]:
    """Find what waits, the oldest first. It has no business unit: only for who sees everything."""
    beyond = (
        " and (received_on, debtor_id, reference) > (%(received_on)s, %(debtor_id)s, %(reference)s)"
    )
    return Query(
        f"select {MONEY.table.columns} from waiting_money where tenant_id = %(tenant)s"
        f"{beyond if after else ''} order by received_on, debtor_id, reference limit %(limit)s",
        {"tenant": tenant, "limit": limit, **(after._asdict() if after else {})},
        MoneyRow,
    )


@dataclass(frozen=True, slots=True)
class Fit:
    """An open invoice of the debtor that a payment may be for, and how well it fits."""

    debtor_id: UUID
    reference: str
    invoice_id: UUID
    invoice: str
    open_amount: Decimal
    undisputed: Decimal
    due_on: date
    is_named: bool  # the reference has its number
    is_exact: bool  # all of it is open, or all that is not disputed


def fitting(tenant: str, after: Cursor | None, limit: int, *, scope: Scope) -> Query[Fit]:
    """Find invoices for each row of a page: named ones first, then those of the same amount, then
    the oldest."""
    page = waiting(tenant, after, limit)
    return Query(
        f"""
            with page as ({page.sql})
            select page.debtor_id, page.reference, fit.*
            from page, lateral (
                select invoice_id, number as invoice, open_amount,
                       undisputed_amount as undisputed, due_on,
                       position(lower(number) in lower(page.reference)) > 0 as is_named,
                       page.left_over in (open_amount, undisputed_amount) as is_exact
                from invoices
                where tenant_id = %(tenant)s and debtor = page.debtor and open_amount > 0
                      and currency = page.currency{invoices_seen(scope)}
                order by is_named desc, is_exact desc, due_on, number limit {FITTING:d}
            ) fit
            order by page.received_on, page.debtor_id, page.reference,
                     is_named desc, is_exact desc, due_on, invoice
            """,
        {**dict(page.parameters), **scope_parameters(scope)},
        Fit,
    )
