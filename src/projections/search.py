"""Search over invoices, disputes and debtors at once, by parts of names and numbers."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from ledger.database.query import Query
from ledger.policy.visibility import Scope
from projections.matching import (
    Match,
    debtors_match,
    invoices_match,
    match_parameters,
    shared,
)
from projections.scope import debtors_seen, disputes_seen, invoices_seen, scope_parameters


@dataclass(frozen=True, slots=True)
class SearchHit:
    """An invoice, a dispute or a debtor that was found; ``number`` names it, or its invoice."""

    kind: str
    id: UUID  # of the book, or of the case
    number: str
    debtor: str
    debtor_name: str
    status: str  # of the invoice or dispute
    amount: Decimal | None  # that is open, or disputed
    currency: str
    on: date | None  # the invoice is due, or the dispute was opened


def search(tenant: str, match: Match, limit: int, *, scope: Scope) -> Query[SearchHit]:
    """Find debtors, invoices and disputes, ``limit`` of each, by number."""
    named = debtors_match(match, "debtors.number")
    once, found = shared(match)
    return Query(
        f"{once}select hit.kind, hit.id, hit.number, hit.debtor,"
        " coalesce(d.name, '') as debtor_name, hit.status, hit.amount, hit.currency, hit.on from ("
        "(select 1 as rank, 'debtor' as kind, debtor_id as id, number, number as debtor,"
        " '' as status, null::numeric as amount, '' as currency, null::date as on from debtors"
        f" where tenant_id = %(tenant)s{named}{debtors_seen(scope)}"
        " order by number limit %(limit)s)"
        " union all "
        "(select 2, 'invoice', invoice_id, number, debtor, status, open_amount, currency, due_on"
        " from invoices where tenant_id = %(tenant)s"
        f"{invoices_match(match, 'invoices', 'invoice_id', found)}{invoices_seen(scope)}"
        " order by number limit %(limit)s)"
        " union all "
        "(select 3, 'dispute', case_id, invoice, debtor, status, disputed, currency, listed_on"
        " from disputes where tenant_id = %(tenant)s"
        f"{invoices_match(match, 'disputes', found=found)}{disputes_seen(scope)}"
        " order by listed_on desc, case_id desc, book_id desc limit %(limit)s)"
        ") hit left join debtors d on d.tenant_id = %(tenant)s and d.number = hit.debtor"
        " order by hit.rank, hit.number, hit.id",
        {
            "tenant": tenant,
            "limit": limit,
            **match_parameters(match),
            **scope_parameters(scope),
        },
        SearchHit,
    )
