"""Debtors: contact details, holds, unallocated money and balances."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from msgspec.structs import astuple

from ledger.database.query import Query
from ledger.engine.fold import Fold
from ledger.engine.table import Key
from ledger.facts.books import DEBTOR
from ledger.facts.debtor import Debtor
from ledger.policy.follow_up.replies import unanswered
from ledger.policy.visibility import Scope
from projections.matching import Match, debtors_match, match_parameters, numbers_of_debtors
from projections.scope import scope_parameters, units_seen


@dataclass(frozen=True, slots=True)
class DebtorRow:
    """A debtor; ``balances`` calculates the amounts from the invoices."""

    debtor_id: Key[UUID]
    number: str
    name: str
    email: str | None
    phone: str | None
    address: str | None
    language: str | None
    country: str | None
    vat_id: str | None
    segment: str | None
    persons: list[str]  # name, role and addresses of each
    collector: str | None
    collector_by_rule: bool  # of the playbook; else a person or the ERP named them
    held: bool  # until ``held_until``, or until it is released, or their message answered
    held_until: date | None
    hold_ends_on: date | None  # the earliest end of a hold
    hold_reason: str
    unallocated: list[Decimal]  # an amount for each of ``currencies``
    currencies: list[str]
    last_contact_on: date | None


def show(debtor: Debtor) -> Iterator[DebtorRow]:
    if not debtor.number:
        return
    ends = [hold.until for hold in debtor.holds.values()]
    rests = [*ends, *(reply.rests_until for reply in debtor.replies)]
    reasons = [hold.reason for hold in debtor.holds.values()]
    waiting = _unallocated(debtor)
    yield DebtorRow(
        debtor_id=debtor.id,
        number=debtor.number,
        name=debtor.name,
        email=debtor.email,
        phone=debtor.phone,
        address=debtor.address,
        language=debtor.language,
        country=debtor.country,
        vat_id=debtor.vat_id,
        segment=debtor.segment,
        persons=[", ".join(filter(None, astuple(person))) for person in debtor.persons],
        collector=debtor.collector,
        collector_by_rule=debtor.collector_by_rule,
        held=bool(rests),
        held_until=max((end for end in rests if end), default=None) if None not in rests else None,
        hold_ends_on=min((end for end in ends if end), default=None),
        hold_reason="; ".join(
            [*reasons, *([unanswered(debtor.replies)] if debtor.replies else [])]
        ),
        unallocated=list(waiting.values()),
        currencies=list(waiting),
        last_contact_on=debtor.last_contact_on,
    )


def _unallocated(debtor: Debtor) -> dict[str, Decimal]:
    """Return the money that is not allocated to invoices, by currency."""
    left: dict[str, Decimal] = {}
    for money in debtor.money.values():
        if money.left > 0:
            left[money.currency] = left.get(money.currency, Decimal(0)) + money.left
    return left


DEBTORS = Fold("debtors", DebtorRow, (DEBTOR,), show, indexes=(("number",),))


def get(tenant: str, number: str) -> Query[DebtorRow]:
    return Query(
        f"select {DEBTORS.table.columns} from debtors where tenant_id = %s and number = %s",
        [tenant, number],
        DebtorRow,
    )


def holds_over(tenant: str, on: date, after: str = "", limit: int = 500) -> Query[str]:
    """Find debtors with a hold that ends on or before a day, by number."""
    return Query(
        "select number from debtors"
        " where tenant_id = %s and hold_ends_on <= %s and number > %s order by number limit %s",
        [tenant, on, after, limit],
        lambda number: str(number),
    )


def numbers(tenant: str, after: str = "", limit: int = 5_000) -> Query[str]:
    """Find the numbers of all debtors, in their order."""
    return Query(
        "select number from debtors where tenant_id = %s and number > %s order by number limit %s",
        [tenant, after, limit],
        lambda number: str(number),
    )


def with_money(tenant: str, after: str = "", limit: int = 500) -> Query[str]:
    """Find debtors with money or credit notes that are not allocated, by number."""
    return Query(
        "select number from debtors where tenant_id = %s and cardinality(unallocated) > 0"
        " and number > %s order by number limit %s",
        [tenant, after, limit],
        lambda number: str(number),
    )


@dataclass(frozen=True, slots=True)
class Balance:
    """What a debtor owes in a currency on a day."""

    debtor: str
    name: str
    currency: str
    invoices: int  # with something open
    balance: Decimal
    overdue: Decimal
    disputed: Decimal
    disputes: int  # ever opened
    promises_kept: int
    promises_broken: int
    held: bool


def balances(
    tenant: str,
    on: date,
    debtor: str | None = None,
    after: str = "",
    limit: int = 50,
    match: Match | None = None,
    *,
    scope: Scope,
) -> Query[Balance]:
    """Find balances by debtor number; ``overdue`` sums the instalments due before ``on``."""
    seen = units_seen(scope, "i.")
    return Query(
        f"""
            with recursive {_owing(match, debtor)}, page as materialized (
                select owing.debtor from owing
                where (select 1 from invoices i where i.tenant_id = %(tenant)s
                       and i.debtor = owing.debtor{seen} limit 1) > 0
                {debtors_match(match, "owing.debtor")} limit %(limit)s
            )
            select i.debtor, coalesce(max(d.name), '') as name, i.currency,
                   count(*) filter (where i.open_amount > 0) as invoices,
                   sum(i.open_amount) as balance,
                   sum((select coalesce(sum(part.amount), 0)
                        from unnest(i.due_dates, i.due_amounts) as part (due_on, amount)
                        where part.due_on < %(on)s)) as overdue,
                   sum(i.disputed_amount) as disputed,
                   sum(i.disputes)::bigint as disputes,
                   sum(i.promises_kept)::bigint as promises_kept,
                   sum(i.promises_broken)::bigint as promises_broken,
                   coalesce(bool_or(d.held and (d.held_until is null or d.held_until > %(on)s)),
                            false) as held
            from page
            join invoices i on i.tenant_id = %(tenant)s and i.debtor = page.debtor{seen}
            left join debtors d on d.tenant_id = %(tenant)s and d.number = page.debtor
            group by i.debtor, i.currency order by i.debtor, i.currency
            """,
        {"tenant": tenant, "on": on, "named": [debtor], "after": after, "limit": limit}
        | dict(scope_parameters(scope))
        | dict(match_parameters(match)),
        Balance,
        depends_on_values=match is not None,
    )


def _owing(match: Match | None, debtor: str | None) -> str:
    """Return a common table expression of debtors by number, from which a page is filled.

    Without names to begin with, the next is looked up from the one before: each debtor of the page
    is read once, not each invoice.
    """
    if named := "%(named)s::text[]" if debtor is not None else match and numbers_of_debtors(match):
        return (
            "owing as (select distinct named.debtor from"
            f" unnest({named}) named (debtor) where named.debtor > %(after)s order by 1)"
        )
    first = "select min(debtor) as debtor from invoices where tenant_id = %(tenant)s"
    return (
        f"owing as ({first} and debtor > %(after)s union all"
        f" select ({first} and debtor > owing.debtor) from owing where owing.debtor is not null)"
    )
