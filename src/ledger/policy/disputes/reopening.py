"""Which resolved dispute a reply reopens."""

from datetime import date

from ledger.facts.invoice.dispute import Dispute
from ledger.facts.invoice.state import Invoice
from ledger.facts.playbook_rules import Rules
from ledger.policy import business_days


def reopenable_by_reply(invoice: Invoice, rules: Rules, on: date) -> Dispute | None:
    """The dispute whose decision a reply may not be content with: the last, lately, and none is
    open. One that came back too often is left to people, so that two machines do not play ball."""
    resolved = [one for one in invoice.disputes.values() if one.status == "resolved" and one.opened]
    last = max(resolved, key=lambda one: one.resolved_on or date.min, default=None)
    if last is None or last.resolved_on is None or invoice.open_disputes:
        return None
    handling = rules.handling(last.reason)
    until = business_days.add(last.resolved_on, handling.reopen_within, rules.calendar)
    lately = handling.reopen_within and last.resolved_on <= on <= until
    return last if lately and last.reopened < handling.reopen_at_most else None
