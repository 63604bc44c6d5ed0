"""Reasons to withdraw a message that waits to be sent."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from ledger.facts.codes import Channel, Purpose
from ledger.facts.debtor import Debtor
from ledger.facts.invoice.state import Dispute, Invoice
from ledger.facts.outbound import MessageAsked
from ledger.facts.playbook_rules import Rules
from ledger.policy.disputes.case_part import has_amount_in_dispute
from ledger.policy.follow_up.amounts import amount_to_ask
from ledger.policy.follow_up.contact_days import why_quiet
from ledger.policy.follow_up.pauses import debtor_pause, pause_reason
from ledger.policy.reachability import can_reach

CHASES = (Purpose.INVOICE_COPY, Purpose.REMINDER)
TO_RESOLVER = (Purpose.REQUEST, Purpose.RESOLVER_REMINDER)
OF_OPEN_CASE = (
    *TO_RESOLVER,
    Purpose.COPY,
    Purpose.ESCALATION,
    Purpose.APPROVAL_REQUEST,
    Purpose.CREDIT_REFUSAL,
)


def withdrawal_reason(
    asked: MessageAsked, debtor: Debtor, invoices: Sequence[Invoice], rules: Rules, on: date
) -> str:
    """Return why a requested message is withdrawn; empty when it is to be sent.

    A reminder must be right for each of its invoices; a mail is not sent on a quiet day, a letter
    only to the debtor's present address. A dispute must still be open, also for its receipt, and
    assigned to the resolver, and a credit must still wait for the approver. An outcome must still
    hold.
    """
    if asked.purpose in CHASES:
        return _reminder_outdated(asked, debtor, invoices, rules, on)
    if asked.purpose in TO_RESOLVER and (why := no_longer_assignee(asked, invoices)):
        return why
    if asked.purpose is Purpose.RECEIPT and asked.case_id:
        return _case_over(asked, invoices)
    if asked.purpose in OF_OPEN_CASE and asked.case_id:
        return _case_settled(asked, invoices)
    if asked.purpose is Purpose.OUTCOME:
        return _open_again(asked, invoices)
    return ""


def _reminder_outdated(
    asked: MessageAsked, debtor: Debtor, invoices: Sequence[Invoice], rules: Rules, on: date
) -> str:
    if asked.channel is Channel.EMAIL and (why := why_quiet(rules, on)):
        return f"Follow-up pauses: {why}."
    if pause := debtor_pause(debtor, on):
        return f"Follow-up pauses: {pause.why}."
    if asked.channel is Channel.EMAIL and debtor.email and not can_reach(debtor, asked.channel):
        return "Mail to the address of the debtor is refused."
    address = (debtor.address or "").strip()
    if asked.channel is Channel.LETTER and address and asked.to != (address,):
        return "The address of the debtor has changed."
    stated = {about.invoice: about.open_amount for about in asked.about}
    found = (less_now_due(book, debtor, stated[book.number], rules, on) for book in invoices)
    return next(filter(None, found), "")


def _case_over(asked: MessageAsked, invoices: Sequence[Invoice]) -> str:
    if any(case.is_open for _, case in _parts(asked, invoices)):
        return ""
    return "The dispute is not open any more."


def _open_again(asked: MessageAsked, invoices: Sequence[Invoice]) -> str:
    if any(case.is_open for _, case in _parts(asked, invoices)):
        return "The dispute is open again."
    return ""


def _case_settled(asked: MessageAsked, invoices: Sequence[Invoice]) -> str:
    if why := _case_over(asked, invoices):
        return why
    parts = _parts(asked, invoices)
    left = [case for invoice, case in parts if has_amount_in_dispute(invoice, case)]
    if not left:
        return "Nothing is left to dispute."
    waits = any(case.credit_asked_of in asked.to for case in left)
    if asked.purpose is Purpose.APPROVAL_REQUEST and not waits:
        return "The credit is decided, or another approver is asked."
    return ""


def no_longer_assignee(asked: MessageAsked, invoices: Sequence[Invoice]) -> str:
    """Return why the resolver is not asked any more: they answered, or are not assigned now."""
    parts = [
        case for invoice, case in _parts(asked, invoices) if has_amount_in_dispute(invoice, case)
    ]
    own = [case for case in parts if case.resolver in ("", *asked.to)]
    if parts and not own:
        return "Another resolver is asked now."
    if own and asked.purpose is Purpose.RESOLVER_REMINDER and all(case.answer for case in own):
        return "The resolver has answered."
    return ""


def _parts(asked: MessageAsked, invoices: Sequence[Invoice]) -> list[tuple[Invoice, Dispute]]:
    case = asked.case_id
    return [(of, of.disputes[case]) for of in invoices if case and case in of.disputes]


def less_now_due(invoice: Invoice, debtor: Debtor, stated: Decimal, rules: Rules, on: date) -> str:
    """Return why less is due than the message states; empty when it is not."""
    if pause := pause_reason(invoice, debtor, rules, on):
        return f"Follow-up of invoice {invoice.number} pauses: {pause.why}."
    left = amount_to_ask(invoice, on)
    if left < stated:
        return f"Of invoice {invoice.number} only {left} is to be collected, not {stated}."
    return ""
