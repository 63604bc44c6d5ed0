"""Why a message that waits is not sent any more."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from ledger.facts.codes import Channel, Purpose
from ledger.facts.debtor import Debtor
from ledger.facts.invoice.dispute import Dispute
from ledger.facts.invoice.state import Invoice
from ledger.facts.outbound import MessageAsked
from ledger.facts.playbook_rules import Rules
from ledger.policy.follow_up.amounts import amount_to_ask
from ledger.policy.follow_up.contact_days import why_quiet
from ledger.policy.follow_up.pauses import debtor_pause, pause_reason

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
    """Why a message that was asked for is not to be sent any more; empty when it is.

    What chases must be true of every invoice in it; a mail goes on no quiet day, a letter to where
    the debtor is. A question to a resolver must still be open, and his to answer; a credit must
    still wait for its approver.
    """
    if asked.purpose in TO_RESOLVER and (why := no_longer_assignee(asked, invoices)):
        return why
    if asked.purpose in CHASES:
        if asked.channel is Channel.EMAIL and (why := why_quiet(rules, on)):
            return f"Nobody is followed up: {why}."
        if rest := debtor_pause(debtor, on):
            return f"Follow-up rests: {rest.why}."
        address = (debtor.address or "").strip()
        if asked.channel is Channel.LETTER and address and asked.to != (address,):
            return "The address of the debtor is another one now."
        told = {about.invoice: about.open_amount for about in asked.about}
        found = (less_now_due(one, debtor, told[one.number], rules, on) for one in invoices)
        return next(filter(None, found), "")
    if asked.purpose in OF_OPEN_CASE and asked.case_id:
        parts = _parts(asked, invoices)
        if not any(case.is_open for _, case in parts):
            return "The dispute is not open any more."
        left = [case for invoice, case in parts if invoice.has_amount_in_dispute(case)]
        if not left:
            return "Nothing is left to dispute."
        if asked.purpose is Purpose.APPROVAL_REQUEST and not any(
            case.credit_asked_of in asked.to for case in left
        ):
            return "The credit is decided, or asked of somebody else."
    return ""


def no_longer_assignee(asked: MessageAsked, invoices: Sequence[Invoice]) -> str:
    """Of the parts of a case that ask: that the resolver answered, or is asked no more."""
    parts = [one for invoice, one in _parts(asked, invoices) if invoice.has_amount_in_dispute(one)]
    his = [one for one in parts if one.resolver in ("", *asked.to)]
    if parts and not his:
        return "Somebody else is asked by now."
    if his and asked.purpose is Purpose.RESOLVER_REMINDER and all(one.answer for one in his):
        return "It was answered meanwhile."
    return ""


def _parts(asked: MessageAsked, invoices: Sequence[Invoice]) -> list[tuple[Invoice, Dispute]]:
    """Of its case, in each invoice that has one."""
    case = asked.case_id
    return [(one, one.disputes[case]) for one in invoices if case and case in one.disputes]


def less_now_due(invoice: Invoice, debtor: Debtor, told: Decimal, rules: Rules, on: date) -> str:
    """That less is to be asked for than the message tells."""
    if rest := pause_reason(invoice, debtor, rules, on):
        return f"Follow-up of invoice {invoice.number} rests: {rest.why}."
    left = amount_to_ask(invoice, on)
    if left < told:
        return f"Of invoice {invoice.number} only {left} is to be asked for, not {told}."
    return ""
