"""What stands in the way of a hand-off to a collection agency."""

from collections.abc import Iterator
from datetime import date

from ledger.facts.debtor import Debtor
from ledger.facts.invoice.state import Invoice
from ledger.policy.follow_up.holds import lasting_holds
from ledger.policy.follow_up.pauses import debtor_pause
from ledger.policy.follow_up.replies import unanswered


def obstacles(invoice: Invoice, today: date) -> Iterator[str]:
    """Yield why the invoice should not go to an agency ``today``."""
    for dispute in invoice.open_disputes:
        amount = invoice.disputed_amounts[dispute.case_id]
        yield f"{amount} is disputed ({dispute.reason.replace('_', ' ')})"
    for hold in lasting_holds(invoice, today):
        yield f"it is held: {hold.reason}"
    for promise in invoice.open_promises:
        yield f"{promise.amount} is promised for {promise.promised_for}"
    if invoice.replies:
        yield unanswered(invoice.replies)


def debtor_obstacle(debtor: Debtor, today: date) -> str | None:
    """Return what concerns all invoices of the debtor: a hold, or a message without an answer, also
    after its limit, when follow-up has resumed."""
    if pause := debtor_pause(debtor, today):
        return pause.why
    return unanswered(debtor.replies) if debtor.replies else None
