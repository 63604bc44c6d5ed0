"""Open disputes by reason, resolver or age, with what is disputed in each currency."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ledger.database.query import Query
from ledger.policy.visibility import Scope
from projections.reports.narrowing import narrowed
from projections.scope import disputes_seen, scope_parameters

AGES = {"0-7": (0, 7), "8-14": (8, 14), "15-30": (15, 30), "31-60": (31, 60), "61+": (61, 36_500)}
_AGE = (
    "case "
    + " ".join(
        f"when %(on)s::date - coalesce(opened_on, listed_on) <= {most} then '{age}'"
        for age, (_, most) in AGES.items()
    )
    + " else '61+' end"
)
GROUPS = {"reason": "reason", "resolver": "resolver", "age": _AGE}


@dataclass(frozen=True, slots=True)
class OpenGroup:
    """Open disputes that share a reason, a resolver or an age."""

    group: str
    currency: str
    cases: int
    disputed: Decimal
    oldest: int  # days


def open_disputes(
    tenant: str, on: date, by: str, filters: Mapping[str, str] | None = None, *, scope: Scope
) -> Query[OpenGroup]:
    """Sum the open disputes by one of ``GROUPS``, the most money first."""
    return Query(
        f"""
            select {GROUPS[by]} as "group", currency, count(distinct case_id) as cases,
                   sum(disputed) as disputed,
                   max(%(on)s::date - coalesce(opened_on, listed_on)) as oldest
            from disputes where tenant_id = %(tenant)s and status = 'open'
                 {narrowed(filters)}{disputes_seen(scope)}
            group by 1, currency order by currency, sum(disputed) desc, 1
            """,
        {"tenant": tenant, "on": on, **(filters or {}), **scope_parameters(scope)},
        OpenGroup,
    )
