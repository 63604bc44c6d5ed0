"""Comparisons of an invoice with others: possible duplicates and the debtor's open balance."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from ledger.database.query import Query
from ledger.facts.codes import Status
from ledger.facts.invoice.registration import InvoiceRegistered
from ledger.facts.invoice.state import Invoice
from ledger.policy.visibility import Scope
from projections.scope import invoices_seen, scope_parameters, units_seen


def possible_duplicates(tenant: str, invoice: Invoice, *, scope: Scope) -> Query[str]:
    """Find invoices with the same debtor and amount, and the same issue date or order."""
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


def duplicated(tenant: str, registered: Sequence[InvoiceRegistered], *, scope: Scope) -> Query[str]:
    """Find which of the ``registered`` invoices have possible duplicates, by number, each once."""
    return Query(
        "select distinct t.number from unnest(%(numbers)s::text[], %(debtors)s::text[],"
        " %(currencies)s::text[], %(amounts)s::numeric[], %(days)s::date[], %(orders)s::text[])"
        " as t (number, debtor, currency, amount, issued_on, purchase_order)"
        " join invoices i on i.tenant_id = %(tenant)s and i.debtor = t.debtor"
        " and i.amount = t.amount and i.currency = t.currency and i.number <> t.number"
        " and i.status <> %(cancelled)s"
        " and (i.issued_on = t.issued_on or i.purchase_order = t.purchase_order)"
        f"{units_seen(scope, 'i.')}",
        {
            **scope_parameters(scope),
            "tenant": tenant,
            "cancelled": Status.CANCELLED.value,
            "numbers": [invoice.number for invoice in registered],
            "debtors": [invoice.debtor for invoice in registered],
            "currencies": [invoice.currency for invoice in registered],
            "amounts": [invoice.amount for invoice in registered],
            "days": [invoice.on for invoice in registered],
            "orders": [invoice.purchase_order for invoice in registered],
        },
        lambda number: str(number),
    )


def open_balances(
    tenant: str, currencies: Mapping[str, str], *, scope: Scope
) -> Query[tuple[str, Decimal]]:
    """Sum what each debtor owes in the given currency; debtors without invoices are left out."""
    return Query(
        "select i.debtor, sum(i.open_amount) as open_amount"
        " from unnest(%(debtors)s::text[], %(currencies)s::text[]) as t (debtor, currency)"
        " join invoices i on i.tenant_id = %(tenant)s and i.debtor = t.debtor"
        f" and i.currency = t.currency{units_seen(scope, 'i.')} group by i.debtor",
        {
            **scope_parameters(scope),
            "tenant": tenant,
            "debtors": list(currencies),
            "currencies": list(currencies.values()),
        },
        lambda debtor, open_amount: (debtor, open_amount),
    )
