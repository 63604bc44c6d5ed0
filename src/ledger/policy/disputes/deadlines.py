"""Deadlines of resolvers and approvers, and when a dispute is escalated."""

from datetime import date

from ledger.facts.codes import Answer
from ledger.facts.invoice.state import Dispute, Invoice
from ledger.facts.playbook_rules import Rules
from ledger.policy import business_days
from ledger.policy.disputes.case_part import has_amount_in_dispute


def keeps_day(dispute: Dispute, resolver: str, on: date) -> bool:
    """Return whether the day of the follow-up stays when ``resolver`` is asked on the day ``on``.

    It does for the same person, and for another one as long as it is ahead.
    """
    ahead = dispute.follow_up_on is not None and dispute.follow_up_on > on
    return bool(dispute.resolver) and (dispute.resolver == resolver or ahead)


def answer_overdue(invoice: Invoice, dispute: Dispute, on: date) -> bool:
    """Return whether the resolver is late. The answer "not solved" comes with a new date."""
    waits = dispute.answer in (None, Answer.NOT_SOLVED)
    asked = has_amount_in_dispute(invoice, dispute) and bool(dispute.resolver) and waits
    return asked and dispute.follow_up_on is not None and dispute.follow_up_on <= on


def escalation_reason(invoice: Invoice, dispute: Dispute, rules: Rules, on: date) -> str:
    """Return why the dispute is to be escalated; empty when it is not, or was already."""
    handling = rules.handling(dispute.reason)
    if (
        not has_amount_in_dispute(invoice, dispute)
        or not handling.escalate_to
        or dispute.escalated_to
    ):
        return ""
    if dispute.reminders >= handling.escalate_after and answer_overdue(invoice, dispute, on):
        return f"{dispute.resolver} was reminded {dispute.reminders} times and did not answer"
    since = dispute.open_since or on
    if on > business_days.add(since, handling.resolve_within, rules.calendar):
        return f"open since {since}, longer than {handling.resolve_within} working days"
    return ""


def decision_overdue(invoice: Invoice, dispute: Dispute, on: date) -> bool:
    """Return whether the approver is late."""
    waits = has_amount_in_dispute(invoice, dispute) and dispute.credit_requested is not None
    return waits and dispute.credit_by is not None and dispute.credit_by <= on


def next_reminder_on(dispute: Dispute, rules: Rules, on: date) -> date:
    """Return the day of the next reminder after a reminder on the day ``on``."""
    return business_days.add(
        on, max(rules.handling(dispute.reason).remind_every, 1), rules.calendar
    )
