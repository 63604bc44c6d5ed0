"""What other invoices tell of one that is registered: that it is there already, or too much."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from ledger.database.query import Query
from ledger.facts.codes import Status
from ledger.facts.invoice.registration_events import InvoiceRegistered
from ledger.facts.invoice.state import Invoice
from ledger.policy.visibility import EVERYTHING, Scope
from projections.scope import invoices_seen, scope_parameters


def possible_duplicates(tenant: str, invoice: Invoice, scope: Scope = EVERYTHING) -> Query[str]:
    """Numbers of invoices that say the same: debtor and amount, and the date or the order."""
    return Query(
        "select number from invoices where tenant_id = %(tenant)s and debtor = %(debtor)s"
        " and currency = %(currency)s and amount = %(amount)s and invoice_id <> %(self)s"
        " and status <> %(cancelled)s"
        " and (issued_on = %(issued_on)s or purchase_order = %(purchase_order)s::text)"
        f"{invoices_seen(scope)} order by number limit 20",
        {
            "tenant": tenant,
            "debtor": invoice.debtor,
            "currency": invoice.currency,
            "amount": invoice.amount,
            "self": invoice.id,
            "cancelled": Status.CANCELLED.value,
            "issued_on": invoice.issued_on,
            "purchase_order": invoice.purchase_order,
            **scope_parameters(scope),
        },
        lambda number: str(number),
    )


def duplicated(tenant: str, registered: Sequence[InvoiceRegistered]) -> Query[str]:
    """Numbers of those that another invoice is ``possible_duplicates``, each once."""
    return Query(
        "select distinct t.number from unnest(%(numbers)s::text[], %(debtors)s::text[],"
        " %(currencies)s::text[], %(amounts)s::numeric[], %(days)s::date[], %(orders)s::text[])"
        " as t (number, debtor, currency, amount, issued_on, purchase_order)"
        " join invoices i on i.tenant_id = %(tenant)s and i.debtor = t.debtor"
        " and i.amount = t.amount and i.currency = t.currency and i.number <> t.number"
        " and i.status <> %(cancelled)s"
        " and (i.issued_on = t.issued_on or i.purchase_order = t.purchase_order)",
        {
            "tenant": tenant,
            "cancelled": Status.CANCELLED.value,
            "numbers": [one.number for one in registered],
            "debtors": [one.debtor for one in registered],
            "currencies": [one.currency for one in registered],
            "amounts": [one.amount for one in registered],
            "days": [one.on for one in registered],
            "orders": [one.purchase_order for one in registered],
        },
        lambda number: str(number),
    )


def open_balances(tenant: str, currencies: Mapping[str, str]) -> Query[tuple[str, Decimal]]:
    """What these debtors owe, each in his currency; who owes nothing is left out."""
    return Query(
        "select i.debtor, sum(i.open_amount) as open_amount"
        " from unnest(%(debtors)s::text[], %(currencies)s::text[]) as t (debtor, currency)"
        " join invoices i on i.tenant_id = %(tenant)s and i.debtor = t.debtor"
        " and i.currency = t.currency group by i.debtor",
        {
            "tenant": tenant,
            "debtors": list(currencies),
            "currencies": list(currencies.values()),
        },
        lambda debtor, open_amount: (debtor, open_amount),
    )
