"""Rests of follow-up: a message of the debtor pauses it until somebody has answered.

The playbook may set a limit (``reply_rests``), which was recorded with the message and which the
receipt states. What objects to the outcome of a dispute has none.
"""

from datetime import date

from ledger.facts.debtor import Debtor
from ledger.facts.invoice.parts import UnansweredReply
from ledger.facts.invoice.state import Dispute, Invoice
from ledger.facts.playbook_rules import Rules
from ledger.policy import business_days


def rests_until(rules: Rules, today: date) -> date | None:
    """Return the limit for a message that comes in today; None: until it is answered."""
    if rules.reply_rests is None:
        return None
    return business_days.add(today, rules.reply_rests, rules.calendar)


def objected_case(invoice: Invoice, reply: UnansweredReply) -> Dispute | None:
    """Return the resolved dispute that the message may object to."""
    case = invoice.disputes.get(reply.resolved_case) if reply.resolved_case else None
    return case if case and case.status == "resolved" else None


def rest_ends(invoice: Invoice) -> date:
    """Return the day on which follow-up continues without an answer: the first of all days when no
    message waits, the last when none of its messages has a limit."""
    ends = (
        date.max if objected_case(invoice, reply) else reply.rests_until or date.max
        for reply in invoice.replies
    )
    return max(ends, default=date.min)


def debtor_rest_ends(debtor: Debtor) -> date:
    """Return the same for the messages of a debtor that are about no particular invoice."""
    return max((reply.rests_until or date.max for reply in debtor.replies), default=date.min)


def unanswered(replies: tuple[UnansweredReply, ...]) -> str:
    """Return why follow-up rests: whose message waits, and since when."""
    first = min(replies, key=lambda reply: reply.on)
    return f"the message of {first.who or 'the debtor'} of {first.on} is not answered"
