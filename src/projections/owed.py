"""What is owed in all, by currency: for a debtor's own page."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ledger.database.query import Query
from ledger.policy.visibility import Scope
from projections.scope import invoices_seen, scope_parameters


@dataclass(frozen=True, slots=True)
class Total:
    """The sums of a currency; what an agency collects is in none of them."""

    currency: str
    open: Decimal
    disputed: Decimal
    overdue: Decimal  # and not disputed


def totals(tenant: str, on: date, *, scope: Scope) -> Query[Total]:
    """Sum what is open of the visible invoices; overdue are the instalments due before ``on``."""
    return Query(
        f"""
            select currency, sum(open_amount) as open, sum(disputed_amount) as disputed,
                   sum((select coalesce(sum(part.amount - part.disputed), 0)
                        from unnest(due_dates, due_amounts, due_disputed)
                            as part (due_on, amount, disputed)
                        where part.due_on < %(on)s)) as overdue
            from invoices
            where tenant_id = %(tenant)s and open_amount > 0 and agency = ''{invoices_seen(scope)}
            group by currency order by currency
            """,
        {"tenant": tenant, "on": on, **scope_parameters(scope)},
        Total,
    )
