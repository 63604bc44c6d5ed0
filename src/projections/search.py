"""Search over invoices, disputes and debtors at once, by parts of names and numbers."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from ledger.database.query import Query
from ledger.facts.books import DEBTOR, INVOICE
from ledger.policy.visibility import Scope
from projections.common_word import first_by_word
from projections.matching import (
    COMMON,
    Match,
    debtors_match,
    invoices_match,
    match_parameters,
    of_debtors,
    shared,
)
from projections.scope import (
    debtors_seen,
    disputes_seen,
    invoices_seen,
    scope_parameters,
    units_seen,
)


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
    """Find debtors, invoices and disputes, ``limit`` of each, by number.

    Of a common word these are the first in the order of the words, which is that of numbers of one
    form, and the first of debtors with the word.
    """
    once, found = shared(match)
    return Query(
        f"{once}select hit.kind, hit.id, hit.number, hit.debtor,"
        " coalesce(d.name, '') as debtor_name, hit.status, hit.amount, hit.currency, hit.on from ("
        f"({_debtors(match, scope)}) union all ({_invoices(match, found, scope)})"
        f" union all ({_disputes(match, found, scope)})"
        ") hit left join debtors d on d.tenant_id = %(tenant)s and d.number = hit.debtor"
        " order by hit.rank, hit.number, hit.id",
        {
            "tenant": tenant,
            "limit": limit,
            **match_parameters(match),
            **scope_parameters(scope),
        },
        SearchHit,
        depends_on_values=True,
    )


def _debtors(match: Match, scope: Scope) -> str:
    columns = (
        "select 1 as rank, 'debtor' as kind, debtor_id as id, debtors.number,"
        " debtors.number as debtor, '' as status, null::numeric as amount, '' as currency,"
        " null::date as on"
    )
    if match.common and len(match.found) >= COMMON:
        units = units_seen(scope, "i.")
        seen = (
            " and (select 1 from invoices i where i.tenant_id = %(tenant)s"
            f" and i.debtor = words.number{units} limit 1) > 0"
        )
        first = first_by_word(DEBTOR.name, "" if scope.is_everything else seen)
        return (
            f"{columns} from debtors where tenant_id = %(tenant)s"
            f" and debtor_id = any(array({first}))"
        )
    return (
        f"{columns} from debtors where tenant_id = %(tenant)s"
        f"{debtors_match(match, 'debtors.number')}{debtors_seen(scope)}"
        " order by number limit %(limit)s"
    )


def _invoices(match: Match, found: str, scope: Scope) -> str:
    columns = (
        "select 2 as rank, 'invoice' as kind, invoice_id as id, invoices.number, debtor, status,"
        " open_amount as amount, currency, due_on as on"
    )
    listed, seen = f"{columns} from invoices where tenant_id = %(tenant)s", invoices_seen(scope)
    last = " order by number limit %(limit)s"
    if match.common is None or not scope.is_of_units:
        return f"{listed}{invoices_match(match, 'invoices', 'invoice_id', found)}{seen}{last}"
    own = first_by_word(INVOICE.name, units_seen(scope, "words."))
    return (
        f"select * from (({listed} and invoice_id = any(array({own}))) union"
        f" ({listed} and {of_debtors(match, 'debtor')}{seen}{last})) either{last}"
    )


def _disputes(match: Match, found: str, scope: Scope) -> str:
    columns = (
        "select 3 as rank, 'dispute' as kind, case_id as id, invoice as number, debtor, status,"
        " disputed as amount, currency, listed_on as on"
    )
    listed, seen = f"{columns} from disputes where tenant_id = %(tenant)s", disputes_seen(scope)
    last = " order by listed_on desc, case_id desc, book_id desc limit %(limit)s"
    if match.common is None or not scope.is_of_units:
        return f"{listed}{invoices_match(match, 'disputes', found=found)}{seen}{last}"
    disputed = (
        " and (select 1 from disputes case_ where case_.tenant_id = %(tenant)s"
        " and case_.book_id = words.book_id limit 1) > 0"
    )
    own = first_by_word(INVOICE.name, units_seen(scope, "words.") + disputed)
    return (
        f"select * from (({listed} and book_id = any(array({own}))) union"
        f" ({listed} and {of_debtors(match, 'debtor')}{seen}{last})) either"
        ' order by "on" desc, id desc, number limit %(limit)s'
    )
