"""Disputes: a row for each invoice of a case, with amounts, people and dates.

All dates are business dates, so daylight saving and a later import of old cases change no report.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from ledger.engine.fold import Fold
from ledger.engine.table import Key
from ledger.facts.books import INVOICE
from ledger.facts.invoice.state import Invoice


class Status(StrEnum):
    OPEN = "open"
    RESOLVED = "resolved"
    VOIDED = "voided"
    NOT_OPENED = "not opened"  # only an assignment or result was recorded


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """An invoice's part of a case."""

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
    rests_whole: bool  # follow-up of the whole invoice pauses; else of the disputed amount
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
    listed_on: date  # first recorded; the report is in this order
    raised_on: date | None
    opened_on: date | None
    assigned_on: date | None
    answered_on: date | None
    resolved_on: date | None
    settled_on: date | None
    resumed_on: date | None
    paid_on: date | None  # the open amount became zero, at least in part by a payment
    open_since: date | None
    worked_days: int  # of the closed spans; ``open_since`` begins the current span
    reopened: int


def show(invoice: Invoice) -> Iterator[DisputeRow]:
    for dispute in invoice.disputes.values():
        counts = dispute.opened or dispute.status == "voided"
        first = dispute.opened_on or dispute.assigned_on or dispute.resolved_on
        yield DisputeRow(
            book_id=invoice.id,
            case_id=dispute.case_id,
            invoice=invoice.number,
            debtor=invoice.debtor,
            business_unit=invoice.business_unit,
            collector=invoice.collector,
            currency=invoice.currency,
            status=Status(dispute.status) if counts else Status.NOT_OPENED,
            reason=dispute.reason,
            comment=dispute.comment,
            rests_whole=dispute.rests_whole,
            resolver=dispute.resolver,
            follow_up_on=dispute.follow_up_on,
            reminders=dispute.reminders,
            escalated_to=dispute.escalated_to,
            outcome=dispute.outcome,
            root_cause=dispute.root_cause,
            original=dispute.original,
            disputed=invoice.disputed_amounts.get(dispute.case_id, dispute.disputed),
            paid=dispute.paid,
            credited=dispute.credited,
            rejected=dispute.rejected,
            written_off=dispute.written_off,
            listed_on=first or invoice.issued_on,
            raised_on=dispute.raised_on,
            opened_on=dispute.opened_on,
            assigned_on=dispute.assigned_on,
            answered_on=dispute.answered_on,
            resolved_on=dispute.resolved_on,
            settled_on=dispute.settled_on,
            resumed_on=dispute.resumed_on,
            paid_on=invoice.settled_on if invoice.received > 0 else None,
            open_since=dispute.open_since,
            worked_days=dispute.worked_days,
            reopened=dispute.reopened,
        )


DISPUTES = Fold(
    "disputes",
    DisputeRow,
    (INVOICE,),
    show,
    indexes=(
        ("listed_on", "case_id", "book_id"),
        ("case_id",),
        ("debtor", "case_id"),
        ("resolver", "status"),
        ("reason", "status"),
    ),
)
