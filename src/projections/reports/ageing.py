"""Open amounts of the table ``invoices`` by age and by status."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from ledger.database.query import Query
from ledger.policy.visibility import Scope
from projections.reports.narrowing import narrowed
from projections.scope import invoices_seen, scope_parameters

BUCKETS = ("current", "1-30", "31-60", "61-90", "91+")
COLUMNS = ("current", "to_30", "to_60", "to_90", "beyond")  # of ``DebtorAge``, for each bucket


@dataclass(frozen=True, slots=True)
class Bucket:
    """An age range; every open amount is in exactly one bucket of its currency."""

    currency: str
    bucket: str
    invoices: int
    open_amount: Decimal
    disputed: Decimal
    undisputed: Decimal


def ageing(
    tenant: str, on: date, filters: Mapping[str, str] | None = None, *, scope: Scope
) -> Query[Bucket]:
    """Sum the instalments by days overdue: current (also due today), 1-30, 31-60, 61-90, 91+."""
    return Query(
        f"""
            with aged as ({_aged(filters, scope)})
            select currency, bucket, count(distinct invoice_id) as invoices,
                   sum(amount) as open_amount, sum(disputed) as disputed,
                   sum(amount - disputed) as undisputed
            from aged group by currency, bucket order by currency, min(days)
            """,
        {"tenant": tenant, "on": on, **(filters or {}), **scope_parameters(scope)},
        Bucket,
    )


def _aged(filters: Mapping[str, str] | None, scope: Scope) -> str:
    """Return the SQL of a row for each open instalment, with its bucket."""
    return f"""
        select *, case when days <= 0 then 'current' when days <= 30 then '1-30'
                       when days <= 60 then '31-60' when days <= 90 then '61-90'
                       else '91+' end as bucket
        from (
            select currency, debtor, invoice_id, number, status,
                   part.due_on, %(on)s::date - part.due_on as days, part.amount, part.disputed
            from invoices, unnest(due_dates, due_amounts, due_disputed)
                as part (due_on, amount, disputed)
            where tenant_id = %(tenant)s and open_amount > 0
                  {narrowed(filters)}{invoices_seen(scope)}
        ) due
        """


@dataclass(frozen=True, slots=True)
class DebtorAge:
    """What a debtor owes in a currency, by age."""

    debtor: str
    name: str
    currency: str
    current: Decimal
    to_30: Decimal
    to_60: Decimal
    to_90: Decimal
    beyond: Decimal
    disputed: Decimal
    open_amount: Decimal


def by_debtor(
    tenant: str,
    on: date,
    filters: Mapping[str, str] | None = None,
    limit: int = 50,
    *,
    scope: Scope,
) -> Query[DebtorAge]:
    """Sum by debtor and currency; the largest overdue amounts first."""
    sums = ", ".join(
        f"coalesce(sum(amount) filter (where bucket = '{bucket}'), 0) as {name}"
        for name, bucket in zip(COLUMNS, BUCKETS, strict=True)
    )
    return Query(
        f"""
            with aged as ({_aged(filters, scope)}),
            summed as (
                select debtor, currency, {sums}, sum(disputed) as disputed,
                       sum(amount) as open_amount, sum(amount) filter (where days > 0) as overdue
                from aged group by debtor, currency
                order by overdue desc nulls last, open_amount desc, debtor limit %(limit)s
            )
            select summed.debtor, coalesce(d.name, '') as name, summed.currency,
                   {", ".join(COLUMNS)}, disputed, open_amount
            from summed left join debtors d
                on d.tenant_id = %(tenant)s and d.number = summed.debtor
            order by overdue desc nulls last, open_amount desc, debtor
            """,
        {
            "tenant": tenant,
            "on": on,
            "limit": limit,
            **(filters or {}),
            **scope_parameters(scope),
        },
        DebtorAge,
    )


@dataclass(frozen=True, slots=True)
class Part:
    """An open instalment of an invoice."""

    invoice_id: UUID
    number: str
    debtor: str
    currency: str
    status: str
    due_on: date
    bucket: str
    amount: Decimal
    disputed: Decimal


def parts(
    tenant: str,
    on: date,
    filters: Mapping[str, str] | None = None,
    after: tuple[date, str] | None = None,
    limit: int = 50,
    *,
    currency: str = "",
    bucket: str = "",
    overdue: bool = False,
    disputed: bool = False,
    scope: Scope,
) -> Query[Part]:
    """Find the instalments of a figure of the report, the oldest first; ``after`` is the day and
    number of the last row of the page before."""
    where = "true"
    where += " and currency = %(currency)s" if currency else ""
    where += " and bucket = %(bucket)s" if bucket else ""
    where += " and days > 0" if overdue else ""
    where += " and disputed > 0" if disputed else ""
    where += " and (due_on, number) > (%(after_on)s, %(after_number)s)" if after else ""
    after_on, after_number = after or (None, None)
    return Query(
        f"""
            with aged as ({_aged(filters, scope)})
            select invoice_id, number, debtor, currency, status, due_on, bucket, amount, disputed
            from aged where {where} order by due_on, number limit %(limit)s
            """,
        {
            "tenant": tenant,
            "on": on,
            "currency": currency,
            "bucket": bucket,
            "after_on": after_on,
            "after_number": after_number,
            "limit": limit,
            **(filters or {}),
            **scope_parameters(scope),
        },
        Part,
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
