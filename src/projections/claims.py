"""Open invoices that bank transactions may be for: by number, by debtor, by amount. Only for who
sees everything, as bank transactions have no business unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ledger.database.query import Query
from ledger.policy.payments.matching import Claim
from ledger.policy.references import NameKind

OF_DEBTOR = 60  # open invoices of a debtor that are looked at, the oldest due first
OF_AMOUNT = 5  # open invoices of anybody with the same amount
MOST_NAMED = 50_000  # rows of names
KINDS = (NameKind.INVOICE, NameKind.ORDER, NameKind.CUSTOMER, NameKind.NAME, NameKind.STRUCTURED)
COLUMNS = """
    i.number as invoice, i.debtor, coalesce(d.name, '') as name, i.currency, i.open_amount,
    i.undisputed_amount as undisputed, i.due_on
"""
WITH_NAME = """
    left join debtors d on d.tenant_id = i.tenant_id and d.number = i.debtor
"""


@dataclass(frozen=True, slots=True)
class Named:
    """An invoice or a debtor that a key names."""

    plain: str
    kind: str
    invoice: str
    debtor: str


def named(tenant: str, keys: Sequence[str]) -> Query[Named]:
    """Find what these keys name, in normal form."""
    return Query(
        "select plain, kind, invoice, debtor from names where tenant_id = %(tenant)s"
        " and plain = any(%(keys)s) and kind = any(%(kinds)s)"
        " order by plain, kind, invoice, debtor limit %(most)s",
        {"tenant": tenant, "keys": list(keys), "kinds": [*KINDS], "most": MOST_NAMED},
        Named,
    )


def of_numbers(tenant: str, numbers: Sequence[str]) -> Query[Claim]:
    """Find these invoices, also those that are settled."""
    return Query(
        f"select {COLUMNS} from invoices i {WITH_NAME}"
        " where i.tenant_id = %(tenant)s and i.number = any(%(numbers)s) order by i.number",
        {"tenant": tenant, "numbers": list(numbers)},
        Claim,
    )


def of_debtors(tenant: str, debtors: Sequence[str]) -> Query[Claim]:
    """Find the open invoices of these debtors."""
    return Query(
        f"""
            select own.* from unnest(%(debtors)s::text[]) as wanted (debtor), lateral (
                select {COLUMNS} from invoices i {WITH_NAME}
                where i.tenant_id = %(tenant)s and i.debtor = wanted.debtor and i.open_amount > 0
                order by i.due_on, i.number limit {OF_DEBTOR:d}
            ) own
            """,
        {"tenant": tenant, "debtors": list(debtors)},
        Claim,
    )


def of_amounts(tenant: str, currency: str, amounts: Sequence[Decimal]) -> Query[Claim]:
    """Find open invoices of exactly these amounts, the oldest due first."""
    return Query(
        f"""
            select same.* from unnest(%(amounts)s::numeric[]) as wanted (amount), lateral (
                select {COLUMNS} from invoices i {WITH_NAME}
                where i.tenant_id = %(tenant)s and i.currency = %(currency)s
                      and i.open_amount = wanted.amount and i.open_amount > 0
                order by i.due_on, i.number limit {OF_AMOUNT:d}
            ) same
            """,
        {"tenant": tenant, "currency": currency, "amounts": list(amounts)},
        Claim,
    )
