"""When a resolver or an approver is late, and when a dispute is escalated."""

from datetime import date

from ledger.facts.codes import Answer
from ledger.facts.invoice.dispute import Dispute
from ledger.facts.invoice.state import Invoice
from ledger.facts.playbook_rules import Rules
from ledger.policy import business_days


def answer_overdue(invoice: Invoice, one: Dispute, on: date) -> bool:
    """It was to be followed up by now. Who said that it is not solved yet gave a new date."""
    waits = one.answer in (None, Answer.NOT_SOLVED)
    asked = invoice.has_amount_in_dispute(one) and bool(one.resolver) and waits
    return asked and one.follow_up_on is not None and one.follow_up_on <= on


def escalation_reason(invoice: Invoice, one: Dispute, rules: Rules, on: date) -> str:
    """Why somebody higher must know; empty when nobody must, or knows already."""
    handling = rules.handling(one.reason)
    if not invoice.has_amount_in_dispute(one) or not handling.escalate_to or one.escalated_to:
        return ""
    if one.reminders >= handling.escalate_after and answer_overdue(invoice, one, on):
        return f"{one.resolver} was reminded {one.reminders} times and did not answer"
    since = one.open_since or on
    if on > business_days.add(since, handling.resolve_within, rules.calendar):
        return f"open since {since}, longer than {handling.resolve_within} working days"
    return ""


def decision_overdue(invoice: Invoice, one: Dispute, on: date) -> bool:
    """Its approver was to decide by now."""
    waits = invoice.has_amount_in_dispute(one) and one.credit_requested is not None
    return waits and one.credit_by is not None and one.credit_by <= on


def next_reminder_on(one: Dispute, rules: Rules, on: date) -> date:
    """When who was reminded is reminded again."""
    return business_days.add(on, max(rules.handling(one.reason).remind_every, 1), rules.calendar)
