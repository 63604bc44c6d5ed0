"""What the desk shows beside its lists: how much waits where, and what each debtor owes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ledger.database.query import Query
from ledger.policy.visibility import Scope
from projections.agenda import WAITS, WITH_DEBTOR
from projections.scope import disputes_seen, invoices_seen, scope_parameters, tasks_seen

MOST = 1000  # counted exactly; more is shown as “999+”


@dataclass(frozen=True, slots=True)
class Counts:
    """How many things wait in each place, at most ``MOST``."""

    tasks: int
    inbox: int
    outbox: int
    disputes: int
    money: int
    mine: int


def counts(tenant: str, on: date, names: Sequence[str] = (), *, scope: Scope) -> Query[Counts]:
    """Count what waits; the inbox, outbox and money are for those who see everything, and what is
    asked of a person is theirs by their names."""
    of_all = "" if scope.is_everything else " and false"

    def count(rows: str) -> str:
        return f"(select count(*) from (select 1 {rows} limit {MOST}) c)"

    return Query(
        "select "
        + ", ".join(
            (
                count(
                    f"{WITH_DEBTOR} where a.tenant_id = %(tenant)s and a.due_on <= %(on)s"
                    f" and not {WAITS}{tasks_seen(scope, 'a.')}"
                )
                + " as tasks",
                count(f"from inbox where tenant_id = %(tenant)s{of_all}") + " as inbox",
                count(f"from outbox where tenant_id = %(tenant)s{of_all}") + " as outbox",
                count(
                    "from disputes where tenant_id = %(tenant)s and status = 'open'"
                    + disputes_seen(scope)
                )
                + " as disputes",
                count(f"from waiting_money where tenant_id = %(tenant)s{of_all}") + " as money",
                count(
                    "from asked where tenant_id = %(tenant)s and who = any(%(names)s)"
                    " and not answered"
                )
                + " as mine",
            )
        ),
        {"tenant": tenant, "on": on, "names": list(names), **scope_parameters(scope)},
        Counts,
    )


@dataclass(frozen=True, slots=True)
class Owed:
    """What a debtor owes in a currency."""

    debtor: str
    currency: str
    amount: Decimal


def owed(tenant: str, debtors: Sequence[str], *, scope: Scope) -> Query[Owed]:
    """Find what is open of these debtors, all at once."""
    return Query(
        "select debtor, currency, sum(open_amount) as amount from invoices"
        " where tenant_id = %(tenant)s and debtor = any(%(debtors)s) and open_amount > 0"
        f"{invoices_seen(scope)} group by debtor, currency order by debtor, currency",
        {"tenant": tenant, "debtors": list(debtors), **scope_parameters(scope)},
        Owed,
    )
