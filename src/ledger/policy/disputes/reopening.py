"""The resolved dispute that a reply may reopen."""

from datetime import date

from ledger.facts.invoice.state import Dispute, Invoice
from ledger.facts.playbook_rules import Rules
from ledger.policy import business_days


def reopenable_by_reply(invoice: Invoice, rules: Rules, on: date) -> Dispute | None:
    """Return the dispute that was resolved last, if a reply ``on`` that day may reopen it.

    It was resolved recently, no other is open, and it was not reopened too often: two systems
    that answer each other would reopen it for ever.
    """
    resolved = (d for d in invoice.disputes.values() if d.status == "resolved" and d.opened)
    last = max(resolved, key=lambda dispute: dispute.resolved_on or date.min, default=None)
    if last is None or last.resolved_on is None or invoice.open_disputes:
        return None
    handling = rules.handling(last.reason)
    until = business_days.add(last.resolved_on, handling.reopen_within, rules.calendar)
    recent = handling.reopen_within and last.resolved_on <= on <= until
    return last if recent and last.reopened < handling.reopen_at_most else None
