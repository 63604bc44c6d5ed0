"""Invoices: status, open and disputed amounts, holds, promises and the next action."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from ledger.database.query import Query
from ledger.engine.fold import Fold
from ledger.engine.table import Key
from ledger.facts.books import INVOICE
from ledger.facts.invoice.parts import Hold
from ledger.facts.invoice.state import Invoice
from ledger.policy.status import status
from ledger.policy.tasks.invoice import tasks_for
from ledger.policy.visibility import Scope
from projections.common_word import listed_by_word
from projections.matching import Match, invoices_match, match_parameters
from projections.scope import invoices_seen, scope_parameters, units_seen


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """An invoice; the three ``due`` lists hold what is still open of each instalment."""

    invoice_id: Key[UUID]
    number: str
    debtor: str
    business_unit: str
    collector: str
    collector_by_rule: bool  # of the playbook; else a person or the ERP named them
    purchase_order: str | None
    currency: str
    issued_on: date
    due_on: date
    status: str
    amount: Decimal
    charges: Decimal
    paid: Decimal
    credited: Decimal
    written_off: Decimal
    open_amount: Decimal
    disputed_amount: Decimal
    undisputed_amount: Decimal
    due_dates: list[date]
    due_amounts: list[Decimal]
    due_disputed: list[Decimal]
    reasons: list[str]  # of the open disputes
    resolvers: list[str]
    disputes: int  # ever opened
    held_until: date | None  # the last end of its holds
    hold_ends_on: date | None  # the earliest end of a hold
    hold_reason: str
    agency: str
    next_action: str
    next_action_on: date | None
    reminders: int
    promise_due_on: date | None  # of the open promise, with its grace days
    promises_kept: int
    promises_broken: int
    settled_on: date | None
    last_contact_on: date | None


def show(invoice: Invoice) -> Iterator[InvoiceRow]:
    if not invoice.number:
        return
    coming = min(tasks_for(invoice), key=lambda task: task.on, default=None)
    dues = invoice.open_instalments if not invoice.cancelled else []
    verdicts = [promise.status for promise in invoice.promises.values()]
    yield InvoiceRow(
        invoice_id=invoice.id,
        number=invoice.number,
        debtor=invoice.debtor,
        business_unit=invoice.business_unit,
        collector=invoice.collector,
        collector_by_rule=invoice.collector_by_rule,
        purchase_order=invoice.purchase_order,
        currency=invoice.currency,
        issued_on=invoice.issued_on,
        due_on=invoice.due_on,
        status=status(invoice),
        amount=invoice.amount,
        charges=invoice.charges,
        paid=invoice.received,
        credited=invoice.credited,
        written_off=invoice.written_off,
        open_amount=invoice.open_amount,
        disputed_amount=invoice.disputed_amount,
        undisputed_amount=invoice.undisputed_amount,
        due_dates=[due.due_on for due in dues],
        due_amounts=[due.amount for due in dues],
        due_disputed=_disputed_first(invoice.disputed_amount, [due.amount for due in dues]),
        reasons=sorted({case.reason.value for case in invoice.open_disputes}),
        resolvers=sorted({case.resolver for case in invoice.open_disputes if case.resolver}),
        disputes=sum(case.opened and case.status != "voided" for case in invoice.disputes.values()),
        held_until=max((hold.until or date.max for hold in invoice.lasting_holds), default=None),
        hold_ends_on=min(
            (hold.until for hold in invoice.lasting_holds if hold.until), default=None
        ),
        hold_reason="; ".join(_reason(hold) for hold in invoice.lasting_holds),
        agency=invoice.agency,
        next_action=coming.action if coming else "",
        next_action_on=coming.on if coming else None,
        reminders=invoice.reminders,
        promise_due_on=_promise_due_on(invoice),
        promises_kept=verdicts.count("kept"),
        promises_broken=verdicts.count("broken") + verdicts.count("partially kept"),
        settled_on=invoice.settled_on,
        last_contact_on=invoice.last_contact_on,
    )


def _reason(hold: Hold) -> str:
    part = "" if hold.amount is None else f"{hold.amount} of it: "
    return part + hold.reason + (f" (ticket {hold.ticket})" if hold.ticket else "")


def _promise_due_on(invoice: Invoice) -> date | None:
    promise = invoice.open_promise
    return promise.promised_for + timedelta(days=promise.grace_days) if promise else None


def _disputed_first(disputed: Decimal, dues: list[Decimal]) -> list[Decimal]:
    """Distribute the disputed amount over the oldest instalments, for the ageing report."""
    parts = list[Decimal]()
    for due in dues:
        parts.append(min(disputed, due))
        disputed -= parts[-1]
    return parts


INVOICES = Fold(
    "invoices",
    InvoiceRow,
    (INVOICE,),
    show,
    indexes=(
        ("number",),
        ("debtor", "number"),
        ("debtor", "amount"),
        ("open_amount",),
        ("status", "number"),
        ("collector", "number"),
        ("business_unit", "number"),
        ("agency", "number"),
    ),
)
_OPEN_CASE = (
    "invoice_id in (select book_id from disputes"
    " where tenant_id = %(tenant)s and status = 'open' and {} = %({})s)"
)
AFTER = " and number > %(after)s"
FILTERS = ("debtor", "collector", "business_unit", "status", "currency")
OF_CASES = {name: _OPEN_CASE.format(name, name) for name in ("reason", "resolver")}


def find(
    tenant: str,
    filters: Mapping[str, str | None] | None = None,
    overdue_on: date | None = None,
    after: str = "",
    limit: int = 50,
    prefix: str = "",
    only_open: bool = False,
    match: Match | None = None,
    *,
    scope: Scope,
) -> Query[InvoiceRow]:
    """Find invoices by number, a page at a time; ``after`` is the last number of the page before.

    ``overdue_on`` keeps those due before that day. Reason and resolver are of open disputes.
    Raises ``ValueError`` for a filter that is none of ``FILTERS`` and ``OF_CASES``.
    """
    chosen = {name: value for name, value in (filters or {}).items() if value is not None}
    if unknown := set(chosen) - {*FILTERS, *OF_CASES}:
        raise ValueError(f"no such filter: {', '.join(sorted(unknown))}")
    where = "".join(f" and {OF_CASES.get(name, f'{name} = %({name})s')}" for name in chosen)
    where += invoices_seen(scope)
    if overdue_on:
        where += " and open_amount > 0 and due_on < %(overdue_on)s"
    if only_open:
        where += " and open_amount <> 0"
    if prefix:
        where += " and starts_with(number, %(prefix)s)"
    where += AFTER
    parameters: dict[str, Any] = {"tenant": tenant, "after": after, "limit": limit, **chosen}
    parameters |= match_parameters(match)
    once, matching = "", invoices_match(match, "invoices", "invoice_id")
    if match and match.has_common_number:
        only_units = where == units_seen(scope) + AFTER
        numbers = units_seen(scope, "words.") + AFTER if only_units else None
        once, matching = listed_by_word(match, "invoices", "number", "invoice_id", where, numbers)
    return Query(
        f"{once}select {INVOICES.table.columns} from invoices"
        f" where tenant_id = %(tenant)s{where}{matching}"
        " order by number limit %(limit)s",
        parameters | {"overdue_on": overdue_on, "prefix": prefix, **scope_parameters(scope)},
        InvoiceRow,
        depends_on_values=match is not None,
    )


def get(tenant: str, number: str) -> Query[InvoiceRow]:
    return Query(
        f"select {INVOICES.table.columns} from invoices where tenant_id = %s and number = %s",
        [tenant, number],
        InvoiceRow,
    )


def units_of_debtors(tenant: str, debtors: Collection[str]) -> Query[tuple[str, Collection[str]]]:
    """Find the business units in which each of the debtors has invoices."""
    return Query(
        "select debtor, array_agg(distinct business_unit) as units from invoices"
        " where tenant_id = %s and debtor = any(%s) group by debtor",
        [tenant, list(debtors)],
        lambda debtor, units: (debtor, units),
    )


def promises_due(tenant: str, on: date, after: str = "", limit: int = 500) -> Query[InvoiceRow]:
    """Find invoices with a promise whose grace days ended before a day, by number."""
    return Query(
        f"select {INVOICES.table.columns} from invoices"
        " where tenant_id = %s and promise_due_on < %s and number > %s"
        " order by number limit %s",
        [tenant, on, after, limit],
        InvoiceRow,
    )


def holds_over(tenant: str, on: date, after: str = "", limit: int = 500) -> Query[str]:
    """Find invoices with a hold that ends on or before a day, by number."""
    return Query(
        "select number from invoices"
        " where tenant_id = %s and hold_ends_on <= %s and number > %s order by number limit %s",
        [tenant, on, after, limit],
        lambda number: str(number),
    )


@dataclass(frozen=True, slots=True)
class FollowUpCandidate:
    """An invoice that may have to be followed up."""

    debtor: str
    number: str
    invoice_id: UUID


def follow_up_candidates(
    tenant: str, on: date, until: date, after: tuple[str, str] = ("", ""), limit: int = 500
) -> Query[FollowUpCandidate]:
    """Find open invoices that are due by ``until`` or have an action due on a day, by debtor.

    Left out are invoices without a debtor and those at an agency."""
    return Query(
        "select debtor, number, invoice_id from invoices"
        " where tenant_id = %s and open_amount > 0 and (due_on <= %s or next_action_on <= %s)"
        " and agency = '' and debtor <> '' and (debtor, number) > (%s, %s)"
        " order by debtor, number limit %s",
        [tenant, until, on, *after, limit],
        FollowUpCandidate,
    )


def of_debtors(
    tenant: str, after: tuple[str, str] = ("", ""), limit: int = 500
) -> Query[FollowUpCandidate]:
    """Find every invoice that names a debtor, paid or not, by debtor."""
    return Query(
        "select debtor, number, invoice_id from invoices"
        " where tenant_id = %s and debtor <> '' and (debtor, number) > (%s, %s)"
        " order by debtor, number limit %s",
        [tenant, *after, limit],
        FollowUpCandidate,
    )
