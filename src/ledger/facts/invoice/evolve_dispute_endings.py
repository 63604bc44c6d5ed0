"""How a dispute ends: resolved or voided, credited afterwards, or open again."""

from datetime import date
from decimal import Decimal

from msgspec.structs import replace as but

from ledger.facts.codes import ZERO
from ledger.facts.invoice.dispute import Dispute
from ledger.facts.invoice.dispute_events import DisputeReopened, DisputeResolved, DisputeVoided


def resolved(dispute: Dispute, e: DisputeResolved) -> Dispute:
    settled = dispute.settled_on and max(dispute.settled_on, e.on)
    left = dispute.disputed - e.credited - e.paid - e.rejected
    untold = max(-left, ZERO)  # of a case whose opening we have not heard of
    return but(
        dispute,
        status="resolved",
        outcome=e.outcome,
        root_cause=e.root_cause,
        original=dispute.original + untold,
        disputed=left + untold,
        credited=dispute.credited + e.credited,
        paid=dispute.paid + e.paid,
        rejected=dispute.rejected + e.rejected,
        to_credit=e.credited,
        to_pay=e.paid,
        credit_requested=None,
        credit_asked_of="",
        answered_on=dispute.answered_on or (e.on if dispute.assigned_on else None),
        resolved_on=e.on,
        settled_on=settled,
        worked_days=dispute.worked_days + _span(dispute, e.on),
        open_since=None,
    )


def reopened(dispute: Dispute, e: DisputeReopened) -> Dispute:
    """Return the case open again: what was rejected is disputed again, then what was decided and
    not done; the rest is new. Reminders and escalation start again."""
    again = min(dispute.rejected, e.disputed)
    uncredited = min(dispute.to_credit, e.disputed - again)
    unpaid = min(dispute.to_pay, e.disputed - again - uncredited)
    return but(
        dispute,
        status="open",
        outcome=None,
        root_cause=None,
        contested=e.disputed,
        original=dispute.original + e.disputed - again - uncredited - unpaid,
        disputed=dispute.disputed + e.disputed,
        rejected=dispute.rejected - again,
        credited=dispute.credited - uncredited,
        paid=dispute.paid - unpaid,
        to_credit=ZERO,
        to_pay=ZERO,
        credit_refused="",
        credit_approved=None,
        answer=None,
        settled_on=None,
        resumed_on=None,
        resolved_on=None,
        reopened=dispute.reopened + 1,
        open_since=e.on,
        reminders=0,
        escalated_to="",
    )


def credited(dispute: Dispute, amount: Decimal, on: date) -> Dispute:
    """Take a credit note, or a corrected invoice, off what was approved and decided."""
    approved = dispute.credit_approved
    return but(
        dispute,
        settled_on=on,
        to_credit=max(dispute.to_credit - amount, ZERO),
        credit_approved=None if approved is None else max(approved - amount, ZERO),
    )


def voided(dispute: Dispute, e: DisputeVoided) -> Dispute:
    return but(
        dispute,
        status="voided",
        disputed=dispute.disputed - e.rejected,
        rejected=dispute.rejected + e.rejected,
        worked_days=dispute.worked_days + _span(dispute, e.on),
        open_since=None,
    )


def _span(dispute: Dispute, until: date) -> int:
    return (until - dispute.open_since).days if dispute.open_since else 0
