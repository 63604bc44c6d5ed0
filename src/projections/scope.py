"""SQL conditions for a scope, as ``ledger/policy/visibility.py`` defines what it may see.

Each condition begins with ``and``, is empty when nothing is hidden, and needs ``scope_parameters``.
"""

from collections.abc import Mapping
from typing import Any

from ledger.policy.visibility import Scope

_AGENCY = "agency = %(scope_agency)s"
_DEBTOR = "debtor = %(scope_debtor)s"
_RESOLVER = "resolver = %(scope_resolver)s"
_NOT_OVER = "resolved_on is null and status <> 'voided'"
_OWN_INVOICES = (
    "invoice_id = any(array(select book_id from disputes"  # found before anything else is read
    f" where tenant_id = %(tenant)s and {_RESOLVER} and {_NOT_OVER}))"
)


def scope_parameters(scope: Scope) -> Mapping[str, Any]:
    """Return the parameters of the conditions; an empty name becomes null, which equals nothing."""
    return {
        "scope_units": list(scope.business_units),
        "scope_resolver": scope.resolver or None,
        "scope_agency": scope.agency or None,
        "scope_debtor": scope.debtor or None,
    }


def invoices_seen(scope: Scope) -> str:
    """Return the condition of ``Scope.sees`` for the table of invoices."""
    return _condition(scope, debtor=_DEBTOR, resolver=_OWN_INVOICES, agency=_AGENCY)


def disputes_seen(scope: Scope) -> str:
    """Return the condition of ``Scope.sees_dispute`` for the table of disputes."""
    return _condition(scope, resolver=f"{_RESOLVER} and {_NOT_OVER}")


def disputes_of_account(scope: Scope) -> str:
    """Return the condition of ``disputes_seen``, and for a debtor that of their own invoices."""
    return _condition(scope, debtor=_DEBTOR, resolver=f"{_RESOLVER} and {_NOT_OVER}")


def tasks_seen(scope: Scope, table: str = "") -> str:
    """Return the condition for tasks, of which only those about an open dispute name a resolver;
    ``table`` is a prefix such as ``a.``"""
    return _condition(scope, table, resolver=f"{table}{_RESOLVER}")


def units_seen(scope: Scope, table: str = "") -> str:
    """Return the condition of ``Scope.covers`` for rows with a business unit."""
    return _condition(scope, table)


def debtors_seen(scope: Scope) -> str:
    """Return the condition of ``Scope.sees_debtor`` for the table of debtors."""
    if scope.is_everything:
        return ""
    return (
        " and (select 1 from invoices i where i.tenant_id = %(tenant)s"
        f" and i.debtor = debtors.number{units_seen(scope, 'i.')} limit 1) > 0"
    )


def handoffs_seen(scope: Scope) -> str:
    """Return the condition of ``Scope.sees_handoff`` for the table of hand-offs."""
    return _condition(scope, agency=_AGENCY)


def _condition(
    scope: Scope,
    table: str = "",
    *,
    debtor: str = "false",
    resolver: str = "false",
    agency: str = "false",
) -> str:
    if scope.is_debtor:
        return f" and {debtor}"
    if scope.resolver is not None:
        return f" and {resolver}"
    if scope.agency is not None:
        return f" and {agency}"
    if len(scope.business_units) == 1:  # an index gives the rows of one unit in order
        return f" and {table}business_unit = (%(scope_units)s::text[])[1]"
    return f" and {table}business_unit = any(%(scope_units)s)" if scope.business_units else ""
