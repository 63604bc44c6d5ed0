"""Approval of credits: by whom, up to which amount, and by when."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from ledger.facts.codes import ZERO
from ledger.facts.invoice.state import Dispute
from ledger.facts.playbook_rules import Approver, Rules
from ledger.policy import business_days
from ledger.policy.refusal import Refused


def approvers(rules: Rules | None, requester: str = "") -> Sequence[Approver]:
    """Return the approvers of what the requester asks for, from the lowest limit to the highest:
    the requester is none of them."""
    return [each for each in rules.approvers if each.approver != requester] if rules else ()


def within_limit(approver: Approver, dispute: Dispute, amount: Decimal) -> bool:
    """Return whether the amount and earlier credits of the case are within the approver's limit."""
    return approver.up_to is None or dispute.credited + amount <= approver.up_to


def decide_by(dispute: Dispute, rules: Rules | None, on: date) -> date | None:
    """Return the working day by which an approver asked on the day ``on`` must decide."""
    if rules is None:
        return None
    return business_days.add(on, rules.handling(dispute.reason).answer_within, rules.calendar)


def ensure_approved(dispute: Dispute, credit: Decimal, rules: Rules | None) -> None:
    """Raise ``Refused`` unless the credit is approved or the playbook has no approvers."""
    approved = dispute.credit_approved or ZERO
    if approvers(rules) and credit > approved:
        raise Refused("credit-not-approved", "credited", credit=credit, approved=approved)
