"""Who must approve a credit, up to which amount, and by when."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from ledger.facts.codes import ZERO
from ledger.facts.invoice.dispute import Dispute
from ledger.facts.playbook_rules import Approver, Rules
from ledger.policy import business_days
from ledger.policy.refusal import Refused


def approvers(rules: Rules | None) -> Sequence[Approver]:
    """From the lowest limit to the highest."""
    return rules.approvers if rules else ()


def within_limit(approver: Approver, one: Dispute, amount: Decimal) -> bool:
    """His own limit reaches, for this and for what was credited of the case before."""
    return approver.up_to is None or one.credited + amount <= approver.up_to


def decide_by(one: Dispute, rules: Rules | None, on: date) -> date | None:
    """The working day by which an approver who is asked on that day must have decided."""
    if rules is None:
        return None
    return business_days.add(on, rules.handling(one.reason).answer_within, rules.calendar)


def ensure_approved(one: Dispute, credit: Decimal, rules: Rules | None) -> None:
    """Who decides a dispute gives no credit that nobody approved. Raises ``Refused``."""
    approved = one.credit_approved or ZERO
    if approvers(rules) and credit > approved:
        raise Refused("credit-not-approved", "credited", credit=credit, approved=approved)
