"""Disputes: one row for each invoice's part of a case, with amounts, people and clock points.

T0 raised, T1 opened, T2 assigned, T3 first answer, T4 resolved, T5 settled, T6 follow-up resumed,
T7 paid. All are business dates, so a day is a day across daylight saving, and a history imported
today reports as it happened.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from ledger.database.query import Query
from ledger.engine.fold import Fold
from ledger.engine.table import Key
from ledger.facts.books import INVOICE
from ledger.facts.invoice.state import Invoice
from ledger.policy.visibility import EVERYTHING, Scope
from projections.scope import disputes_seen, scope_parameters


class Status(StrEnum):
    """How a dispute stands."""

    OPEN = "open"
    RESOLVED = "resolved"
    VOIDED = "voided"
    NOT_OPENED = "not opened"  # only its result was ever told


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """One invoice's part of a case."""

    book_id: Key[UUID]
    case_id: Key[UUID]
    invoice: str
    debtor: str
    business_unit: str
    collector: str
    currency: str
    status: str
    reason: str
    comment: str
    resolver: str
    follow_up_on: date | None
    reminders: int
    escalated_to: str
    outcome: str | None
    root_cause: str | None
    original: Decimal
    disputed: Decimal
    paid: Decimal
    credited: Decimal
    rejected: Decimal
    written_off: Decimal
    listed_on: date  # when we first heard of it: the order of the report
    raised_on: date | None
    opened_on: date | None
    assigned_on: date | None
    answered_on: date | None
    resolved_on: date | None
    settled_on: date | None
    resumed_on: date | None
    paid_on: date | None  # when nothing was open any more, if any of it was money
    open_since: date | None
    worked_days: int  # of the spans that are over
    reopened: int


def show(invoice: Invoice) -> Iterator[DisputeRow]:
    for one in invoice.disputes.values():
        yield DisputeRow(
            book_id=invoice.id,
            case_id=one.case_id,
            invoice=invoice.number,
            debtor=invoice.debtor,
            business_unit=invoice.business_unit,
            collector=invoice.collector,
            currency=invoice.currency,
            status=Status(one.status) if one.opened else Status.NOT_OPENED,
            reason=one.reason,
            comment=one.comment,
            resolver=one.resolver,
            follow_up_on=one.follow_up_on,
            reminders=one.reminders,
            escalated_to=one.escalated_to,
            outcome=one.outcome,
            root_cause=one.root_cause,
            original=one.original,
            disputed=one.disputed,
            paid=one.paid,
            credited=one.credited,
            rejected=one.rejected,
            written_off=one.written_off,
            listed_on=one.opened_on or one.assigned_on or one.resolved_on or invoice.issued_on,
            raised_on=one.raised_on,
            opened_on=one.opened_on,
            assigned_on=one.assigned_on,
            answered_on=one.answered_on,
            resolved_on=one.resolved_on,
            settled_on=one.settled_on,
            resumed_on=one.resumed_on,
            paid_on=invoice.settled_on if invoice.received > 0 else None,
            open_since=one.open_since,
            worked_days=one.worked_days,
            reopened=one.reopened,
        )


DISPUTES = Fold(
    "disputes",
    DisputeRow,
    (INVOICE,),
    show,
    indexes=(
        ("listed_on", "case_id", "book_id"),
        ("case_id",),
        ("resolver", "status"),
        ("reason", "status"),
    ),
)
FILTERS = ("status", "reason", "resolver", "debtor", "business_unit", "collector", "invoice")


class Cursor(NamedTuple):
    """Where a page ended; the next begins behind it."""

    listed_on: date
    case_id: UUID
    book_id: UUID


def find(
    tenant: str,
    filters: Mapping[str, str | None] | None = None,
    after: Cursor | None = None,
    limit: int = 50,
    scope: Scope = EVERYTHING,
) -> Query[DisputeRow]:
    """The dispute report: oldest opening first, a page at a time.

    Raises ``ValueError`` for a filter that is none of ``FILTERS``.
    """
    chosen = {name: value for name, value in (filters or {}).items() if value is not None}
    if unknown := set(chosen) - set(FILTERS):
        raise ValueError(f"no such filter: {', '.join(sorted(unknown))}")
    where = "".join(f" and {name} = %({name})s" for name in chosen) + disputes_seen(scope)
    if after:
        where += " and (listed_on, case_id, book_id) > (%(listed_on)s, %(case_id)s, %(book_id)s)"
    parameters: dict[str, Any] = {
        "tenant": tenant,
        "limit": limit,
        **chosen,
        **scope_parameters(scope),
    }
    if after:
        parameters |= after._asdict()
    return Query(
        f"select {DISPUTES.table.columns} from disputes where tenant_id = %(tenant)s{where}"
        " order by listed_on, case_id, book_id limit %(limit)s",
        parameters,
        DisputeRow,
    )


def of_case(tenant: str, case_id: UUID, scope: Scope = EVERYTHING) -> Query[DisputeRow]:
    """All invoices of one case."""
    return Query(
        f"select {DISPUTES.table.columns} from disputes where tenant_id = %(tenant)s"
        f" and case_id = %(case)s{disputes_seen(scope)} order by invoice",
        {"tenant": tenant, "case": case_id, **scope_parameters(scope)},
        DisputeRow,
    )
