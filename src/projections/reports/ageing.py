"""Open amounts of the table ``invoices`` by age and by status."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ledger.database.query import Query
from ledger.policy.visibility import Scope
from projections.scope import invoices_seen, scope_parameters


@dataclass(frozen=True, slots=True)
class Bucket:
    """An age range; every open amount is in exactly one bucket of its currency."""

    currency: str
    bucket: str
    invoices: int
    open_amount: Decimal
    disputed: Decimal
    undisputed: Decimal


def ageing(tenant: str, on: date, *, scope: Scope) -> Query[Bucket]:
    """Sum the instalments by days overdue: current (also due today), 1-30, 31-60, 61-90, 91+."""
    return Query(
        f"""
            with due as (
                select currency, invoice_id, %(on)s::date - part.due_on as days,
                       part.amount, part.disputed
                from invoices, unnest(due_dates, due_amounts, due_disputed)
                    as part (due_on, amount, disputed)
                where tenant_id = %(tenant)s and open_amount > 0{invoices_seen(scope)}
            ),
            aged as (
                select *, case when days <= 0 then 'current' when days <= 30 then '1-30'
                               when days <= 60 then '31-60' when days <= 90 then '61-90'
                               else '91+' end as bucket
                from due
            )
            select currency, bucket, count(distinct invoice_id) as invoices,
                   sum(amount) as open_amount, sum(disputed) as disputed,
                   sum(amount - disputed) as undisputed
            from aged group by currency, bucket order by currency, min(days)
            """,
        {"tenant": tenant, "on": on, **scope_parameters(scope)},
        Bucket,
    )


@dataclass(frozen=True, slots=True)
class Total:
    """The number of invoices with a status, and their open amount."""

    status: str
    currency: str
    invoices: int
    open_amount: Decimal


def totals(tenant: str, *, scope: Scope) -> Query[Total]:
    return Query(
        "select status, currency, count(*) as invoices, sum(open_amount) as open_amount"
        f" from invoices where tenant_id = %(tenant)s{invoices_seen(scope)}"
        " group by status, currency order by count(*) desc, status, currency",
        {"tenant": tenant, **scope_parameters(scope)},
        Total,
    )
