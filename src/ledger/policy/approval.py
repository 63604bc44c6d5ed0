"""What the creditor gives away, and whether the person who does so may decide it.

The playbook lists approvers with their limits. Without them everybody may decide everything. With
them, whatever lowers a claim is covered by an approved credit of its dispute, or recorded by an
approver within their limit. A limit holds for all that was given away on the invoice, so that it
cannot be exceeded in pieces. What a source reports is never refused: it is flagged, and an
approver must look at it.
"""

from decimal import Decimal
from typing import Any

from ledger.facts.codes import ZERO
from ledger.facts.invoice.dispute_endings import DisputeResolved, sole_case_awaiting_credit
from ledger.facts.invoice.payments import (
    ClosedPerErp,
    CreditNoteIssued,
    InterestWaived,
    LateFeeWaived,
    SettledPerErp,
    WrittenOff,
)
from ledger.facts.invoice.registration import InvoiceCancelled, InvoiceCorrected
from ledger.facts.invoice.state import Invoice
from ledger.facts.playbook_rules import Rules

BY_PEOPLE = (
    CreditNoteIssued,
    WrittenOff,
    LateFeeWaived,
    InterestWaived,
    InvoiceCorrected,
    InvoiceCancelled,
)
OF_THE_ERP = (SettledPerErp, ClosedPerErp)  # in its own list, these are payments
GIVES_AWAY = (*BY_PEOPLE, *OF_THE_ERP, DisputeResolved)


def given_away(before: Invoice, event: Any, after: Invoice, reported: bool) -> Decimal:
    """Return how much less the debtor owes by the event, other than by paying."""
    if isinstance(event, BY_PEOPLE) or (isinstance(event, OF_THE_ERP) and not reported):
        return max(before.open_amount - after.open_amount, ZERO)
    if isinstance(event, DisputeResolved) and reported:
        return event.credited
    return ZERO


def approved_before(invoice: Invoice, event: Any) -> Decimal:
    """Return what was approved for it, on the invoice as it was before the command."""
    match event:
        case CreditNoteIssued(case_id=case_id) | DisputeResolved(case_id=case_id):
            pass
        case InvoiceCorrected():
            case_id = sole_case_awaiting_credit(invoice)
        case InvoiceCancelled():
            return sum((dispute.to_credit for dispute in invoice.disputes.values()), ZERO)
        case _:
            return ZERO
    dispute = case_id and invoice.disputes.get(case_id)
    return max(dispute.to_credit, dispute.credit_approved or ZERO) if dispute else ZERO


def limit_left(invoice: Invoice, who: str, rules: Rules | None) -> Decimal | None:
    """Return what ``who`` may still give away on the invoice; None for any amount."""
    if rules is None or not rules.approvers:
        return None
    limits = [approver.up_to for approver in rules.approvers if approver.approver == who]
    before = invoice.credited + invoice.written_off
    most = limits[0] if limits else ZERO
    return None if most is None else max(most - before, ZERO)
