"""How a dispute ends: resolved or voided, credited afterwards, or open again."""

from datetime import date
from decimal import Decimal
from typing import assert_never
from uuid import UUID

from msgspec.structs import replace as but

from ledger.facts.codes import ZERO, Channel, Outcome, RootCause
from ledger.facts.entry import Event, Personal
from ledger.facts.invoice.parts import WHOLE
from ledger.facts.invoice.replies import outcome_heard, reopened
from ledger.facts.invoice.state import Dispute, Invoice, case_on, with_case


class DisputeResolved(Event, topic="dispute-resolved.v1"):
    """A dispute was decided. The three amounts add up to what was still disputed."""

    case_id: UUID
    outcome: Outcome
    root_cause: RootCause | None
    credited: Decimal
    paid: Decimal
    rejected: Decimal
    explanation: Personal[str]


class OutcomeNotified(Event, topic="outcome-notified.v1"):
    """The debtor was notified of the outcome."""

    case_id: UUID | None
    channel: Channel | None = None


class DisputeReopened(Event, topic="dispute-reopened.v1"):
    case_id: UUID
    why: str
    disputed: Decimal  # again, from now on


class DisputeVoided(Event, topic="dispute-voided.v1"):
    """A dispute was voided: it was recorded by mistake and counts in no report."""

    case_id: UUID
    why: str
    rejected: Decimal


EndingEvent = DisputeResolved | OutcomeNotified | DisputeReopened | DisputeVoided


def evolve_ending(invoice: Invoice, event: EndingEvent) -> Invoice:
    if event.case_id is None:
        return invoice
    dispute = case_on(invoice, event.case_id)
    match event:
        case DisputeResolved() as e:
            return with_case(invoice, _resolved(dispute, e))
        case OutcomeNotified() as e:
            notified = with_case(invoice, but(dispute, settled_on=dispute.settled_on or e.on))
            return outcome_heard(notified, e.on)
        case DisputeReopened() as e:
            return with_case(reopened(invoice, e.case_id), _reopened(dispute, e))
        case DisputeVoided() as e:
            return with_case(invoice, _voided(dispute, e))
        case _:
            assert_never(event)


def _resolved(dispute: Dispute, e: DisputeResolved) -> Dispute:
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


def _reopened(dispute: Dispute, e: DisputeReopened) -> Dispute:
    """Return the case open again: what was rejected is disputed again, then what was decided and
    not done; the rest is new. Reminders and escalation start again."""
    again = min(dispute.rejected, e.disputed)
    uncredited = min(dispute.to_credit, e.disputed - again)
    unpaid = min(dispute.to_pay, e.disputed - again - uncredited)
    if e.disputed != dispute.original:  # the lines of the opening are not what is disputed now
        dispute = but(dispute, contested_parts=WHOLE)
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
        settled_by="",
        resumed_on=None,
        resolved_on=None,
        reopened=dispute.reopened + 1,
        open_since=e.on,
        reminders=0,
        escalated_to="",
        edited_by_user=True,
    )


def sole_case_awaiting_credit(invoice: Invoice) -> UUID | None:
    """Return the only case with a pending credit note; None when there are several."""
    due = [case for case, dispute in invoice.disputes.items() if dispute.to_credit]
    return due[0] if len(due) == 1 else None


def credited(dispute: Dispute, amount: Decimal, on: date) -> Dispute:
    """Take a credit note, or a corrected invoice, off what was approved and decided."""
    approved = dispute.credit_approved
    return but(
        dispute,
        settled_on=on,
        settled_by="",
        to_credit=max(dispute.to_credit - amount, ZERO),
        credit_approved=None if approved is None else max(approved - amount, ZERO),
    )


def _voided(dispute: Dispute, e: DisputeVoided) -> Dispute:
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
