"""What the desk shows beside its lists: how much waits where, and what each debtor owes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from ledger.database.query import Query
from ledger.policy.visibility import Scope
from projections.agenda import FILTERS, WAITS, WITH_DEBTOR
from projections.scope import (
    debtors_seen,
    disputes_seen,
    invoices_seen,
    scope_parameters,
    tasks_seen,
    units_seen,
)

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
    aside: int  # put aside


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
                f"least({MOST}, "
                + count(f"from waiting_money where tenant_id = %(tenant)s{of_all}")
                + " + "
                + count(
                    "from bank_transactions where tenant_id = %(tenant)s and status = 'waiting'"
                    + of_all
                )
                + ") as money",
                count(
                    "from asked where tenant_id = %(tenant)s and who = any(%(names)s)"
                    " and not answered"
                )
                + " as mine",
                count(
                    "from aside where tenant_id = %(tenant)s and until > %(on)s" + units_seen(scope)
                )
                + " as aside",
            )
        ),
        {"tenant": tenant, "on": on, "names": list(names), **scope_parameters(scope)},
        Counts,
    )


def counts_of_views(
    tenant: str, on: date, views: Sequence[Mapping[str, str]], *, scope: Scope
) -> Query[int]:
    """Count the tasks of each view, at most ``MOST``, in one query; a view is its filters."""
    parts, given = list[str](), dict[str, str]()
    for nth, filters in enumerate(views):
        where = ""
        for name, value in filters.items():
            if name not in FILTERS:
                raise ValueError(f"no such filter: {name}")
            where += f" and a.{name} = %({name}_{nth})s"
            given[f"{name}_{nth}"] = value
        parts.append(
            f"select {nth} as nth, (select count(*) from (select 1 {WITH_DEBTOR}"
            " where a.tenant_id = %(tenant)s and a.due_on <= %(on)s"
            f" and not {WAITS}{where}{tasks_seen(scope, 'a.')} limit {MOST}) c) as tasks"
        )
    return Query(
        f"select tasks from ({' union all '.join(parts)}) v order by nth",
        {"tenant": tenant, "on": on, **given, **scope_parameters(scope)},
        int,
        by_name=False,
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


@dataclass(frozen=True, slots=True)
class LastContact:
    """The last day on which somebody spoke or wrote about an invoice, or a debtor as a whole."""

    book_id: UUID
    day: date


def last_contacts(tenant: str, books: Sequence[UUID], *, scope: Scope) -> Query[LastContact]:
    """Find the last contact about these invoices and debtors, all at once."""
    return Query(
        "select invoice_id as book_id, last_contact_on as day from invoices"
        " where tenant_id = %(tenant)s and invoice_id = any(%(books)s)"
        f" and last_contact_on is not null{invoices_seen(scope)}"
        " union all select debtor_id, last_contact_on from debtors"
        " where tenant_id = %(tenant)s and debtor_id = any(%(books)s)"
        f" and last_contact_on is not null{debtors_seen(scope)}",
        {"tenant": tenant, "books": list(books), **scope_parameters(scope)},
        LastContact,
    )
