"""Cycle times of disputes, from the table ``disputes``.

A case over several invoices counts once; a voided case does not count. The age of the open cases is
reported too, because a mean over closed cases alone improves when old cases are left open.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ledger.database.query import Query
from ledger.policy.visibility import Scope
from projections.reports.narrowing import narrowed
from projections.scope import disputes_seen, scope_parameters

GROUPS = ("reason", "resolver", "business_unit", "collector", "debtor", "outcome", "root_cause")
LAGS = {  # name: from, to
    "detection": ("raised_on", "opened_on"),
    "assignment": ("opened_on", "assigned_on"),
    "response": ("assigned_on", "answered_on"),
    "resolution": ("opened_on", "resolved_on"),  # the dispute cycle time, elapsed
    "settlement": ("resolved_on", "settled_on"),
    "resumption": ("resolved_on", "resumed_on"),
    "cash": ("resolved_on", "paid_on"),
}
PHASES = {  # what a case waits for, one after the other, and how long it lasts in all
    "intake": ("raised_on", "opened_on"),
    "resolver": ("assigned_on", "answered_on"),
    "decision": ("answered_on", "resolved_on"),
    "settlement": ("resolved_on", "settled_on"),
    "resolution": ("opened_on", "resolved_on"),
}
Lags = Mapping[str, tuple[str, str]]
Filters = Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class CycleTime:
    """Days of a lag, over the cases that have both its dates."""

    group: str
    lag: str
    cases: int
    mean: float
    median: float
    p90: float


@dataclass(frozen=True, slots=True)
class Count:
    """The number of cases, and the age of the open cases in days."""

    group: str
    opened: int
    resolved: int
    still_open: int
    reopened: int
    open_age_mean: float | None
    open_age_median: float | None
    open_age_max: int | None


def _cases(by: str | None, filters: Filters, scope: Scope) -> str:
    """Return the SQL of a row for each case. Raises ``ValueError`` for an unknown group."""
    if by is not None and by not in GROUPS:
        raise ValueError(f"cannot group by {by!r}, only by {', '.join(GROUPS)}")
    group = f"coalesce(min({by}), '')" if by else "''"
    return (
        f"select case_id, {group} as grouped, min(raised_on) as raised_on,"
        " min(opened_on) as opened_on, min(assigned_on) as assigned_on,"
        " min(answered_on) as answered_on, max(settled_on) as settled_on,"
        " max(resumed_on) as resumed_on, max(reopened) as reopened,"
        " max(worked_days) as worked_days,"
        " case when bool_and(status = 'resolved') then max(resolved_on) end as resolved_on,"
        " case when bool_and(status = 'resolved' and paid_on is not null) then max(paid_on) end"
        " as paid_on"
        " from disputes where tenant_id = %(tenant)s and status in ('open', 'resolved')"
        f"{narrowed(filters)}{disputes_seen(scope)}"
        " group by case_id"
    )


def cycle_times(
    tenant: str,
    by: str | None = None,
    filters: Filters = None,
    lags: Lags = LAGS,
    *,
    scope: Scope,
) -> Query[CycleTime]:
    """Calculate mean, median and interpolated 90th percentile of each lag in calendar days."""
    days = ", ".join(f"('{lag}', {until} - {since})" for lag, (since, until) in lags.items())
    order = " ".join(f"when '{lag}' then {nth}" for nth, lag in enumerate([*lags, "worked"]))
    return Query(
        f"""
            with one as ({_cases(by, filters, scope)})
            select grouped as "group", lag, count(days) as cases, avg(days)::float as mean,
                   percentile_cont(0.5) within group (order by days) as median,
                   percentile_cont(0.9) within group (order by days) as p90
            from one, lateral (values {days},
                ('worked', case when resolved_on is not null then worked_days end)
            ) as l (lag, days)
            where days is not null
            group by grouped, lag order by grouped, case lag {order} end
            """,
        {"tenant": tenant, **(filters or {}), **scope_parameters(scope)},
        CycleTime,
    )


def counts(
    tenant: str, on: date, by: str | None = None, filters: Filters = None, *, scope: Scope
) -> Query[Count]:
    return Query(
        f"""
            with one as ({_cases(by, filters, scope)}),
            aged as (
                select *, case when resolved_on is null then %(on)s::date - opened_on end as age
                from one
            )
            select grouped as "group", count(*) as opened, count(resolved_on) as resolved,
                   count(*) - count(resolved_on) as still_open,
                   count(*) filter (where reopened > 0) as reopened,
                   avg(age)::float as open_age_mean,
                   percentile_cont(0.5) within group (order by age) as open_age_median,
                   max(age) as open_age_max
            from aged group by grouped order by count(*) desc, grouped
            """,
        {"tenant": tenant, "on": on, **(filters or {}), **scope_parameters(scope)},
        Count,
    )
